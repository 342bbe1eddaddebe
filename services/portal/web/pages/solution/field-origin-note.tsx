import { useIntl } from 'react-intl';

import { formatCountry } from '../../components/country-name.js';
import type { FieldOrigin } from './data.js';

/** The fragment of the address that leads to a record on the page. */
export const recordFragment = (id: string): string => `record-${id}`;

/** Links a value to the record from which it was taken. */
export function FieldOriginNote({ origin: { country, recordId } }: { readonly origin: FieldOrigin }) {
  const intl = useIntl();
  const title = intl.formatMessage({ id: 'solution.origin' }, { country: formatCountry(intl, country) });
  return (
    <>
      {' '}
      <a
        className="field-origin"
        href={`#${recordFragment(recordId)}`}
        title={title}
        aria-label={`${country}: ${title}`}
      >
        {country}
      </a>
    </>
  );
}

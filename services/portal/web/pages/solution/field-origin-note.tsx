import { useIntl } from 'react-intl';

import { formatCountry } from '../../components/country-name.js';
import type { Solution } from './data.js';

/** The fragment of the address that leads to a record on the page. */
export const recordFragment = (id: string): string => `record-${id}`;

interface FieldOriginProps {
  readonly solution: Pick<Solution, 'origins'>;
  /** The name of the field of `Solution`, as `origins` names it. */
  readonly field: string;
}

/** Links a value to the record from which it was taken. */
export function FieldOriginNote({ solution: { origins }, field }: FieldOriginProps) {
  const intl = useIntl();
  const origin = origins?.find((candidate) => candidate.field === field);
  if (!origin) return null;
  const { country, recordId } = origin;
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

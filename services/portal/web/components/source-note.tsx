import { FormattedMessage } from 'react-intl';

import { DateText } from './date-text.js';
import { ExternalLink, isWebAddress } from './external-link.js';
import { Text } from './text.js';

/** Where a statement comes from. */
export interface Origin {
  readonly source: string | null;
  readonly observedOn: string | null;
  readonly assertedBy?: string | null;
}

/** The source of a statement, with the day on which it showed it. Without a source, this is said: it is not the same as a proof. */
export function SourceNote({ source, observedOn, assertedBy = null }: Origin) {
  return (
    <span className="source">
      {source === null ? (
        <FormattedMessage id="common.sourceUnknown" />
      ) : (
        <ExternalLink href={source}>{hostOf(source)}</ExternalLink>
      )}
      {observedOn !== null && (
        <>
          {' '}
          <FormattedMessage id="common.observedOn" values={{ date: <DateText date={observedOn} /> }} />
        </>
      )}
      {assertedBy !== null && (
        <>
          {' '}
          <FormattedMessage id="common.assertedBy" values={{ name: <Text value={assertedBy} /> }} />
        </>
      )}
    </span>
  );
}

/** The host of an address, which says who states it in fewer words than the address. */
const hostOf = (address: string): string => (isWebAddress(address) ? new URL(address).host : address);

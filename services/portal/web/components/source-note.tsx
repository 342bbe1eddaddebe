import { FormattedMessage } from 'react-intl';

import { DateText } from './date-text.js';
import { ExternalLink } from './external-link.js';
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
        <ExternalLink href={source}>
          <bdi>{shorten(source)}</bdi>
        </ExternalLink>
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

/** As long as a line of a table cell is. */
const maxAddress = 40;

/** The start of an address: its host says who states it, and its path tells several sources of one host apart. */
function shorten(address: string): string {
  const text = address.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
  return text.length > maxAddress ? `${text.slice(0, maxAddress)}…` : text;
}

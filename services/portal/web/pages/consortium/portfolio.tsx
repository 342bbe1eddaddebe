import { FormattedMessage } from 'react-intl';

import { ExportLinks } from '../../components/export-links.js';
import { PageLink } from '../../components/page-link.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { UnreadRow } from '../../components/unread-row.js';
import { solutionPath } from '../../model/paths.js';
import type { PortfolioEntry } from './data.js';

interface PortfolioProps {
  readonly entries: readonly (PortfolioEntry | null)[] | null;
  /** The id of the consortium. */
  readonly consortium: string;
  /** The day of the view. Null is today. */
  readonly asOf: string | null;
  /** The same day. */
  readonly day: string;
}

/** The solutions of a consortium with their stages; those that have left its portfolio come last. */
export function Portfolio({ entries, consortium, asOf, day }: PortfolioProps) {
  const head = ['solution', 'stage', 'during', 'source'].map((name) => (
    <FormattedMessage key={name} id={`consortium.portfolio.${name}`} />
  ));
  const hasLeft = (entry: PortfolioEntry | null): boolean =>
    entry?.during.ended === true && (entry.during.end === null || entry.during.end <= day);
  const sorted = [...(entries ?? [])].sort((one, other) => Number(hasLeft(one)) - Number(hasLeft(other)));
  return (
    <section aria-labelledby="portfolio">
      <h2 id="portfolio">
        <FormattedMessage id="consortium.portfolio" />
      </h2>
      {entries === null && (
        <p className="unknown">
          <FormattedMessage id="common.notRead" />
        </p>
      )}
      {entries?.length === 0 && (
        <p>
          <FormattedMessage id="consortium.portfolio.none" />
        </p>
      )}
      {sorted.length > 0 && (
        <Table caption={<FormattedMessage id="consortium.portfolio.table" />} head={head}>
          {sorted.map((entry, index) =>
            entry ? (
              <EntryRow key={entry.id} entry={entry} hasLeft={hasLeft(entry)} />
            ) : (
              <UnreadRow key={index} columns={head.length} />
            ),
          )}
        </Table>
      )}
      <ExportLinks operation="portfolio" list="organisation.portfolio" variables={{ consortium, asOf }} />
    </section>
  );
}

function EntryRow({ entry, hasLeft }: { readonly entry: PortfolioEntry; readonly hasLeft: boolean }) {
  const { solution, solutionAddress, stage, level, during, endReason, provenance } = entry;
  return (
    <tr className={hasLeft ? 'quiet' : undefined}>
      <th scope="row">
        <PageLink to={solutionPath(solution?.id ?? solutionAddress)}>
          <Text value={solution?.name ?? solutionAddress} lang={solution?.nameLanguage} />
        </PageLink>
      </th>
      <td>{hasLeft ? <FormattedMessage id="consortium.portfolio.left" /> : <Stage stage={stage} level={level} />}</td>
      <td>
        <PeriodText {...during} />
        {endReason !== null && (
          <>
            {' · '}
            <Text value={endReason} />
          </>
        )}
      </td>
      <td>
        <SourceNote {...provenance} />
      </td>
    </tr>
  );
}

/** The stage and the level in the consortium's own words. */
const Stage = ({ stage, level }: { readonly stage: string | null; readonly level: string | null }) => (
  <>
    {stage === null ? <Unknown /> : <Text value={stage} />}
    {level !== null && (
      <>
        {' '}
        <FormattedMessage id="consortium.portfolio.level" values={{ level: <Text key="level" value={level} /> }} />
      </>
    )}
  </>
);

import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';

import { solutionPath } from '../../model/paths.js';
import { formatCountry } from '../country-name.js';
import { DateText } from '../date-text.js';
import { EnumText } from '../enum-text.js';
import { MoneyText } from '../money-text.js';
import { PageLink } from '../page-link.js';
import { Part } from '../part.js';
import { type Origin, SourceNote } from '../source-note.js';
import { Text } from '../text.js';
import { Unknown } from '../unknown.js';
import { CandidateOverview, candidateAnchor } from './candidate-overview.js';
import type { Candidate } from './check-data.js';
import { Joining } from './joining.js';

/** The solutions that may meet a need, each with why it is listed, what is not known of it, and the sources. */
export function Candidates({ candidates }: { readonly candidates: readonly Candidate[] }) {
  return (
    <>
      <CandidateOverview candidates={candidates} />
      <ol className="candidates">
        {candidates.map((candidate, index) => (
          <li key={candidate.solutionId} id={candidateAnchor(index)}>
            <Part>
              <CandidateArticle {...candidate} />
            </Part>
          </li>
        ))}
      </ol>
    </>
  );
}

function CandidateArticle(candidate: Candidate) {
  const intl = useIntl();
  const { solutionId, solution, reasons, usersLikeMe, mayJoin, licence, lastRelease, maintainedUntil } = candidate;
  const listOf = (kind: 'reason' | 'notKnown', values: readonly string[]): string =>
    intl.formatList(
      values.map((value) => intl.formatMessage({ id: `reuse.${kind}.${value}` })),
      { type: 'unit' },
    );
  return (
    <article>
      <h3>
        <PageLink to={solutionPath(solutionId)}>
          <Text value={solution?.name ?? solutionId} lang={solution?.nameLanguage} />
        </PageLink>
      </h3>
      {solution?.shortDescription != null && (
        <p>
          <Text value={solution.shortDescription} lang={solution.shortDescriptionLanguage} />
        </p>
      )}
      <dl className="facts">
        <dt>
          <FormattedMessage id="reuse.reasons" />
        </dt>
        <dd>{listOf('reason', reasons)}</dd>
        <dt>
          <FormattedMessage id="reuse.users" />
        </dt>
        <dd>
          {usersLikeMe !== null && (
            <>
              <FormattedMessage
                id="reuse.usersLikeMe"
                values={{
                  count: <FormattedNumber value={usersLikeMe.count} />,
                  of: <FormattedNumber value={usersLikeMe.of} />,
                }}
              />{' '}
            </>
          )}
          <Users reuse={solution?.reuse ?? null} />
        </dd>
        <dt>
          <FormattedMessage id="reuse.mayWeJoin" />
        </dt>
        <dd>
          <Joining {...mayJoin} />
        </dd>
        <dt>
          <FormattedMessage id="reuse.published" />
        </dt>
        <dd>
          {intl.formatList((solution?.publishedIn ?? []).map((code) => formatCountry(intl, code)))} ·{' '}
          {licence === null ? <FormattedMessage id="reuse.noLicence" /> : <Text value={licence} />} ·{' '}
          {lastRelease === null ? (
            <FormattedMessage id="reuse.noRelease" />
          ) : (
            <FormattedMessage id="reuse.released" values={{ date: <DateText date={lastRelease} /> }} />
          )}
          {maintainedUntil !== null && (
            <>
              {' · '}
              <FormattedMessage id="reuse.maintainedUntil" values={{ date: <DateText date={maintainedUntil} /> }} />
            </>
          )}
        </dd>
        <dt>
          <FormattedMessage id="reuse.cost" />
        </dt>
        <dd>
          <Cost cost={candidate.cost} />
        </dd>
        {candidate.unknown.length > 0 && (
          <>
            <dt>
              <FormattedMessage id="reuse.notKnownTitle" />
            </dt>
            <dd>{listOf('notKnown', candidate.unknown)}</dd>
          </>
        )}
        <dt>
          <FormattedMessage id="reuse.sources" />
        </dt>
        <dd>
          <Evidence evidence={candidate.evidence} />
        </dd>
      </dl>
    </article>
  );
}

/** How many administrations use it, by country. No country means that no catalogue names one. */
function Users({ reuse }: { readonly reuse: NonNullable<Candidate['solution']>['reuse'] }) {
  const intl = useIntl();
  if (reuse === null) return <Unknown />;
  if (reuse.length === 0) return <FormattedMessage id="reuse.noUsers" />;
  return (
    <>
      {intl.formatList(
        reuse.map(({ country, adopters }) => `${formatCountry(intl, country)} ${intl.formatNumber(adopters)}`),
        { type: 'unit' },
      )}
    </>
  );
}

/** Fees that are published. None known does not mean free of charge. */
function Cost({ cost }: Pick<Candidate, 'cost'>) {
  if (cost === null) return <FormattedMessage id="reuse.costNotKnown" />;
  return (
    <ul>
      {cost.map(({ kind, amount, provenance }, index) => (
        <li key={index}>
          <MoneyText money={amount} /> (<EnumText of="feeKind" value={kind} />) <SourceNote {...provenance} />
        </li>
      ))}
    </ul>
  );
}

/** The sources, each once. */
function Evidence({ evidence }: Pick<Candidate, 'evidence'>) {
  if (evidence === null) return <Unknown />;
  const known = evidence.filter((origin): origin is Origin => origin !== null);
  const byText = new Map(known.map((origin) => [`${origin.source} ${origin.observedOn} ${origin.assertedBy}`, origin]));
  return (
    <ul className="inline">
      {[...byText].map(([key, origin]) => (
        <li key={key}>
          <SourceNote {...origin} />
        </li>
      ))}
    </ul>
  );
}

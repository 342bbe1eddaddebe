import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';

import { formatCountry } from '../country-name.js';
import { Table } from '../table.js';
import { Text } from '../text.js';
import { Unknown } from '../unknown.js';
import type { Candidate } from './check-data.js';

/** The fragment of the address that leads to a candidate. */
export const candidateAnchor = (index: number): string => `candidate-${index + 1}`;

/** What decides most often, of all candidates at a glance. */
export function CandidateOverview({ candidates }: { readonly candidates: readonly Candidate[] }) {
  return (
    <Table
      caption={<FormattedMessage id="reuse.overview" />}
      head={[
        <FormattedMessage id="common.solution" key="solution" />,
        <FormattedMessage id="reuse.mayWeJoin" key="mayWeJoin" />,
        <FormattedMessage id="reuse.users" key="users" />,
        <FormattedMessage id="common.licence" key="licence" />,
        <FormattedMessage id="common.country" key="country" />,
      ]}
    >
      {candidates.map((candidate, index) => (
        <CandidateRow key={candidate.solutionId} candidate={candidate} anchor={candidateAnchor(index)} />
      ))}
    </Table>
  );
}

function CandidateRow({ candidate, anchor }: { readonly candidate: Candidate; readonly anchor: string }) {
  const intl = useIntl();
  const { solutionId, solution, mayJoin, usersLikeMe, licence } = candidate;
  return (
    <tr>
      <th scope="row">
        <a href={`#${anchor}`}>
          <Text value={solution?.name ?? solutionId} lang={solution?.nameLanguage} />
        </a>
      </th>
      <td>
        <FormattedMessage id={`reuse.mayJoin.${mayJoin.answer}`} />
      </td>
      <td>
        <UserCounts usersLikeMe={usersLikeMe} solution={solution} />
      </td>
      <td>{licence === null ? <Unknown /> : <Text value={licence} />}</td>
      <td>{intl.formatList((solution?.publishedIn ?? []).map((code) => formatCountry(intl, code)))}</td>
    </tr>
  );
}

/** How many use it, and how many of these are similar to the administration of the check, if there is one. */
function UserCounts({ usersLikeMe, solution }: Pick<Candidate, 'usersLikeMe' | 'solution'>) {
  const reuse = solution?.reuse ?? null;
  if (reuse === null) return <Unknown />;
  const all = reuse.reduce((sum, { adopters }) => sum + adopters, 0);
  return usersLikeMe === null ? (
    <FormattedNumber value={all} />
  ) : (
    <FormattedMessage id="reuse.userCounts" values={{ similar: usersLikeMe.count, all }} />
  );
}

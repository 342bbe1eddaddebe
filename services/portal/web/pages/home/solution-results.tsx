import { FormattedMessage } from 'react-intl';

import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { Text } from '../../components/text.js';
import { solutionPath } from '../../model/paths.js';
import type { FoundSolution, FoundSolutions } from './data.js';

/** The solutions that a search found. */
export function SolutionResults({ results: { totalCount, nodes, pageInfo } }: { readonly results: FoundSolutions }) {
  return (
    <section aria-labelledby="results">
      <h2 id="results">
        <FormattedMessage id="home.results.count" values={{ count: totalCount }} />
      </h2>
      <ul className="results">
        {nodes.map((solution, index) =>
          solution ? <SolutionResult key={solution.id} solution={solution} /> : <li key={index} />,
        )}
      </ul>
      <Pager pageInfo={pageInfo} />
    </section>
  );
}

const SolutionResult = ({ solution }: { readonly solution: FoundSolution }) => (
  <li>
    <h3>
      <PageLink to={solutionPath(solution.id)}>
        <Text value={solution.name ?? solution.id} lang={solution.nameLanguage} />
      </PageLink>
    </h3>
    {solution.shortDescription !== null && (
      <p>
        <Text value={solution.shortDescription} lang={solution.shortDescriptionLanguage} />
      </p>
    )}
  </li>
);

import { Fragment } from 'react';
import { FormattedMessage } from 'react-intl';

import { PageLink } from '../../components/page-link.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { solutionPath } from '../../model/paths.js';
import type { RelatedSolution, Solution } from './data.js';

/** What the solution is based on and a part of, and what is based on it and a part of it. */
export function Relations({ solution: { basedOn, derivatives, partOf, parts } }: { readonly solution: Solution }) {
  const relations = { basedOn, derivatives, partOf: partOf ? [partOf] : [], parts };
  return (
    <section aria-labelledby="relations">
      <h2 id="relations">
        <FormattedMessage id="solution.relations.title" />
      </h2>
      <dl className="facts">
        {Object.entries(relations).map(([relation, solutions]) => (
          <Fragment key={relation}>
            <dt>
              <FormattedMessage id={`solution.relations.${relation}`} />
            </dt>
            <dd>
              <RelatedSolutions solutions={solutions} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function RelatedSolutions({ solutions }: { readonly solutions: readonly (RelatedSolution | null)[] | null }) {
  if (solutions === null) return <Unknown />;
  if (solutions.length === 0) return <FormattedMessage id="solution.relations.none" />;
  return (
    <ul className="inline">
      {solutions.map((related, index) => (
        <li key={related?.id ?? index}>
          {related ? (
            <PageLink to={solutionPath(related.id)}>
              <Text value={related.name ?? related.id} lang={related.nameLanguage} />
            </PageLink>
          ) : (
            <Unknown />
          )}
        </li>
      ))}
    </ul>
  );
}

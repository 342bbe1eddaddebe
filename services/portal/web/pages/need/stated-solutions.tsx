import { FormattedMessage } from 'react-intl';

import { PageLink } from '../../components/page-link.js';
import { Text } from '../../components/text.js';
import { solutionPath } from '../../model/paths.js';
import type { Need } from './data.js';

/** By what those who have met a need have met it, as far as their catalogue states it: these are no guesses. */
export function StatedSolutions({ met }: { readonly met: NonNullable<Need['met']> }) {
  const named = met.nodes.flatMap((holder) =>
    (holder?.metBy ?? []).map((address, index) => ({ address, solution: holder?.solutions?.[index] ?? null })),
  );
  const solutions = new Map(named.map((item) => [item.address, item]));
  return (
    <>
      <p>
        <FormattedMessage id="need.stated" values={{ count: met.nodes.length, total: met.totalCount }} />
      </p>
      <ul>
        {[...solutions].map(([address, { solution }]) => (
          <li key={address}>
            <PageLink to={solutionPath(solution?.id ?? address)}>
              <Text value={solution?.name ?? address} lang={solution?.nameLanguage} />
            </PageLink>
          </li>
        ))}
      </ul>
    </>
  );
}

import { FormattedMessage } from 'react-intl';

import { PageLink } from '../../components/page-link.js';
import { TermsList } from '../../components/terms/terms-list.js';
import { Text } from '../../components/text.js';
import { solutionPath } from '../../model/paths.js';
import type { Consortium } from './data.js';

/** What joining the consortium costs and requires, and using its solutions. */
export function JoiningSection({ consortium: { name, terms } }: { readonly consortium: Consortium }) {
  const solutionOf = new Map(terms?.map(({ id, solution }) => [id, solution]));
  return (
    <section aria-labelledby="terms">
      <h2 id="terms">
        <FormattedMessage id="terms.title" />
      </h2>
      {terms === null || terms.length === 0 ? (
        <p>
          <FormattedMessage id="terms.none" />
        </p>
      ) : (
        <TermsList
          heading="h3"
          terms={[...terms].sort((one, other) => rank(one.solutionAddress) - rank(other.solutionAddress))}
          titleOf={({ id, solutionAddress }) => {
            if (solutionAddress === null)
              return (
                <FormattedMessage id="terms.ofJoiningConsortium" values={{ name: <Text key="name" value={name} /> }} />
              );
            const solution = solutionOf.get(id);
            return (
              <PageLink to={solutionPath(solution?.id ?? solutionAddress)}>
                <Text value={solution?.name ?? solutionAddress} lang={solution?.nameLanguage} />
              </PageLink>
            );
          }}
        />
      )}
    </section>
  );
}

/** Joining comes before the solutions. */
const rank = (solutionAddress: string | null): number => (solutionAddress === null ? 0 : 1);

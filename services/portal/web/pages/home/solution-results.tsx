import { FormattedMessage } from 'react-intl';

import { CountryNames } from '../../components/country-name.js';
import { OriginalName } from '../../components/original-name.js';
import { PageLink } from '../../components/page-link.js';
import { Text } from '../../components/text.js';
import { solutionPath } from '../../model/paths.js';
import type { FoundSolution } from './data.js';

/** A solution on the list of results, with how many users are known. */
export function SolutionResult({ solution }: { readonly solution: FoundSolution }) {
  const { id, name, nameLanguage, shortDescription, shortDescriptionLanguage, licence, publishedIn, reuse } = solution;
  const users = reuse?.reduce((sum, { adopters }) => sum + adopters, 0);
  return (
    <li>
      <h3>
        <PageLink to={solutionPath(id)}>
          <Text value={name ?? id} lang={nameLanguage} />
        </PageLink>
        <OriginalName solution={solution} />
      </h3>
      {shortDescription !== null && (
        <p>
          <Text value={shortDescription} lang={shortDescriptionLanguage} />
        </p>
      )}
      <p className="quiet">
        {publishedIn && publishedIn.length > 0 && (
          <>
            <CountryNames codes={publishedIn} />
            {' · '}
          </>
        )}
        {licence !== null && (
          <>
            <bdi>{licence}</bdi>
            {' · '}
          </>
        )}
        {users === undefined ? (
          <FormattedMessage id="home.usersUnread" />
        ) : (
          <FormattedMessage id="home.users" values={{ count: users }} />
        )}
      </p>
    </li>
  );
}

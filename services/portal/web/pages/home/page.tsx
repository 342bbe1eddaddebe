import { FormattedMessage, useIntl } from 'react-intl';

import { PageTitle } from '../../components/page-title.js';
import type { HomeData } from './data.js';
import { EuropeFigures } from './europe-figures.js';
import { SearchForm } from './search-form.js';
import { SolutionResults } from './solution-results.js';

/** The first page: a search, and without one the figures for Europe. */
export function Page({ data: { text, results, europe } }: { readonly data: HomeData }) {
  const { formatMessage } = useIntl();
  return (
    <>
      <PageTitle title={formatMessage({ id: 'home.title' })} />
      {!results && (
        <p className="lead">
          <FormattedMessage id="home.lead" />
        </p>
      )}
      <SearchForm text={text} />
      {results && <SolutionResults results={results} />}
      {europe && <EuropeFigures europe={europe} />}
    </>
  );
}

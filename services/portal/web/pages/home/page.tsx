import { FormattedMessage, useIntl } from 'react-intl';

import { PageTitle } from '../../components/page-title.js';
import type { HomeData } from './data.js';
import { EuropeFigures } from './europe-figures.js';
import { Results } from './results.js';
import { SearchForm } from './search-form.js';

/** The first page: a search, and without one the figures for Europe. */
export function Page({ data }: { readonly data: HomeData }) {
  const { formatMessage } = useIntl();
  if (data.search) {
    const { text } = data.search.query;
    const title = formatMessage({ id: text === '' ? 'home.browse' : 'home.found' }, { text });
    return (
      <>
        <PageTitle title={title} />
        <SearchForm query={data.search.query} />
        <Results search={data.search} />
      </>
    );
  }
  return (
    <>
      <PageTitle title={formatMessage({ id: 'home.title' })} />
      <p className="lead">
        <FormattedMessage id="home.lead" />
      </p>
      <SearchForm />
      <EuropeFigures europe={data.europe} day={data.day} />
    </>
  );
}

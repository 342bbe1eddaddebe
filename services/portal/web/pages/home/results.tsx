import { FormattedMessage, useIntl } from 'react-intl';

import { CountryNames } from '../../components/country-name.js';
import { ExportLinks } from '../../components/export-links.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { checkPath, homePath, withParameters } from '../../model/paths.js';
import { type Kind, kinds, type SearchData } from './data.js';
import { Filters } from './filters.js';
import { ResultItem } from './result-items.js';

/** What a search found of one kind, with how much there is of the others. */
export function Results({ search }: { readonly search: SearchData }) {
  const { query, results, variables, countries } = search;
  const { totalCount, nodes, pageInfo } = results.list;
  const isFuzzy = results.kind === 'solutions' && results.list.fuzzy === true;
  return (
    <>
      <Tabs search={search} />
      <div className="search-results">
        <Filters search={search} />
        <section aria-labelledby="results">
          <h2 id="results">
            <FormattedMessage id={`home.results.${results.kind}`} values={{ count: totalCount }} />
          </h2>
          {isFuzzy && (
            <p className="notice">
              <FormattedMessage id="home.results.fuzzy" />
            </p>
          )}
          {totalCount === 0 && countries.length > 0 && (
            <p>
              <FormattedMessage
                id="home.results.searched"
                values={{ countries: <CountryNames key="countries" codes={countries} /> }}
              />
            </p>
          )}
          {totalCount === 0 && (
            <p>
              <FormattedMessage
                id="home.results.none"
                values={{
                  check: (words) => (
                    <PageLink key="check" to={`${checkPath}${withParameters('', { text: query.text })}`}>
                      {words}
                    </PageLink>
                  ),
                }}
              />
            </p>
          )}
          <ul className="results">
            {nodes.map((item, index) => (
              <ResultItem key={item?.id ?? index} kind={results.kind} item={item} />
            ))}
          </ul>
          <Pager pageInfo={pageInfo} />
          {totalCount > 0 && <ExportLinks operation={results.kind} variables={variables} />}
        </section>
      </div>
    </>
  );
}

/** Links to what the same text finds of each kind. */
function Tabs({ search: { query, counts } }: { readonly search: SearchData }) {
  const { formatMessage, formatNumber } = useIntl();
  const pathOf = (kind: Kind): string => `${homePath}${withParameters('', { q: query.text, in: kind })}`;
  return (
    <nav aria-label={formatMessage({ id: 'home.tabs' })}>
      <ul className="tabs">
        {kinds.map((kind) => {
          const count = counts[kind]?.totalCount;
          return (
            <li key={kind}>
              <PageLink to={pathOf(kind)} keepsPosition current={kind === query.kind ? 'true' : undefined}>
                <FormattedMessage id={`home.tab.${kind}`} /> {count === undefined ? '' : `(${formatNumber(count)})`}
              </PageLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

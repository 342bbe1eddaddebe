import { FormattedMessage, useIntl } from 'react-intl';

import { CountryNames } from '../../components/country-name.js';
import { ExportLinks, feedPath } from '../../components/export-links.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { checkPath, homePath, withParameters } from '../../model/paths.js';
import { type Kind, kinds, type SearchData, type SearchOfAll, type SearchOfKind } from './data.js';
import { Filters } from './filters.js';
import { OrderLinks } from './order-links.js';
import { ResultItem } from './result-items.js';

/** What a search found: the first results of each kind, or those of one kind with how much there is of the others. */
export const Results = ({ search }: { readonly search: SearchData }) => (
  <>
    <Tabs search={search} />
    {'results' in search ? <ResultsOfKind search={search} /> : <FirstResults search={search} />}
  </>
);

/** The first results of each kind, so that a reader need not know what a consortium is to find one. */
function FirstResults({ search: { query, firstResults, countries } }: { readonly search: SearchOfAll }) {
  const found = firstResults.filter(({ list }) => list === null || list.totalCount > 0);
  if (found.length === 0) return <NothingFound text={query.text} countries={countries} />;
  return found.map(({ kind, list }) => (
    <section key={kind} aria-labelledby={kind}>
      <h2 id={kind}>
        {list === null ? (
          <FormattedMessage id={`home.tab.${kind}`} />
        ) : (
          <FormattedMessage id={`home.results.${kind}`} values={{ count: list.totalCount }} />
        )}
      </h2>
      {list === null ? (
        <p className="unknown">
          <FormattedMessage id="common.notRead" />
        </p>
      ) : (
        <>
          {list.fuzzy === true && <FuzzyNotice />}
          <ul className="results">
            {list.nodes.map((item, index) => (
              <ResultItem key={item?.id ?? index} kind={kind} item={item} />
            ))}
          </ul>
          {list.totalCount > list.nodes.length && (
            <p>
              <PageLink to={pathOfKind(query.text, kind)}>
                <FormattedMessage id={`home.showAll.${kind}`} values={{ count: list.totalCount }} />
              </PageLink>
            </p>
          )}
        </>
      )}
    </section>
  ));
}

/** A page of the results of one kind, with what restricts them: beside it, or on a phone after it. */
function ResultsOfKind({ search }: { readonly search: SearchOfKind }) {
  const { query, results, variables, countries } = search;
  const { totalCount, nodes, pageInfo, fuzzy } = results.list;
  return (
    <div className="search-results">
      <section aria-labelledby="results">
        <h2 id="results">
          <FormattedMessage id={`home.results.${results.kind}`} values={{ count: totalCount }} />
        </h2>
        <p className="to-filters">
          <a href="#filters">
            <FormattedMessage id="home.filters" />
          </a>
        </p>
        {results.kind === 'solutions' && totalCount > 1 && <OrderLinks query={query} />}
        {fuzzy === true && <FuzzyNotice />}
        {totalCount === 0 && <NothingFound text={query.text} countries={countries} />}
        <ul className="results">
          {nodes.map((item, index) => (
            <ResultItem key={item?.id ?? index} kind={results.kind} item={item} />
          ))}
        </ul>
        <Pager pageInfo={pageInfo} />
        {totalCount > 0 && (
          <ExportLinks operation={results.kind} variables={variables} feed={feedOf(results.kind, variables)} />
        )}
      </section>
      <Filters search={search} />
    </div>
  );
}

/** The feed of what is new in a search. Administrations have none: sources do not date them. */
function feedOf(kind: Kind, { orderBy: _, ...variables }: Readonly<Record<string, unknown>>): string | undefined {
  return kind === 'administrations' ? undefined : feedPath(kind, variables);
}

const FuzzyNotice = () => (
  <p className="notice">
    <FormattedMessage id="home.results.fuzzy" />
  </p>
);

/** What a reader can do who found nothing, and where was searched. */
const NothingFound = ({ text, countries }: { readonly text: string; readonly countries: readonly string[] }) => (
  <>
    {countries.length > 0 && (
      <p>
        <FormattedMessage
          id="home.results.searched"
          values={{ countries: <CountryNames key="countries" codes={countries} /> }}
        />
      </p>
    )}
    <p>
      <FormattedMessage
        id="home.results.none"
        values={{
          check: (words) => (
            <PageLink key="check" to={`${checkPath}${withParameters('', { text })}`}>
              {words}
            </PageLink>
          ),
        }}
      />
    </p>
  </>
);

const pathOfKind = (text: string, kind: Kind | undefined): string =>
  `${homePath}${withParameters('', { q: text, in: kind })}`;

/** Links to what the same text finds of each kind, and of all kinds. */
function Tabs({ search: { query, counts } }: { readonly search: SearchData }) {
  const { formatMessage, formatNumber } = useIntl();
  return (
    <nav aria-label={formatMessage({ id: 'home.tabs' })}>
      <ul className="tabs">
        {query.text !== '' && (
          <li>
            <PageLink to={pathOfKind(query.text, undefined)} current={query.kind === null ? 'true' : undefined}>
              <FormattedMessage id="common.all" />
            </PageLink>
          </li>
        )}
        {kinds.map((kind) => {
          const count = counts[kind]?.totalCount;
          return (
            <li key={kind}>
              <PageLink
                to={pathOfKind(query.text, kind)}
                keepsPosition
                current={kind === query.kind ? 'true' : undefined}
              >
                <FormattedMessage id={`home.tab.${kind}`} /> {count === undefined ? '' : `(${formatNumber(count)})`}
              </PageLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

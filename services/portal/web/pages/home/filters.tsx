import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';
import { useLocation } from 'react-router';

import { formatCountry } from '../../components/country-name.js';
import { PageLink } from '../../components/page-link.js';
import { homePath, withParameters } from '../../model/paths.js';
import type { Facet, SearchOfKind } from './data.js';

interface Option {
  readonly value: string;
  readonly label: string;
  /** How many of the results have it. Undefined: it is not known. */
  readonly count?: number;
}

/** How many topics are listed: the most frequent ones. */
const maxTopics = 12;

/** Links that restrict the results. Each is an address of its own, so they work without scripts. */
export function Filters({ search: { query, results, countries, topicNames } }: { readonly search: SearchOfKind }) {
  const intl = useIntl();
  const facets = results.kind === 'solutions' ? (results.list.facets ?? []) : [];
  const inCountries = countries.map((value) => ({ value, label: formatCountry(intl, value) }));
  const publishedIn = optionsOf(facets, 'publishedIn', (code) => formatCountry(intl, code));
  const topics = optionsOf(facets, 'categories', (topic) => topicNames[topic] ?? topic).slice(0, maxTopics);
  const licences = optionsOf(facets, 'licenceFamily', (family) =>
    intl.formatMessage({ id: `enums.licenceFamily.${family}` }),
  );
  return (
    <div className="search-filters" id="filters">
      <Filter
        name="country"
        options={results.kind === 'solutions' ? publishedIn : inCountries}
        chosen={query.country}
      />
      <Filter name="topic" options={topics} chosen={query.topic} chosenLabel={query.topic && topicNames[query.topic]} />
      <Filter name="licence" options={licences} chosen={query.licence} />
      {results.kind === 'consortia' && (
        <Filter
          name="sharing"
          options={[{ value: '1', label: intl.formatMessage({ id: 'home.sharing' }) }]}
          chosen={query.sharing ? '1' : null}
        />
      )}
    </div>
  );
}

const optionsOf = (facets: readonly Facet[], field: string, labelOf: (value: string) => string): Option[] =>
  facets
    .find((facet) => facet.field === field)
    ?.values.map(({ value, count }) => ({ value, label: labelOf(value), count })) ?? [];

interface FilterProps {
  /** The search parameter. */
  readonly name: string;
  readonly options: readonly Option[];
  readonly chosen: string | null;
  /** Of a value that is not among the options. */
  readonly chosenLabel?: string | null | undefined;
}

function Filter({ name, options, chosen, chosenLabel }: FilterProps) {
  const { search } = useLocation();
  if (options.length === 0 && chosen === null) return null;
  const pathOf = (value: string | undefined): string =>
    `${homePath}${withParameters(search, { [name]: value, after: undefined })}`;
  const label = options.find(({ value }) => value === chosen)?.label ?? chosenLabel ?? chosen;
  return (
    <details open>
      <summary>
        <FormattedMessage id={`home.filter.${name}`} />
      </summary>
      <ul>
        {chosen === null ? (
          options.map(({ value, label: text, count }) => (
            <li key={value}>
              <PageLink to={pathOf(value)} keepsPosition>
                {text}
              </PageLink>
              {count !== undefined && (
                <>
                  {' '}
                  (<FormattedNumber value={count} />)
                </>
              )}
            </li>
          ))
        ) : (
          <li>
            <strong>{label}</strong>{' '}
            <PageLink to={pathOf(undefined)} keepsPosition>
              <FormattedMessage id="home.filter.remove" />
            </PageLink>
          </li>
        )}
      </ul>
    </details>
  );
}

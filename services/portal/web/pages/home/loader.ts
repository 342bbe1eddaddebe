import type { Loader, PageRequest } from '../../model/loader.js';
import {
  type Counts,
  type EuropeToday,
  type HomeData,
  kinds,
  type Results,
  type SearchData,
  type SearchQuery,
} from './data.js';

/** Reads the results of a search; without one, the figures for Europe. */
export const loadHome: Loader<HomeData> = async (request) => {
  const isSearch = ['q', 'in', 'country', 'topic', 'licence', 'sharing'].some((name) => request.search.has(name));
  if (isSearch) return { search: await search(request) };
  const europe = await request.execute<EuropeToday>('europe-today');
  return { europe, day: new Date().toISOString().slice(0, 10), search: null };
};

async function search(request: PageRequest): Promise<SearchData> {
  const query = parseQuery(request.search);
  const variables = variablesOf(query);
  const [results, { catalogueStatus, ...counts }] = await Promise.all([
    find(query, variables, request),
    request.execute<Counts & { catalogueStatus: readonly { country: string }[] | null }>('search-counts', {
      search: query.text,
    }),
  ]);
  const facets = results.kind === 'solutions' ? results.list.facets : null;
  const categories = facets?.find(({ field }) => field === 'categories')?.values.map(({ value }) => value) ?? [];
  return {
    query,
    results,
    variables,
    counts,
    countries: catalogueStatus?.map(({ country }) => country) ?? [],
    topicNames: request.topicNames([...categories, ...(query.topic === null ? [] : [query.topic])]),
  };
}

function parseQuery(search: URLSearchParams): SearchQuery {
  return {
    text: (search.get('q') ?? '').trim(),
    kind: kinds.find((kind) => kind === search.get('in')) ?? 'solutions',
    country: search.get('country'),
    topic: search.get('topic'),
    licence: search.get('licence'),
    sharing: search.has('sharing'),
  };
}

/** The variables of a list of what is searched for, with which it is exported too. */
function variablesOf({ kind, text, country, topic, licence, sharing }: SearchQuery): Readonly<Record<string, unknown>> {
  const countries = country === null ? undefined : [country];
  switch (kind) {
    case 'solutions': {
      const categories = topic === null ? undefined : [topic];
      return { search: text, filter: { publishedIn: countries, categories, licenceFamily: licence ?? undefined } };
    }
    case 'administrations':
      return { search: text, countries };
    case 'consortia':
      return { search: text, countries, filter: sharing ? { sharesSolutions: true } : undefined };
    case 'needs':
      return { search: text, countries, topic: topic ?? undefined };
  }
}

/** Reads a page of what is searched for. */
async function find({ kind }: SearchQuery, variables: object, request: PageRequest): Promise<Results> {
  const { search, language, execute, found } = request;
  const data = await execute<Readonly<Record<string, Results['list'] | null>>>(`search-${kind}`, {
    ...variables,
    language,
    after: search.get('after') ?? undefined,
  });
  return { kind, list: found(data[kind]) } as Results;
}

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
  const [results, { catalogueStatus, ...counts }] = await Promise.all([
    find(query, request),
    request.execute<Counts & { catalogueStatus: readonly { country: string }[] | null }>('search-counts', {
      search: query.text,
    }),
  ]);
  const facets = results.kind === 'solutions' ? results.list.facets : null;
  const categories = facets?.find(({ field }) => field === 'categories')?.values.map(({ value }) => value) ?? [];
  return {
    query,
    results,
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

/** Reads a page of what is searched for. */
async function find(query: SearchQuery, { search, language, execute, found }: PageRequest): Promise<Results> {
  const { kind, text, country, topic, licence, sharing } = query;
  const countries = country === null ? undefined : [country];
  const page = { search: text, language, after: search.get('after') ?? undefined };
  const read = async <List>(variables: Readonly<Record<string, unknown>>): Promise<List> => {
    const data = await execute<Readonly<Record<string, List | null>>>(`search-${kind}`, { ...page, ...variables });
    return found(data[kind]);
  };
  switch (kind) {
    case 'solutions': {
      const categories = topic === null ? undefined : [topic];
      const filter = { publishedIn: countries, categories, licenceFamily: licence ?? undefined };
      return { kind, list: await read({ filter }) };
    }
    case 'administrations':
      return { kind, list: await read({ countries }) };
    case 'consortia':
      return { kind, list: await read({ countries, filter: sharing ? { sharesSolutions: true } : undefined }) };
    case 'needs':
      return { kind, list: await read({ countries, topic: topic ?? undefined }) };
  }
}

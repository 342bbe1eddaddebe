import type { Loader, PageRequest } from '../../model/loader.js';
import { type EuropeToday, type HomeData, kinds, orders, type SearchQuery } from './data.js';
import { searchAll, searchKind } from './search.js';

/** Reads the results of a search; without one, the figures for Europe. */
export const loadHome: Loader<HomeData> = async (request) => {
  const isSearch = ['q', 'in', ...filters, 'sharing', 'order'].some((name) => request.search.has(name));
  if (!isSearch) return { ...(await readEurope(request)), search: null };
  const query = parseQuery(request.search);
  return {
    search: query.kind === null ? await searchAll(query, request) : await searchKind(query, query.kind, request),
  };
};

async function readEurope({ execute }: PageRequest) {
  const europe = await execute<EuropeToday>('europe-today');
  return { europe, day: new Date().toISOString().slice(0, 10) };
}

/** Filters that a search for solutions has, at least. */
const filters = ['country', 'topic', 'licence'];

function parseQuery(search: URLSearchParams): SearchQuery {
  const text = (search.get('q') ?? '').trim();
  const kind = kinds.find((each) => each === search.get('in')) ?? null;
  // Without words nothing can be ranked, and a filter is one of solutions unless the kind is given.
  const isOfAll = text !== '' && !filters.some((name) => search.has(name));
  const order = orders.find((each) => each === search.get('order'));
  return {
    text,
    kind: kind ?? (isOfAll ? null : 'solutions'),
    country: search.get('country'),
    topic: search.get('topic'),
    licence: search.get('licence'),
    sharing: search.has('sharing'),
    order: order === undefined || (order === 'match' && text === '') ? (text === '' ? 'users' : 'match') : order,
  };
}

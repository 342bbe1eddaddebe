import type { Route } from '../../http/route.js';
import { type Language, languages } from '../model/languages.js';
import type { Loader } from '../model/loader.js';
import { maxSearchLength, minSuggestionLength, type Suggestible, type Suggestion } from '../model/suggestion.js';
import { type LoadOptions, loadPage } from './load-page.js';

type Found = Omit<Suggestion, 'kind' | 'country' | 'name'> & {
  readonly name: string | null;
  readonly kind?: string;
  readonly country?: string;
};

/** The lists of a response, by field. A list is null if it could not be read, and an item if its country does not respond. */
type Response = Readonly<
  Record<string, { readonly fuzzy: boolean | null; readonly nodes: readonly (Found | null)[] } | null>
>;

const kindOf = { administrations: 'administration', consortia: 'consortium', solutions: 'solution' } as const;
const operationOf: Readonly<Record<Suggestible, string>> = {
  all: 'suggestions',
  administrations: 'suggest-administrations',
};

/** What a reader may mean while typing, for scripts of the pages: JSON. */
export function suggestionRoutes(options: Omit<LoadOptions, 'sender'>): Route[] {
  const inLanguage = (language: Language): Route => ({
    path: `/suggestions/${language}`,
    get: async (request, response, sender) => {
      const { searchParams: search } = new URL(request.originalUrl, 'http://portal');
      const { data } = await loadPage(loadSuggestions, { language, search, params: {} }, { ...options, sender });
      // Someone who types, deletes and types again receives the same.
      response.set('cache-control', 'public, max-age=60').json(data);
    },
  });
  return languages.map(inLanguage);
}

const loadSuggestions: Loader<readonly Suggestion[]> = async ({ search, language, execute }) => {
  const text = (search.get('q') ?? '').trim().slice(0, maxSearchLength);
  if (text.length < minSuggestionLength) return [];
  const of: Suggestible = search.get('of') === 'administrations' ? 'administrations' : 'all';
  const response = await execute<Response>(operationOf[of], { search: text, language });
  const lists = Object.entries(kindOf).flatMap(([field, kind]) => {
    const list = response[field];
    return list
      ? [{ isFuzzy: list.fuzzy === true, items: list.nodes.flatMap((node) => toSuggestion(node, kind)) }]
      : [];
  });
  // Typing errors are tolerated only where nothing else is found.
  const exact = lists.filter(({ isFuzzy }) => !isFuzzy);
  const shown = exact.some(({ items }) => items.length > 0) ? exact : lists;
  const begins = ({ name }: Suggestion): boolean => name.toLowerCase().startsWith(text.toLowerCase());
  const items = shown.flatMap((list) => list.items);
  return [...items.filter(begins), ...items.filter((item) => !begins(item))];
};

function toSuggestion(found: Found | null, kind: string): Suggestion[] {
  if (found === null) return [];
  const { id, name, nameLanguage } = found;
  return [{ id, name: name ?? id, nameLanguage, kind: found.kind ?? kind, country: found.country ?? null }];
}

import type { PageRequest } from '../../model/loader.js';
import { isCalled, isSameName, type NamedInAnyLanguage } from '../../model/names.js';
import {
  type Counts,
  type FirstResults,
  type Kind,
  kinds,
  type Results,
  type SearchOfAll,
  type SearchOfKind,
  type SearchQuery,
} from './data.js';

interface Considered {
  readonly catalogueStatus: readonly { readonly country: string }[] | null;
}

const countriesOf = ({ catalogueStatus }: Considered): string[] => catalogueStatus?.map(({ country }) => country) ?? [];

/** Reads the first results of each kind. */
export async function searchAll(query: SearchQuery, { execute, language, found }: PageRequest): Promise<SearchOfAll> {
  const response = await execute<Readonly<Record<Kind, FirstResults['list']>> & Considered>('search-all', {
    search: query.text,
    language,
  });
  const results = kinds.map((kind) => ({ kind, list: response[kind] }) as FirstResults);
  // If none could be read, this is not a page about nothing.
  found(results.find(({ list }) => list !== null));
  return {
    query,
    counts: Object.fromEntries(
      results.map(({ kind, list }) => [kind, list && { totalCount: list.totalCount }]),
    ) as Counts,
    countries: countriesOf(response),
    firstResults: inOrder(results, query.text).map(toShown),
  };
}

/**
 * A kind of which the first result has exactly the name that was searched for comes first, then those that match, then those that match
 * with a typing error.
 */
function inOrder(results: readonly FirstResults[], text: string): FirstResults[] {
  const place = ({ list }: FirstResults): number => {
    const [first] = list?.nodes ?? [];
    if (first && isNamed(first, text)) return 0;
    return list?.fuzzy === true ? 2 : 1;
  };
  return [...results].sort((one, other) => place(one) - place(other));
}

/** Whether a result has this name. Needs have statements instead, and of solutions the name in the reader's language was read. */
const isNamed = (item: object, text: string): boolean =>
  'names' in item
    ? isCalled(item as NamedInAnyLanguage, text)
    : 'name' in item && typeof item.name === 'string' && isSameName(item.name, text);

/** Leaves out what was read of organisations only to compare their names. */
const toShown = ({ kind, list }: FirstResults): FirstResults =>
  ({
    kind,
    list: list && {
      ...list,
      nodes: list.nodes.map((node) =>
        node && 'names' in node ? { ...node, names: undefined, alternativeNames: undefined } : node,
      ),
    },
  }) as FirstResults;

/** Reads a page of the results of one kind. */
export async function searchKind(query: SearchQuery, kind: Kind, request: PageRequest): Promise<SearchOfKind> {
  const { execute, language, search, found, topicNames } = request;
  const variables = variablesOf(query, kind);
  const [lists, counts] = await Promise.all([
    execute<Readonly<Record<string, Results['list'] | null>>>(`search-${kind}`, {
      ...variables,
      language,
      after: search.get('after') ?? undefined,
    }),
    execute<Counts & Considered>('search-counts', { search: query.text }),
  ]);
  const results = { kind, list: found(lists[kind]) } as Results;
  const facets = results.kind === 'solutions' ? results.list.facets : null;
  const categories = facets?.find(({ field }) => field === 'categories')?.values.map(({ value }) => value) ?? [];
  return {
    query,
    results,
    variables,
    counts,
    countries: countriesOf(counts),
    topicNames: topicNames([...categories, ...(query.topic === null ? [] : [query.topic])]),
  };
}

/** How the graph names an order; by match needs no name. */
const orderFields = { match: undefined, users: 'ADOPTERS', release: 'UPDATED', name: 'NAME' } as const;

/** The variables of a list of what is searched for, with which it is exported too. */
function variablesOf(
  { text, country, topic, licence, sharing, order }: SearchQuery,
  kind: Kind,
): Readonly<Record<string, unknown>> {
  const countries = country === null ? undefined : [country];
  switch (kind) {
    case 'solutions': {
      const categories = topic === null ? undefined : [topic];
      const field = orderFields[order];
      return {
        search: text,
        filter: { publishedIn: countries, categories, licenceFamily: licence ?? undefined },
        orderBy: field && { field },
      };
    }
    case 'administrations':
      return { search: text, countries };
    case 'consortia':
      return { search: text, countries, filter: sharing ? { sharesSolutions: true } : undefined };
    case 'needs':
      return { search: text, countries, topic: topic ?? undefined };
  }
}

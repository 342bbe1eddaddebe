import { cursorAt, findSamples, type Samples } from './samples.js';
import type { ScaleIndex } from './scale-index.js';

/** An operation that an index executes. */
export interface Operation {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const page = `nodes { id address name shortDescription licence publishedIn }`;

const search = `query ($search: String) { solutions(search: $search) { ${page} } }`;
const filtered = `query ($filter: SolutionFilter, $orderBy: SolutionOrder) {
  solutions(filter: $filter, orderBy: $orderBy) { ${page} }
}`;
const facets = `query ($search: String) { solutions(search: $search, first: 1) { facets { field missing values { value count } } } }`;
const totalCount = `query ($search: String, $filter: SolutionFilter) { solutions(search: $search, filter: $filter, first: 1) { totalCount } }`;
const administrations = `query ($search: String, $orderBy: AdministrationOrder, $filter: AdministrationFilter) {
  administrations(search: $search, orderBy: $orderBy, filter: $filter) { edges { cursor } }
}`;

/** Every kind of operation on solutions and organisations, with values that play the same part in each index. */
export async function createOperations(index: ScaleIndex): Promise<Operation[]> {
  const samples = await findSamples(index);
  const operation = (name: string, text: string, variables: Operation['variables'] = {}): Operation => ({
    name,
    text,
    variables,
  });
  return [
    ...searches(samples).map(([name, words]) => operation(`search: ${name}`, search, { search: words })),
    ...filters(samples).map(([name, filter]) => operation(`filter: ${name}`, filtered, { filter })),
    operation('filter: combined, most adopters first', filtered, {
      filter: { licenceFamily: 'STRONG_COPYLEFT', categories: ['meeting-management', 'hr'], minAdopters: 2 },
      orderBy: { field: 'ADOPTERS' },
    }),
    operation(
      'search: a common word, most adopters first',
      `query ($search: String) { solutions(search: $search, orderBy: { field: ADOPTERS }) { ${page} } }`,
      { search: samples.common },
    ),
    operation('facets of everything', facets),
    operation('facets of a common word', facets, { search: samples.common }),
    operation('totalCount of everything', totalCount),
    operation('totalCount of a common word', totalCount, { search: samples.common }),
    operation('totalCount of a filter', totalCount, { filter: { usedByKind: 'MUNICIPALITY' } }),
    operation(
      'one solution, its users and their countries',
      `query ($address: String!) { solution(address: $address) { id adoptions { totalCount nodes { administrationId } } reuse { country adopters } } }`,
      { address: samples.popular },
    ),
    operation('administrations: a page', administrations),
    operation('administrations: the largest', administrations, { orderBy: { field: 'POPULATION' } }),
    operation('administrations: search', administrations, { search: samples.name }),
    operation('administrations: a typing error', administrations, { search: `${samples.name.slice(0, -2)}xq` }),
    operation('administrations: in no consortium', administrations, { filter: { memberOfNone: true } }),
    operation('administrations: users of any solution', administrations, { filter: { usesAny: true } }),
    operation('administrations: users of none', administrations, { filter: { usesAny: false } }),
    operation('reuseMatrix', `{ reuseMatrix { publishedIn usedIn adoptions } }`),
    operation(
      'reuseChanges',
      `{ reuseChanges(from: "2016-03-04", to: "2024-10-10") { country before after continued begun ended } }`,
    ),
    operation('adoptions: a page', `{ adoptions(first: 20) { nodes { administrationId } } }`),
    operation('adoptions: totalCount', `{ adoptions(first: 1) { totalCount } }`),
    operation(
      'adoptions: of the few largest users',
      `{ adoptions(first: 20, filter: { population: { min: 998000 } }) { nodes { administrationId } } }`,
    ),
    operation(
      'catalogueStatus: figures and counts',
      `{ catalogueStatus { country entries usersNamed unconfirmedAdoptions figures { solutions administrations } } }`,
    ),
    operation(
      'catalogueStatus: what is unconfirmed',
      `{ catalogueStatus { country unconfirmedStatements { statementId } openUsers { name } disputes { address } } }`,
    ),
  ];
}

const searches = ({ common, second, rare, misspelt }: Samples): [string, string][] => [
  ['a common word', common],
  ['a rare word', rare],
  ['two words', `${common} ${second}`],
  ['a typing error', misspelt],
  ['a topic', 'meeting management'],
];

const filters = ({ user, publisher, maintainer }: Samples): [string, object][] => [
  ['kind', { kind: 'SERVICE' }],
  ['categories', { categories: ['meeting-management'] }],
  ['licenceFamily', { licenceFamily: 'PERMISSIVE' }],
  ['developmentStatus', { developmentStatus: 'BETA' }],
  ['softwareType', { softwareType: 'LIBRARY' }],
  ['publisher', { publisher }],
  ['maintainer', { maintainer }],
  ['publishedIn', { publishedIn: ['DK'] }],
  ['usedBy', { usedBy: user }],
  ['usedByKind', { usedByKind: 'MUNICIPALITY' }],
  ['usedByPopulation', { usedByPopulation: { min: 500_000 } }],
  ['usedInAll', { usedInAll: ['BE', 'DK'] }],
  ['usedInAny', { usedInAny: ['DK'] }],
  ['minCountries', { minCountries: 2 }],
  ['minAdopters', { minAdopters: 10 }],
  ['updatedSince', { updatedSince: '2025-06-01' }],
];

const pageSize = 20;

/** For every order the first page and one deep in the list. */
export async function deepPageOperations(
  index: ScaleIndex,
  maxPage: number,
): Promise<(readonly [Operation, Operation])[]> {
  const [all] = await index.query<{ count: number }>(`SELECT count(*)::int FROM solution`);
  const number = Math.min(maxPage, Math.floor((all?.count ?? 0) / pageSize));
  const pairs: (readonly [Operation, Operation])[] = [];
  for (const field of ['NAME', 'ADOPTERS', 'COUNTRIES', 'UPDATED'] as const) {
    for (const direction of ['ASC', 'DESC'] as const) {
      const text = `query ($after: String) {
        solutions(orderBy: { field: ${field}, direction: ${direction} }, after: $after) { ${page} }
      }`;
      const after = await cursorAt(index, { field, direction }, text, (number - 1) * pageSize);
      const name = `${field} ${direction}`;
      pairs.push([
        { name: `${name}: page 1`, text, variables: {} },
        { name: `${name}: page ${number}`, text, variables: { after } },
      ]);
    }
  }
  return pairs;
}

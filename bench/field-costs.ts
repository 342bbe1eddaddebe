const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `a${index}: ${part(index)}`).join(' ');
const day = (index: number): string => `2025-0${index + 1}-01`;

const administrations = (fields: string): string => `{ italy { administrations(first: 200) { nodes { ${fields} } } } }`;
const inItaly = (field: (index: number) => string): string => `{ italy { ${times(5, field)} } }`;
const solutions = (fields: string): string => `{ solutions(first: 90) { nodes { ${fields} } } }`;
const growth = 'growth(from: "1984-12-31", to: "2026-07-31", interval: QUARTER) { asOf }';

/** An operation that takes most of its time for ordinary fields. */
export const ordinary = administrations(times(20, () => 'name(language: "fr")'));

/** An operation on a subgraph that takes most of its time for one field. */
export interface ExpensiveField {
  readonly field: string;
  readonly service: 'italy' | 'europe';
  readonly query: string;
}

/**
 * Operations that take most of their time for one field that costs more than an ordinary one. They request as many rows as there
 * are, and each row differs from the one before, so that nothing is loaded once for all.
 */
export const expensive: readonly ExpensiveField[] = [
  {
    field: 'identifiers',
    service: 'italy',
    query: administrations(times(3, (index) => `identifiers(asOf: "${day(index)}") { notation }`)),
  },
  {
    field: 'memberships',
    service: 'italy',
    query: administrations(times(3, (index) => `memberships(asOf: "${day(index)}") { role }`)),
  },
  {
    field: 'population',
    service: 'italy',
    query: administrations(times(3, (index) => `population(asOf: "${day(index)}") { count }`)),
  },
  {
    field: 'adoptions',
    service: 'italy',
    query: administrations(times(3, (index) => `adoptions(first: 1, asOf: "${day(index)}") { totalCount }`)),
  },
  { field: 'publiccode', service: 'italy', query: '{ italy { records(first: 40) { nodes { publiccode } } } }' },
  {
    field: 'publiccodeFile',
    service: 'italy',
    query: '{ italy { records(first: 40) { nodes { publiccodeFile { text } } } } }',
  },
  {
    field: 'growth of consortia',
    service: 'italy',
    query: `{ italy { consortia(first: 3) { nodes { ${growth} } } } }`,
  },
  {
    field: 'coverage',
    service: 'italy',
    query: `{ italy { consortia(first: 3) { nodes { ${times(5, (index) => `coverage(asOf: "${day(index)}") { eligible }`)} } } } }`,
  },
  {
    field: 'administrations by name',
    service: 'italy',
    query: inItaly((index) => `administrations(first: 1, search: "benebento ${index}") { totalCount }`),
  },
  {
    field: 'administrations by population',
    service: 'italy',
    query: inItaly(
      (index) => `administrations(first: 1, asOf: "${day(index)}", orderBy: { field: POPULATION }) { nodes { id } }`,
    ),
  },
  {
    field: 'administrationCount',
    service: 'italy',
    query: inItaly((index) => `administrationCount(kind: MUNICIPALITY, asOf: "${day(index)}")`),
  },
  {
    field: 'changes',
    service: 'italy',
    query: '{ italy { changes(first: 1000) { nodes { administration { id } } } } }',
  },
  {
    field: 'shortDescription',
    service: 'europe',
    query: solutions(times(10, () => 'shortDescription(language: "fr")')),
  },
  {
    field: 'adoptions of solutions',
    service: 'europe',
    query: solutions(times(3, (index) => `adoptions(first: 20, asOf: "${day(index)}") { totalCount nodes { id } }`)),
  },
  {
    field: 'reuse',
    service: 'europe',
    query: solutions(times(3, (index) => `reuse(asOf: "${day(index)}") { adopters }`)),
  },
  { field: 'growth of solutions', service: 'europe', query: solutions(growth) },
  {
    field: 'search',
    service: 'europe',
    query: `{ ${times(5, (index) => `solutions(first: 1, search: "meetimg management ${index}") { nodes { address } }`)} }`,
  },
  {
    field: 'facets',
    service: 'europe',
    query: `{ ${times(5, (index) => `solutions(first: 0, filter: { minAdopters: ${index} }) { totalCount facets { missing } }`)} }`,
  },
  {
    field: 'reuseMatrix',
    service: 'europe',
    query: `{ ${times(5, (index) => `reuseMatrix(asOf: "${day(index)}") { adoptions }`)} }`,
  },
  {
    field: 'organisations without a membership',
    service: 'europe',
    query: `{ ${times(5, (index) => `administrations(first: 1, filter: { memberOfNone: true, population: { min: ${index} } }) { totalCount }`)} }`,
  },
  {
    field: 'needs in a state',
    service: 'europe',
    query: `{ ${times(5, (index) => `needs(first: 1, state: MET, asOf: "${day(index)}") { totalCount }`)} }`,
  },
  {
    field: 'needs by holders',
    service: 'europe',
    query: `{ ${times(5, (index) => `needs(first: 1, asOf: "${day(index)}", orderBy: { field: HOLDERS }) { nodes { id } }`)} }`,
  },
  {
    field: 'needs by country',
    service: 'europe',
    query: `{ ${times(5, (index) => `needs(first: 0, asOf: "${day(index)}") { countries { states { holders } } }`)} }`,
  },
  {
    field: 'reuseCheck',
    service: 'europe',
    query: `{ ${times(5, (index) => `reuseCheck(text: "council meetings ${index}", for: "dk:administration:0461") { candidates(first: 10) { reasons } }`)} }`,
  },
  {
    field: 'same need',
    service: 'europe',
    query: `{ ${times(5, (index) => `reuseCheck(text: "library website", asOf: "${day(index)}") { sameNeed(first: 5) { countries { needs } } }`)} }`,
  },
  {
    field: 'terms',
    service: 'europe',
    query: solutions(times(3, (index) => `terms { fees(population: ${index + 1}0000) { amount { amount } } }`)),
  },
  {
    field: 'counts of adoptions',
    service: 'europe',
    query: solutions(times(3, (index) => `adoptions(first: 1, asOf: "${day(index)}") { totalCount }`)),
  },
  { field: 'counts of catalogueStatus', service: 'europe', query: '{ catalogueStatus { entries usersNamed } }' },
  { field: 'unconfirmedStatements', service: 'europe', query: '{ catalogueStatus { unconfirmedStatements { id } } }' },
  { field: 'openUsers', service: 'europe', query: '{ catalogueStatus { openUsers { name } } }' },
];

import { type FakeCountry, startFakeCountry } from './fake-country.js';
import { contents } from './feed-contents.js';
import { startTestIndex, type TestIndex } from './test-index.js';

export const solutions = `query ($search: String, $filter: SolutionFilter, $orderBy: SolutionOrder, $first: Int, $after: String, $last: Int, $before: String) {
  solutions(search: $search, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id } edges { cursor } facets { missing } } }`;
export const administrations = `query ($search: String, $filter: AdministrationFilter, $orderBy: AdministrationOrder, $countries: [CountryCode!], $asOf: Date, $first: Int, $after: String, $last: Int, $before: String) {
  administrations(search: $search, filter: $filter, orderBy: $orderBy, countries: $countries, asOf: $asOf, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor } } }`;
export const consortia = `query ($search: String, $countries: [CountryCode!], $first: Int, $after: String, $last: Int, $before: String) {
  consortia(search: $search, countries: $countries, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor } } }`;
export const adoptions = `query ($asOf: Date, $countries: [CountryCode!], $first: Int, $after: String, $last: Int, $before: String) {
  solution(address: "github.com/os2/one") {
    adoptions(asOf: $asOf, countries: $countries, first: $first, after: $after, last: $last, before: $before) {
      totalCount edges { cursor } } } }`;
const allAdoptions = `query ($asOf: Date, $countries: [CountryCode!], $first: Int, $after: String, $last: Int, $before: String) {
  adoptions(asOf: $asOf, countries: $countries, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor } } }`;
const suppliers = `query ($search: String, $filter: SupplierFilter, $first: Int, $after: String, $last: Int, $before: String) {
  suppliers(search: $search, filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor } } }`;
const codes = `query ($search: String, $first: Int, $after: String, $last: Int, $before: String) {
  codes(search: $search, first: $first, after: $after, last: $last, before: $before) { totalCount edges { cursor } } }`;
const needs = `query ($search: String, $asOf: Date, $first: Int, $after: String, $last: Int, $before: String) {
  needs(search: $search, asOf: $asOf, topic: "library", first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor } countries { needs } } }`;
/** A query for each list, by its field. */
export const lists = { solutions, administrations, consortia, adoptions, allAdoptions, suppliers, codes, needs };

/** An index of one administration, one consortium, one supplier and three solutions that the administration uses. */
export interface ListIndex {
  readonly index: TestIndex;
  /** Runs an operation that must fail with exactly one error of the contract. Returns its code and message, and the data. */
  readonly rejection: (
    query: string,
    variables?: Record<string, unknown>,
  ) => Promise<{
    readonly code: unknown;
    readonly data: unknown[] | null | undefined;
    readonly message: string | undefined;
  }>;
}

/** Sets up such an index for the tests of a file. */
export function useListIndex(): ListIndex {
  let country: FakeCountry;
  let index: TestIndex;
  beforeAll(async () => {
    country = await startFakeCountry('DK');
    country.publish(
      'ADMINISTRATION',
      contents.administration('dk:administration:0820', 'Viborg', { population: { count: 97_000 } }),
    );
    country.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
    country.publish('CONTRACT', contents.contract('dk:contract:one', 'Magenta', 'github.com/os2/one'));
    for (const name of ['one', 'two', 'three']) {
      country.publish(
        'RECORD',
        contents.record(`dk:record:${name}`, `github.com/os2/${name}`, { name, releaseDate: '2020-01-01' }),
      );
      country.publish(
        'ADOPTION',
        contents.adoption(`dk:adoption:${name}`, 'dk:administration:0820', `github.com/os2/${name}`),
      );
      country.publish('CODE', contents.code(`dk:code:${name}`, `DK_LIST:${name}`, 'Library'));
      country.publish('NEED', contents.need(`dk:need:${name}`, name, [`DK_LIST:${name}`]));
    }
    index = await startTestIndex([country]);
    await index.catchUp();
  });
  afterAll(async () => {
    await index.close();
    await country.stop();
  });

  return {
    get index() {
      return index;
    },
    rejection: async (query, variables = {}) => {
      const { data, errors = [] } = await index.execute(query, variables);
      expect(errors).toHaveLength(1);
      const [error] = errors;
      // Whatever comes from the database, or from a slip in the code, has no code of the contract.
      expect(error?.extensions['code']).toEqual(expect.stringMatching(/^[A-Z_]+$/));
      expect(error?.message.length).toBeLessThan(300);
      return { code: error?.extensions['code'], data: data && Object.values(data), message: error?.message };
    },
  };
}

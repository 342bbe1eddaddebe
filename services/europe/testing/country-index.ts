import { type FakeCountry, startFakeCountry } from './fake-country.js';
import { startTestIndex, type TestIndex } from './test-index.js';

/** One index of four countries for all tests of a file: each test uses addresses and organisations of its own. */
export interface CountryIndex {
  readonly denmark: FakeCountry;
  readonly belgium: FakeCountry;
  readonly italy: FakeCountry;
  readonly france: FakeCountry;
  readonly index: TestIndex;
  /** The fields of the solution at an address, or null. */
  readonly at: (address: string, fields: string) => Promise<unknown>;
}

/** Sets up such an index for the tests of a file. */
export function useCountryIndex(): CountryIndex {
  let countries: readonly [FakeCountry, FakeCountry, FakeCountry, FakeCountry];
  let index: TestIndex;
  beforeAll(async () => {
    countries = await Promise.all([
      startFakeCountry('DK'),
      startFakeCountry('BE'),
      startFakeCountry('IT'),
      startFakeCountry('FR'),
    ]);
    index = await startTestIndex(countries);
  });
  afterAll(async () => {
    await index.close();
    await Promise.all(countries.map(({ stop }) => stop()));
  });
  return {
    get denmark() {
      return countries[0];
    },
    get belgium() {
      return countries[1];
    },
    get italy() {
      return countries[2];
    },
    get france() {
      return countries[3];
    },
    get index() {
      return index;
    },
    at: async (address, fields) => {
      const data = await index.query(`query ($address: String!) { solution(address: $address) { ${fields} } }`, {
        address,
      });
      return (data as { solution: unknown }).solution;
    },
  };
}

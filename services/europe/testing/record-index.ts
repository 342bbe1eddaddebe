import { type FakeCountry, startFakeCountry } from './fake-country.js';
import { contents } from './feed-contents.js';
import { startTestIndex, type TestIndex } from './test-index.js';

const codes = ['DK', 'BE', 'IT'] as const;

export interface RecordTerms {
  readonly aliases?: readonly string[];
  readonly issued?: string;
  readonly publisherId?: string;
  readonly observedOn?: string;
}

/** An index of three countries, whose records the tests of a file publish and delete. */
export interface RecordIndex {
  readonly index: TestIndex;
  /** Denmark, Belgium and Italy. Others for each test: to the index their feeds have restarted, so that no row is left. */
  readonly countries: () => readonly FakeCountry[];
  readonly catchUp: () => Promise<void>;
  /** Publishes a record at an address, in the country of its id. */
  readonly record: (id: string, address: string, terms?: RecordTerms, more?: object) => void;
  readonly deleteRecord: (id: string) => void;
  /** Every solution by its id: its addresses, the current one first. */
  readonly solutions: () => Promise<Record<string, readonly string[]>>;
  /** The id of the solution at an address. */
  readonly idAt: (address: string) => Promise<string | null>;
}

/** Sets up such an index for the tests of a file. */
export function useRecordIndex(): RecordIndex {
  let countries: readonly FakeCountry[];
  let index: TestIndex;
  const stopAll = async (): Promise<void> => {
    await Promise.all(countries.map(({ stop }) => stop()));
  };
  beforeAll(async () => {
    countries = await Promise.all(codes.map(startFakeCountry));
    index = await startTestIndex(countries);
    await stopAll();
  });
  afterAll(() => index.close());
  beforeEach(async () => {
    countries = await Promise.all(codes.map(startFakeCountry));
  });
  afterEach(() => stopAll());

  const countryOf = (id: string): FakeCountry => {
    const found = countries.find(({ folder }) => id.startsWith(folder));
    if (!found) throw new Error(`no country of ${id}`);
    return found;
  };
  const catchUp = (): Promise<void> => index.catchUp({ sources: countries });
  return {
    get index() {
      return index;
    },
    countries: () => countries,
    catchUp,
    record: (id, address, { observedOn, issued, ...terms } = {}, more = {}) => {
      const plain = contents.record(id, address);
      countryOf(id).publish('RECORD', {
        ...plain,
        ...terms,
        ...more,
        issued: `${issued ?? '2020-01-01'}T00:00:00Z`,
        provenance: { ...(plain['provenance'] as object), observedOn: observedOn ?? '2020-01-01' },
      });
    },
    deleteRecord: (id) => {
      countryOf(id).withdraw('RECORD', id);
    },
    solutions: async () => {
      await catchUp();
      const { solutions: found } = (await index.query('{ solutions { nodes { id addresses } } }')) as {
        solutions: { nodes: readonly { id: string; addresses: readonly string[] }[] };
      };
      return Object.fromEntries(found.nodes.map(({ id, addresses }) => [id, addresses]));
    },
    idAt: async (address) => {
      const { solution } = (await index.query('query ($address: String!) { solution(address: $address) { id } }', {
        address,
      })) as { solution: { id: string } | null };
      return solution && solution.id;
    },
  };
}

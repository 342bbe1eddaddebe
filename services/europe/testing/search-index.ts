import { type FakeCountry, startFakeCountry } from './fake-country.js';
import { contents } from './feed-contents.js';
import { settleSome } from './settle-some.js';
import { startTestIndex, type TestIndex } from './test-index.js';

/** An index whose solutions are described by the tests of a file. */
export interface SearchIndex {
  readonly index: TestIndex;
  /** Catalogues a solution. `texts` has by language its short description, or several fields of its description. */
  readonly describeSolution: (name: string, texts?: Readonly<Record<string, string | object>>, more?: object) => void;
  /** The names of the solutions that a search finds, the best match first. */
  readonly find: (search: string) => Promise<string[]>;
}

/** Sets up such an index for the tests of a file. */
export function useSearchIndex(): SearchIndex {
  let country: FakeCountry;
  let index: TestIndex;
  let records = 0;
  beforeAll(async () => {
    country = await startFakeCountry('DK');
    const started = await startTestIndex([country]);
    const catchUp: TestIndex['catchUp'] = async (options) => {
      await started.catchUp(options);
      await settleSome(started.database);
    };
    index = { ...started, catchUp };
  });
  afterAll(async () => {
    await index.close();
    await country.stop();
  });
  return {
    get index() {
      return index;
    },
    describeSolution: (name, texts = {}, more = {}) => {
      records += 1;
      const descriptions = Object.entries(texts).map(([language, text]) => ({
        language,
        localisedName: null,
        shortDescription: typeof text === 'string' ? text : null,
        longDescription: null,
        documentation: null,
        apiDocumentation: null,
        features: [],
        awards: [],
        ...(typeof text === 'string' ? {} : text),
      }));
      const content = contents.record(`dk:record:r${records}`, `example.org/r${records}`, {
        name,
        descriptions,
        ...more,
      });
      country.publish('RECORD', content);
    },
    find: async (search) => {
      const query = 'query ($search: String) { solutions(search: $search, first: 200) { nodes { name } } }';
      const { solutions } = (await index.query(query, { search })) as {
        readonly solutions: { readonly nodes: readonly { readonly name: string }[] };
      };
      return solutions.nodes.map(({ name }) => name);
    },
  };
}

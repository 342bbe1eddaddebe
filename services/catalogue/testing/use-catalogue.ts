import { plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from './test-catalogue.js';

/**
 * Starts a catalogue over tables before the tests of a block and closes it after them. Its properties can be used within tests
 * and later hooks.
 */
export function useCatalogue(tables: Readonly<Record<string, readonly string[]>>): TestCatalogue {
  const catalogue: Partial<TestCatalogue> = {};
  beforeAll(async () => {
    const { folder, remove } = writeTables(tables);
    try {
      Object.assign(catalogue, await startTestCatalogue(plainCatalogue, folder));
    } finally {
      remove();
    }
  });
  afterAll(() => catalogue.close?.());
  return catalogue as TestCatalogue;
}

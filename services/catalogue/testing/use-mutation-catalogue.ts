import {
  failureCodes,
  startMutationCatalogue,
  tables as defaultTables,
  type TestPayload,
  type MutationCatalogue,
} from './mutation-fixtures.js';

/**
 * Starts a catalogue before the tests of a file and closes it after them. Its properties can be used within tests and later
 * hooks.
 *
 * @param prepare runs once, after the start.
 */
export function useMutationCatalogue(
  tables: Readonly<Record<string, readonly string[]>> = defaultTables,
  prepare?: (catalogue: MutationCatalogue) => Promise<unknown>,
): MutationCatalogue {
  const catalogue: Partial<MutationCatalogue> = {};
  beforeAll(async () => {
    Object.assign(catalogue, await startMutationCatalogue(tables));
    await prepare?.(catalogue as MutationCatalogue);
  });
  afterAll(() => catalogue.close?.());
  return catalogue as MutationCatalogue;
}

/** Runs a mutation, and expects it to fail with one code and to write nothing. */
export async function expectRejection(
  { countAuditEntries, feed }: MutationCatalogue,
  execute: () => Promise<TestPayload>,
  code: string,
): Promise<TestPayload> {
  const before = [await countAuditEntries(), await feed()];
  const payload = await execute();
  expect(failureCodes(payload)).toEqual([code]);
  expect([await countAuditEntries(), await feed()]).toEqual(before);
  return payload;
}

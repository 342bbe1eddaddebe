import {
  codesOf,
  startWrittenCatalogue,
  tables as defaultTables,
  type TestPayload,
  type WrittenCatalogue,
} from './mutation-fixtures.js';

/**
 * Starts a catalogue before the tests of a file and closes it after them. Its properties can be used within tests and later
 * hooks.
 *
 * @param prepare runs once, after the start.
 */
export function useMutationCatalogue(
  tables: Readonly<Record<string, readonly string[]>> = defaultTables,
  prepare?: (catalogue: WrittenCatalogue) => Promise<unknown>,
): WrittenCatalogue {
  const catalogue: Partial<WrittenCatalogue> = {};
  beforeAll(async () => {
    Object.assign(catalogue, await startWrittenCatalogue(tables));
    await prepare?.(catalogue as WrittenCatalogue);
  });
  afterAll(() => catalogue.close?.());
  return catalogue as WrittenCatalogue;
}

/** Runs a mutation, and expects it to fail with one code and to write nothing. */
export async function expectRejection(
  { audited, feed }: WrittenCatalogue,
  execute: () => Promise<TestPayload>,
  code: string,
): Promise<TestPayload> {
  const before = [await audited(), await feed()];
  const payload = await execute();
  expect(codesOf(payload)).toEqual([code]);
  expect([await audited(), await feed()]).toEqual(before);
  return payload;
}

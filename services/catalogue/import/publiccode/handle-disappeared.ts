import type { EntityManager } from 'typeorm';

import type { Day } from '../../../shared/dates.js';
import * as entities from '../../model/entities.js';
import { endRows, findExcess, type MissingPolicy, withdrawRows } from '../tables/missing-rows.js';
import type { EarlierRecords } from './find-moved.js';
import type { PlannedFile } from './plan-files.js';
import type { Disappeared, PubliccodeReport, TooManyDisappeared } from './publiccode-report.js';
import type { StoredCatalogue } from './stored-catalogue.js';

type Found = Omit<Disappeared, 'outcome'> & { readonly isRecord: boolean };

/** What earlier imports read from the files, folders and lists of an import. */
interface Comparison {
  /** What they no longer state. */
  readonly disappeared: readonly Found[];
  /** How many records and adoptions they stated, and may still state. */
  readonly stated: Readonly<Record<TooManyDisappeared['rows'], number>>;
}

/** Compares what earlier imports read from files with what these files, their folders and lists state now. */
export function findDisappeared(
  { records, adoptionsOf }: Pick<StoredCatalogue, 'records' | 'adoptionsOf'>,
  { isDescribed, fileOf, isGone }: EarlierRecords,
  imported: readonly PlannedFile[],
): Comparison {
  const importedPaths = new Set(imported.map(({ path }) => path));
  const importedIds = new Set(imported.map(({ recordId }) => recordId));
  const usersOf = (address: string) =>
    (adoptionsOf.get(address) ?? []).filter(({ isFromFile, isCurrent }) => isFromFile && isCurrent);

  const users = imported
    .filter(({ isComplete }) => isComplete)
    .flatMap(({ path, addresses, statedIds }) =>
      [...new Set(addresses)].flatMap((address) =>
        usersOf(address)
          .filter(({ id }) => !statedIds.has(id))
          .map(({ id, rawName }) => toFound('USER', { id, address, name: rawName ?? id, file: path })),
      ),
    );
  const goneRecords = records
    .filter((record) => record.isFromFile && !isDescribed(record) && !importedIds.has(record.id))
    .flatMap((record) => {
      const { id, address, name, file } = record;
      const namesOther = importedPaths.has(fileOf(record)?.path ?? '');
      const what = isGone(record) ? 'FILE' : namesOther ? 'ADDRESS' : null;
      if (what === null) return [];
      return [
        { ...toFound(what, { id, address, name, file }), isRecord: true },
        ...usersOf(address).map((user) => toFound(what, { id: user.id, address, name: user.rawName ?? user.id, file })),
      ];
    });
  const compared = records.filter(
    (record) => record.isFromFile && (isDescribed(record) || isGone(record) || fileOf(record) !== undefined),
  );
  const addresses = new Set([...compared.map(({ address }) => address), ...imported.flatMap((file) => file.addresses)]);
  return {
    disappeared: [...users, ...goneRecords],
    stated: { records: compared.length, adoptions: [...addresses].flatMap(usersOf).length },
  };
}

const toFound = (what: Found['what'], found: Omit<Found, 'what' | 'isRecord'>): Found => ({
  what,
  ...found,
  isRecord: false,
});

interface DisappearedOptions {
  readonly missing: MissingPolicy | null;
  /** How many records, and how many adoptions, may end; by default as many as rows of a table. */
  readonly maxEnded: number | undefined;
  /** The end date (exclusive) of adoptions that disappeared. */
  readonly on: Day;
  readonly findEdited: (
    entity: typeof entities.record | typeof entities.adoption,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, boolean>>;
}

/**
 * Applies the chosen policy: adoptions end, and records, which have no period, are withdrawn. What an editor changed stays. Nothing
 * ends if more would end than may.
 */
export async function handleDisappeared(
  manager: EntityManager,
  { disappeared: found, stated }: Comparison,
  { missing, maxEnded, on, findEdited }: DisappearedOptions,
): Promise<Pick<PubliccodeReport, 'disappeared' | 'tooManyDisappeared'>> {
  const idsOf = (isRecord: boolean): string[] => found.filter((item) => item.isRecord === isRecord).map(({ id }) => id);
  const edited = new Map([
    ...(await findEdited(entities.record, idsOf(true))),
    ...(await findEdited(entities.adoption, idsOf(false))),
  ]);
  const unedited = (isRecord: boolean): string[] => idsOf(isRecord).filter((id) => !edited.has(id));
  const [records, adoptions] = [unedited(true), unedited(false)];
  const tooManyDisappeared = (['records', 'adoptions'] as const).flatMap((rows): TooManyDisappeared[] => {
    const ending = { records, adoptions }[rows].length;
    const excess = missing === 'end' ? findExcess({ missing: ending, of: stated[rows] }, maxEnded) : null;
    return excess ? [{ rows, ...excess }] : [];
  });
  const ends = missing === 'end' && tooManyDisappeared.length === 0;
  if (ends) {
    await endRows(manager, entities.adoption, adoptions, {
      on,
      note: `Ended on ${on}, when its publiccode.yml no longer stated it.`,
    });
    await withdrawRows(manager, entities.record, records);
  }
  const disappeared = found.map(({ isRecord, ...item }): Disappeared => {
    const ended = isRecord ? 'WITHDRAWN' : 'ENDED';
    const chosen = ends ? ended : missing === 'keep' ? 'KEPT' : null;
    return { ...item, outcome: edited.has(item.id) ? 'EDITED' : chosen };
  });
  return { disappeared, tooManyDisappeared };
}

import type { EntityManager } from 'typeorm';

import type { Day } from '../../../shared/dates.js';
import * as entities from '../../model/entities.js';
import { endRows, type MissingPolicy, withdrawRows } from '../tables/missing-rows.js';
import type { EarlierRecords } from './find-moved.js';
import type { Disappeared } from './publiccode-report.js';
import type { StoredCatalogue } from './stored-catalogue.js';

type Found = Omit<Disappeared, 'outcome'> & { readonly isRecord: boolean };

/** A file that is imported, with what it states. */
interface ImportedFile {
  readonly path: string;
  readonly isComplete: boolean;
  readonly recordId: string;
  /** The addresses of its record, now and before. */
  readonly addresses: readonly string[];
  readonly statedIds: ReadonlySet<string>;
}

/** Finds what earlier imports read from files, and what these files, their folders and lists no longer state. */
export function findDisappeared(
  { records, adoptionsOf }: Pick<StoredCatalogue, 'records' | 'adoptionsOf'>,
  { isDescribed, fileOf, isGone }: EarlierRecords,
  imported: readonly ImportedFile[],
): Found[] {
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
  return [...users, ...goneRecords];
}

const toFound = (what: Found['what'], found: Omit<Found, 'what' | 'isRecord'>): Found => ({
  what,
  ...found,
  isRecord: false,
});

interface DisappearedOptions {
  readonly missing: MissingPolicy | null;
  /** The end date (exclusive) of adoptions that disappeared. */
  readonly on: Day;
  readonly findEdited: (
    entity: typeof entities.record | typeof entities.adoption,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, boolean>>;
}

/** Applies the chosen policy: adoptions end, and records, which have no period, are withdrawn. What an editor changed stays. */
export async function handleDisappeared(
  manager: EntityManager,
  found: readonly Found[],
  { missing, on, findEdited }: DisappearedOptions,
): Promise<Disappeared[]> {
  const idsOf = (isRecord: boolean): string[] => found.filter((item) => item.isRecord === isRecord).map(({ id }) => id);
  const edited = new Map([
    ...(await findEdited(entities.record, idsOf(true))),
    ...(await findEdited(entities.adoption, idsOf(false))),
  ]);
  if (missing === 'end') {
    const unedited = (isRecord: boolean): string[] => idsOf(isRecord).filter((id) => !edited.has(id));
    await endRows(manager, entities.adoption, unedited(false), {
      on,
      note: `Ended on ${on}, when its publiccode.yml no longer stated it.`,
    });
    await withdrawRows(manager, entities.record, unedited(true));
  }
  return found.map(({ isRecord, ...item }) => {
    const ended = isRecord ? 'WITHDRAWN' : 'ENDED';
    const chosen = missing === 'end' ? ended : missing === 'keep' ? 'KEPT' : null;
    return { ...item, outcome: edited.has(item.id) ? 'EDITED' : chosen };
  });
}

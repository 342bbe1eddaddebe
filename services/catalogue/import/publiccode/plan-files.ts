import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { AdoptionRow, RecordColumns } from '../../model/rows.js';
import type { FileOfRow } from '../core/import-run.js';
import type { EarlierRecords } from './find-moved.js';
import { matchUsers } from './match-users.js';
import { describeBreak, type ParsedFile } from './parse-files.js';
import type { FileReport, MovedPolicy, MovedRepository } from './publiccode-report.js';
import { newRecordId } from './record-id.js';
import type { StoredCatalogue, StoredRecord } from './stored-catalogue.js';
import { findPublisher, toRecordRow } from './to-record-row.js';

/** A file that is imported, with what it states. */
export interface PlannedFile {
  readonly path: string;
  readonly source: FileOfRow;
  readonly isComplete: boolean;
  readonly recordId: string;
  /** The addresses of its record, now and before. */
  readonly addresses: readonly string[];
  readonly statedIds: ReadonlySet<string>;
}

/** The rows that an import of files writes, and what happens to each file. */
interface Plan {
  readonly records: readonly RecordColumns[];
  readonly adoptions: readonly AdoptionRow[];
  readonly imported: readonly PlannedFile[];
  readonly moved: readonly MovedRepository[];
  readonly reports: readonly FileReport[];
}

/** Decides which record each file describes, and which rows follow from it. */
export function planFiles(
  national: NationalCatalogue,
  stored: StoredCatalogue,
  earlier: EarlierRecords,
  files: readonly ParsedFile[],
  movedPolicy: MovedPolicy | null,
): Plan {
  const records = new Map<string, RecordColumns>();
  const adoptions = new Map<string, AdoptionRow>();
  const imported: PlannedFile[] = [];
  const moved: MovedRepository[] = [];
  const addressById = new Map(stored.records.map(({ id, address }) => [id, address]));
  const claimed = new Set<string>();

  const reports = files.map((parsed): FileReport => {
    const { record, issues, validByStandard } = parsed;
    const report: FileReport = {
      file: parsed.path,
      record: null,
      address: parsed.address,
      rejected: parsed.rejected,
      validByStandard,
      issues,
      users: { named: 0, matched: 0, open: [] },
    };
    const reject = (reason: string): FileReport => ({ ...report, rejected: reason });
    if (parsed.rejected !== null || !record || parsed.address === null) return report;
    const known = stored.recordOf.get(parsed.address);
    if (!parsed.isComplete && known)
      return reject(`${describeBreak(issues)}; ${known.id} stays as it is until the file parses`);
    const from = known ? undefined : findMoved(parsed);
    if (from && movedPolicy !== 'follow') {
      moved.push({ file: parsed.path, record: from.id, from: from.address, to: parsed.address, policy: movedPolicy });
      if (movedPolicy === null)
        return reject(`its repository seems to have moved from ${from.address}, the address of ${from.id}`);
    }
    const followed = movedPolicy === 'follow' ? from : undefined;
    if (followed) {
      moved.push({
        file: parsed.path,
        record: followed.id,
        from: followed.address,
        to: parsed.address,
        policy: 'follow',
      });
    }
    const before = known ?? followed;
    // An alias in the file does not change the address of the record.
    const address = known?.address ?? parsed.address;
    const id = before?.id ?? newRecordId(national, address, addressById);
    if (records.has(id)) return reject(`another file of this import describes ${address}`);
    const other = addressById.get(id) ?? address;
    if (other !== address && !followed)
      return reject(`${id}, the id for a record of ${address}, belongs to the record of ${other}`);

    addressById.set(id, address);
    const described = { address, record, observedOn: parsed.observedOn };
    records.set(
      id,
      toRecordRow(described, {
        id,
        aliases: aliasesOf(before, followed).filter((alias) => alias !== address),
        partOf: before?.partOf ?? null,
        codes: before?.codes ?? [],
        issues,
        validByStandard,
        ...findPublisher(national, stored, record),
      }),
    );
    const users = matchUsers(national, stored, described, followed?.address ?? null);
    for (const adoption of users.adoptions) adoptions.set(adoption.id, adoption);
    imported.push({
      path: parsed.path,
      source: { file: parsed.absolutePath, list: parsed.list },
      isComplete: parsed.isComplete,
      recordId: id,
      addresses: followed ? [address, followed.address] : [address],
      statedIds: users.statedIds,
    });
    return { ...report, record: id, address, users: users.report };
  });
  return { records: [...records.values()], adoptions: [...adoptions.values()], imported, moved, reports };

  /** A record moves to one address only. */
  function findMoved(file: ParsedFile): StoredRecord | undefined {
    const record = earlier.findMoved(file);
    if (!record || claimed.has(record.id)) return undefined;
    claimed.add(record.id);
    return record;
  }
}

/** The aliases of a record; one that moved keeps its former address, its last one so far. */
const aliasesOf = (before: StoredRecord | undefined, followed: StoredRecord | undefined): readonly string[] => [
  ...(before?.aliases ?? []),
  ...(followed ? [followed.address] : []),
];

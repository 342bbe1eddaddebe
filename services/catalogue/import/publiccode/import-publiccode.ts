import { createHash } from 'node:crypto';

import type { EntityManager, EntitySchema } from 'typeorm';

import { toSolutionAddress } from '../../../../schema/values/solution-address.js';
import type { Database } from '../../../kit/database/database.js';
import type { Day } from '../../../shared/dates.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import * as entities from '../../model/entities.js';
import { createNameMatcher, type ScoredCandidate } from '../../name-matching/match-name.js';
import type { NameCandidate } from '../../name-matching/name-candidate.js';
import { readPubliccode } from '../../publiccode/read-publiccode.js';
import type { PubliccodeRecord } from '../../publiccode/record.js';
import type { QualityIssue } from '../../publiccode/rules.js';
import type { AdoptionRow, Provenance, RecordColumns } from '../../model/rows.js';
import { type PubliccodeFile, readBounded } from './find-files.js';
import { toSearchColumns } from '../tables/to-solution-rows.js';
import { findEditedRows } from '../core/manual-edits.js';
import { startRun, lockImports } from '../core/import-run.js';
import { toCounts, upsertRows, type RowCounts, type UpsertResult } from '../core/upsert-rows.js';

/** What was done with one file. */
export interface FileReport {
  readonly file: string;
  /** The id of its record; null if the file was rejected, for the reason in `rejected`. */
  readonly record: string | null;
  readonly address: string | null;
  readonly rejected: string | null;
  readonly issues: readonly QualityIssue[];
  readonly users: { readonly named: number; readonly matched: number; readonly open: readonly UnmatchedName[] };
}

/** A user's name that was not matched to one organisation, for a person to choose. */
interface UnmatchedName {
  readonly name: string;
  readonly candidates: readonly ScoredCandidate[];
}

/** What an import of publiccode.yml files did, or would do with `dryRun`. */
export interface PubliccodeReport {
  readonly dryRun: boolean;
  readonly records: RowCounts;
  readonly adoptions: RowCounts;
  /** Records and adoptions that an editor changed since they were last imported, which are left as they are. */
  readonly edited: readonly string[];
  readonly files: readonly FileReport[];
}

interface PubliccodeOptions {
  readonly dryRun: boolean;
  /** Whether rows that an editor has changed are overwritten too. */
  readonly overwriteEdits?: boolean;
  /** Called with the progress. */
  readonly onProgress?: (done: number, of: number) => void;
}

class Rollback extends Error {}

/**
 * Imports publiccode.yml files as records and adoptions, in one transaction, and saves a report. All usable parts of a file are
 * imported, with an issue for each deviation from the standard; an invalid file does not stop the others. Importing the same
 * files again changes nothing.
 *
 * A file replaces the record of its address if the catalogue has one. Users are matched by name to this country's
 * administrations; an ambiguous name is not matched, and the report has its candidates.
 */
export async function importPubliccode(
  national: NationalCatalogue,
  files: readonly PubliccodeFile[],
  { dataSource }: Pick<Database, 'dataSource'>,
  options: PubliccodeOptions,
): Promise<PubliccodeReport> {
  let report: PubliccodeReport | undefined;
  await dataSource
    .transaction(async (manager) => {
      await manager.query('SET LOCAL statement_timeout = 0');
      await lockImports(manager);
      report = await importFiles(national, files, manager, options);
      if (options.dryRun) throw new Rollback();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Rollback)) throw error;
    });
  if (!report) throw new Error('The import returned no report.');
  return report;
}

async function importFiles(
  national: NationalCatalogue,
  files: readonly PubliccodeFile[],
  manager: EntityManager,
  { dryRun, overwriteEdits = false, onProgress }: PubliccodeOptions,
): Promise<PubliccodeReport> {
  const run = await startRun(manager, 'PUBLICCODE', digestFiles(files));
  const stored = await loadCatalogue(manager);
  const records = new Map<string, RecordColumns>();
  const addressById = new Map(stored.addressOf);
  const adoptions = new Map<string, AdoptionRow>();
  const reports = files.map((file, index): FileReport => {
    onProgress?.(index, files.length);
    const { record, issues } = readPubliccode(
      readBounded(file.path),
      file.repository === null ? {} : { repository: file.repository },
    );
    const address = record && findAddress(record, file);
    const partial = {
      file: file.path,
      record: null,
      address: address ?? null,
      issues,
      users: { named: 0, matched: 0, open: [] },
    };
    if (!record) return { ...partial, rejected: 'it is not a publiccode.yml file' };
    if (address == null)
      return { ...partial, rejected: 'neither the file nor the list contains the address of the repository' };
    const storedRecord = stored.recordOf.get(address);
    const id = storedRecord?.id ?? newRecordId(national, address, addressById);
    if (records.has(id)) return { ...partial, rejected: `another file of this import describes ${address}` };
    const other = addressById.get(id) ?? address;
    if (other !== address) {
      return { ...partial, rejected: `${id}, the id for a record of ${address}, belongs to the record of ${other}` };
    }

    addressById.set(id, address);
    records.set(
      id,
      toRecordRow(national, stored, { id, address, aliases: storedRecord?.aliases ?? [], record, issues, file }),
    );
    const users = matchUsers(national, stored, { address, record, file });
    for (const adoption of users.adoptions) adoptions.set(adoption.id, adoption);
    return { ...partial, record: id, rejected: null, users: users.report };
  });
  onProgress?.(files.length, files.length);
  const write = <Row extends object>(entity: EntitySchema<Row>, rows: Iterable<Row>): Promise<UpsertResult> =>
    upsertRows(
      manager,
      entity,
      [...rows],
      overwriteEdits ? {} : { findEdited: (ids) => findEditedRows(manager, entity, ids) },
    );
  const written = [
    await write(entities.record, records.values()),
    await write(entities.adoption, adoptions.values()),
  ] as const;
  for (const rows of written) await run.recordRows(rows);
  const report = {
    dryRun,
    records: toCounts(written[0]),
    adoptions: toCounts(written[1]),
    edited: written.flatMap(({ edited }) => edited),
    files: reports,
  };
  await run.finish(report);
  return report;
}

function digestFiles(files: readonly PubliccodeFile[]): string {
  const hash = createHash('sha256');
  for (const { path } of files) hash.update(`\n${path}\n`).update(readBounded(path));
  return hash.digest('hex');
}

/**
 * The address of the solution: the repository where its file was found, because copies and products of one publisher name
 * another repository than their own; else the one in the file.
 */
const findAddress = ({ url }: PubliccodeRecord, { repository }: PubliccodeFile): string | null =>
  toSolutionAddress(repository ?? '') ?? toSolutionAddress(url ?? '');

/** The stored rows that an import needs. */
interface StoredCatalogue {
  /** By address. publiccode.yml has no field for aliases, so a record keeps those it has. */
  readonly recordOf: ReadonlyMap<string, Pick<RecordColumns, 'id' | 'address' | 'aliases'>>;
  /** By the id of a record. */
  readonly addressOf: ReadonlyMap<string, string>;
  readonly organisationOf: ReadonlyMap<string, string>;
  /** By administration and solution, whatever the source of the adoption. */
  readonly adoptionOf: ReadonlyMap<string, string>;
  readonly match: ReturnType<typeof createNameMatcher>;
}

async function loadCatalogue(manager: EntityManager): Promise<StoredCatalogue> {
  const records: Pick<RecordColumns, 'id' | 'address' | 'aliases'>[] = await manager.query(
    'SELECT id, address, aliases FROM catalogue_record ORDER BY id DESC',
  );
  const codes: { id: string; code: string }[] = await manager.query(
    `SELECT organisation_id AS id, scheme || ':' || notation AS code FROM identifier`,
  );
  const adoptions: { id: string; key: string }[] = await manager.query(
    `SELECT id, administration_id || ' ' || address AS key FROM adoption WHERE administration_id IS NOT NULL`,
  );
  const candidates: NameCandidate[] = await manager.query(
    `SELECT id, kind, ARRAY(SELECT jsonb_array_elements(names || alternative_names) ->> 'text') AS names,
      ARRAY(SELECT jsonb_each_text.value FROM jsonb_each_text(national)) AS areas
    FROM organisation WHERE type = 'ADMINISTRATION' AND end_date IS NULL AND ended IS NOT TRUE`,
  );
  return {
    recordOf: new Map(records.map((record) => [record.address, record])),
    addressOf: new Map(records.map(({ id, address }) => [id, address])),
    organisationOf: new Map(codes.map(({ id, code }) => [code, id])),
    adoptionOf: new Map(adoptions.map(({ id, key }) => [key, id])),
    match: createNameMatcher(candidates),
  };
}

interface DescribedSolution {
  readonly address: string;
  readonly record: PubliccodeRecord;
  readonly file: PubliccodeFile;
}

const toProvenance = ({ address, file }: DescribedSolution, note: string | null): Provenance => ({
  source: address.startsWith('urn:') ? null : `https://${address.split('//', 1)[0] ?? address}`,
  retrievedAt: null,
  observedOn: file.observedOn,
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note,
});

function toRecordRow(
  national: NationalCatalogue,
  { organisationOf }: StoredCatalogue,
  { id, aliases, issues, ...described }: DescribedSolution & Pick<RecordColumns, 'id' | 'aliases' | 'issues'>,
): RecordColumns {
  const { record, address } = described;
  const { organisation, maintenance, legal } = record;
  const code = national.codeOfUri?.(organisation?.uri ?? '') ?? null;
  const ends = maintenance.contractors.flatMap(({ until }): Day[] => (until === null ? [] : [until]));
  return {
    id,
    address,
    aliases,
    kind: 'SOFTWARE',
    publisherId: (code && organisationOf.get(`${code.scheme}:${code.notation}`)) ?? null,
    publisherName: organisation?.name ?? legal.mainCopyrightOwner,
    content: record,
    maintainedUntil: ends.sort().at(-1) ?? null,
    issues,
    provenance: toProvenance(described, null),
    ...toSearchColumns(record),
  };
}

function matchUsers(
  national: NationalCatalogue,
  { match, adoptionOf }: StoredCatalogue,
  described: DescribedSolution,
): { readonly adoptions: AdoptionRow[]; readonly report: FileReport['users'] } {
  const names = [...new Set(described.record.usedBy)];
  const matches = names.map((name) => ({ name, ...match(name) }));
  const newMatches = matches.filter(({ name, administrationId }) => {
    const adoption = administrationId === null ? undefined : adoptionOf.get(`${administrationId} ${described.address}`);
    return adoption === undefined || adoption === adoptionId(national, described.address, name);
  });
  return {
    adoptions: newMatches.map(({ name, administrationId, confidence }) =>
      toAdoptionRow(national, described, name, administrationId, confidence),
    ),
    report: {
      named: names.length,
      matched: matches.filter(({ administrationId }) => administrationId !== null).length,
      open: matches
        .filter(({ administrationId }) => administrationId === null)
        .map(({ name, candidates }) => ({ name, candidates })),
    },
  };
}

function toAdoptionRow(
  national: NationalCatalogue,
  described: DescribedSolution,
  rawName: string,
  administrationId: string | null,
  matchConfidence: number | null,
): AdoptionRow {
  return {
    id: adoptionId(national, described.address, rawName),
    administrationId,
    usersGroup: null,
    address: described.address,
    status: 'DECLARED',
    startDate: null,
    startPrecision: null,
    endDate: null,
    endPrecision: null,
    ended: null,
    version: null,
    rawName,
    matchConfidence,
    observedOn: described.file.observedOn,
    provenance: toProvenance(described, 'Named under usedBy in its publiccode.yml.'),
  };
}

const adoptionId = ({ code }: NationalCatalogue, address: string, name: string): string =>
  `${code.toLowerCase()}:adoption:${shortHash(`${address}\n${name}`)}`;

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 20);

/** The id of a new record. If two addresses have the same slug, such as `a-b/c` and `a/b-c`, the later one gets a hash. */
function newRecordId({ code }: NationalCatalogue, address: string, addressById: ReadonlyMap<string, string>): string {
  const idOf = (slug: string): string => `${code.toLowerCase()}:record:${slug}`;
  const slug = slugOf(address);
  const other = addressById.get(idOf(slug)) ?? address;
  return idOf(other !== address && slugOf(other) === slug ? hashedSlugOf(address) : slug);
}

/** `github.com/os2mo/os2mo` as part of an id; a slug that was shortened or lost characters gets a hash. */
function slugOf(address: string): string {
  const slug = lettersOf(address);
  return slug.length <= 60 && /^[a-z0-9./-]+$/.test(address) ? slug : hashedSlugOf(address);
}

const hashedSlugOf = (address: string): string => `${lettersOf(address).slice(0, 40)}-${shortHash(address)}`;

const lettersOf = (address: string): string =>
  address
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

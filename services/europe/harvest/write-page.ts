import {
  type AdoptionInputs,
  deriveAdoptions,
  deriveSupersession,
  fillAdoptions,
  findSolutionsAndUsers,
  writeNewAdoptions,
} from '../derive/adoptions.js';
import { writeClaims } from '../derive/address-claims.js';
import type { Run } from '../derive/exclusive-transaction.js';
import { deriveOrganisationUse } from '../derive/organisation-use.js';
import { addSeparateSolutions, type IdentityChanges, resolveIdentities } from '../derive/resolve-identities.js';
import { deriveUsage, type Filling } from '../derive/filling.js';
import { maxUnsettledWhileFilling, settle } from '../derive/segments.js';
import { deriveSolutions } from '../derive/solutions.js';
import type { Content } from '../feed/entry-schemas.js';
import { findNeedTopics } from './need-topics.js';
import { givenColumns, givenRowsSql } from '../given-rows.js';
import { columnList, updateIfChanged } from '../sql-fragments.js';
import type { RecordContent } from '../rows.js';
import type { SourceTable } from '../source-tables.js';
import { deriveSuppliers } from '../derive/suppliers.js';
import type { IndexChanges, TableChange } from './validate-entries.js';

const organisationColumns = [
  'id',
  'country',
  'feed',
  'type',
  'kind',
  'level',
  'nuts',
  'population',
  'open_to_kinds',
  'open_to_nuts',
  'members_complete_since',
  'complete_members',
  'status',
  'source',
  'observed_on',
  'languages',
  'codes',
  'written_names',
  'start_date',
  'end_date',
  'ended',
  'sort_name',
  'search_text',
];
const membershipColumns = [
  'id',
  'country',
  'feed',
  'consortium_id',
  'member_id',
  'role',
  'source',
  'start_date',
  'end_date',
  'ended',
  'observed_on',
];
const claimColumns = ['id', 'country', 'feed', 'address', 'stated_on', 'content'];
const recordColumns = [
  'id',
  'country',
  'feed',
  'address',
  'aliases',
  'issued',
  'observed_on',
  'release_date',
  'publisher_id',
  'own',
  'content',
  'sort_name',
  'search_text',
  'codes',
];
/** With the vector, or the texts of which PostgreSQL makes one. */
const givenOfRecords = [...recordColumns, 'vector', 'texts'];
const portfolioColumns = [
  'id',
  'country',
  'feed',
  'consortium_id',
  'address',
  'start_date',
  'end_date',
  'ended',
  'observed_on',
];

const needTables = ['code_list', 'code', 'code_mapping', 'need', 'need_holder'] as const satisfies SourceTable[];
/** The columns of code lists and needs. Nothing is derived from them when they are written. */
const needColumns: Readonly<Record<(typeof needTables)[number], readonly string[]>> = {
  code_list: ['id', 'country', 'feed', 'scheme', 'content'],
  code: ['id', 'country', 'feed', 'scheme', 'notation', 'broader', 'text_topics', 'search_text', 'content'],
  code_mapping: ['id', 'country', 'feed', 'scheme', 'notation', 'relation', 'to_scheme', 'to_notation', 'content'],
  need: ['id', 'country', 'feed', 'codes', 'text_topics', 'sort_name', 'search_text', 'content'],
  need_holder: [
    'id',
    'country',
    'feed',
    'need_id',
    'holder_id',
    'holders_kind',
    'holders_nuts',
    'state',
    'start_date',
    'end_date',
    'ended',
    'observed_on',
    'amount',
    'currency',
    'met_by',
    'content',
  ],
};
const termsColumns = ['id', 'country', 'feed', 'consortium_id', 'address', 'content'];
const contractColumns = ['id', 'country', 'feed', 'address', 'client_id', 'identifier', 'supplier', 'content'];

/** What is known of a page. */
interface PageFacts {
  readonly filling: Filling;
  /** Whether the index has none of its rows: then they are inserted without comparing. */
  readonly areNew: boolean;
}

/**
 * Writes a page of a feed into the index and recomputes everything that depends on it, within the caller's transaction. A new
 * derived table is registered here: each step takes what the steps before it have changed.
 */
export async function writePage(
  run: Run,
  { byTable }: Pick<IndexChanges, 'byTable'>,
  day: string,
  { filling, areNew }: PageFacts,
): Promise<void> {
  const writeRows = (table: SourceTable, columns: readonly string[], change: TableChange): Promise<void> =>
    writeTable(run, table, columns, change, areNew);

  await writeRows('membership', membershipColumns, byTable.membership);
  await writeRows('claim', claimColumns, byTable.claim);
  for (const table of needTables) {
    const change = table === 'need' ? await withTopics(run, byTable.need) : byTable[table];
    await writeRows(table, needColumns[table], change);
  }
  await writeRows('terms', termsColumns, byTable.terms);
  await writeRows('contract', contractColumns, byTable.contract);
  const organisations = await writeOrganisations(run, byTable.organisation, areNew);
  const identities = await writeRecords(run, byTable.catalogue_record, areNew);
  const solutionsOfUse = [
    ...(await writePortfolio(run, byTable.portfolio_entry, identities.addresses, organisations.organisations)),
    ...(await writeAdoptions(
      run,
      byTable.adoption,
      { ...organisations, addresses: identities.addresses, solutionsBefore: identities.solutionsBefore },
      { filling, areNew },
    )),
  ];
  const published = await findPublishedSolutions(run, organisations.organisations);
  const described = [...new Set([...identities.solutions, ...published])];
  await deriveSolutions(run, described, day);
  // What describes a solution also changes it, which is noted once the country is filled.
  const counted = filling === null ? identities.solutions : described;
  await deriveUsage(run, [...counted, ...solutionsOfUse], day, filling);
  await deriveSuppliers(run, [...changedIds(byTable.contract), ...changedIds(recordsWithSuppliers(byTable, areNew))]);
  // At the end of a first reading, segments are built of all solutions: of each country together, so that most words are in few of them.
  if (described.length > 0 && filling?.isFirstReading !== true)
    await settle(run, filling === null ? undefined : maxUnsettledWhileFilling);
}

/** New records without suppliers change none. */
const recordsWithSuppliers = ({ catalogue_record: change }: IndexChanges['byTable'], areNew: boolean): TableChange =>
  areNew
    ? { ...change, rows: change.rows.filter(({ content }) => (content as RecordContent).suppliers.length > 0) }
    : change;

/** PostgreSQL computes the stems of their statements. */
async function withTopics(run: Run, { rows, removedIds }: TableChange): Promise<TableChange> {
  const understood: TableChange['rows'][number][] = [];
  for (const row of rows)
    understood.push({ ...row, text_topics: await findNeedTopics(run, row['content'] as Content<'NEED'>) });
  return { rows: understood, removedIds };
}

/** The solutions of which a record names one of these organisations as its publisher. */
async function findPublishedSolutions(run: Run, organisations: readonly string[]): Promise<string[]> {
  if (organisations.length === 0) return [];
  const rows = await run<{ solution: string }>(
    `SELECT DISTINCT solution_id AS solution FROM catalogue_record WHERE publisher_id = ANY ($1) AND solution_id IS NOT NULL`,
    [organisations],
  );
  return rows.map(({ solution }) => solution);
}

const changedIds = ({ rows, removedIds }: TableChange): string[] => [...rows.map(({ id }) => id), ...removedIds];

/** Writes a table of which nothing is derived in the same row. */
async function writeTable(
  run: Run,
  table: SourceTable,
  columns: readonly string[],
  { rows, removedIds }: TableChange,
  areNew: boolean,
): Promise<void> {
  await removeByIds(run, table, removedIds);
  if (rows.length === 0) return;
  await run(
    `INSERT INTO ${table} (${columnList(columns)}) ${givenRowsSql(columns)} ${areNew ? '' : updateIfChanged(table, columns)}`,
    givenColumns(columns, rows),
  );
}

const removeByIds = async (run: Run, table: SourceTable, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await run(`DELETE FROM ${table} WHERE id = ANY ($1)`, [ids]);
};

/** Returns what adoptions are derived from: the organisations, and the names by which they are or were written. */
async function writeOrganisations(
  run: Run,
  change: TableChange,
  areNew: boolean,
): Promise<Omit<AdoptionInputs, 'addresses' | 'solutionsBefore'>> {
  const organisations = changedIds(change);
  if (organisations.length === 0) return { organisations, writtenNames: [] };
  const before = await run<{ name: string }>(
    `SELECT DISTINCT unnest(written_names) AS name FROM organisation WHERE id = ANY ($1)`,
    [organisations],
  );
  await writeTable(run, 'organisation', organisationColumns, change, areNew);
  const after = change.rows.flatMap((row) => row['written_names'] as readonly string[]);
  return { organisations, writtenNames: [...new Set([...before.map(({ name }) => name), ...after])] };
}

async function writeRecords(run: Run, change: TableChange, areNew: boolean): Promise<IdentityChanges> {
  const ids = changedIds(change);
  if (ids.length === 0) return { addresses: [], solutionsBefore: [], solutions: [] };
  await removeByIds(run, 'catalogue_record', change.removedIds);
  await run(
    // Owner and solution are derived below; here they get the values that they mostly have, so that most rows are written once.
    `INSERT INTO catalogue_record (${columnList(recordColumns)}, vector, owner, solution_id)
    SELECT ${columnList(recordColumns, 'r')}, coalesce(r.vector, search_vector(r.texts), ''),
      -- Not EXISTS, for which the addresses of all records are read.
      coalesce((SELECT false FROM catalogue_record other WHERE other.address = r.address LIMIT 1), true),
      coalesce((SELECT a.solution_id FROM solution_address a WHERE a.address = r.address), r.address)
    FROM (${givenRowsSql(givenOfRecords)}) r
    ${areNew ? '' : updateIfChanged('catalogue_record', [...recordColumns, 'vector'])}`,
    givenColumns(givenOfRecords, change.rows),
  );
  // Even if an address still leads to the same solution, another record may describe it now: so all of them are recomputed.
  const claimed = await writeClaims(run, ids);
  const separate = new Set(areNew ? await addSeparateSolutions(run, ids) : []);
  const touched = claimed.filter((address) => !separate.has(address));
  const changes = await resolveIdentities(run, touched);
  return { ...changes, solutions: [...separate, ...changes.solutions] };
}

/** Returns the solutions whose portfolio entries have changed. */
async function writePortfolio(
  run: Run,
  change: TableChange,
  addresses: readonly string[],
  organisations: readonly string[],
): Promise<string[]> {
  const ids = changedIds(change);
  if (ids.length + addresses.length + organisations.length === 0) return [];
  const findSolutions = (): Promise<{ solution: string }[]> =>
    run(
      `SELECT solution_id AS solution FROM portfolio_entry
      WHERE id = ANY ($1) OR address = ANY ($2) OR consortium_id = ANY ($3)`,
      [ids, addresses, organisations],
    );
  const before = await findSolutions();
  await removeByIds(run, 'portfolio_entry', change.removedIds);
  const columns = [...portfolioColumns, 'solution_id'];
  const next = portfolioColumns.length + 1;
  await run(
    `INSERT INTO portfolio_entry (${columnList(columns)})
    SELECT ${columnList(portfolioColumns, 'p')}, coalesce(a.solution_id, p.address) FROM (
      ${givenRowsSql(portfolioColumns)}
      UNION ALL SELECT ${columnList(portfolioColumns)} FROM portfolio_entry WHERE address = ANY ($${next}) AND id <> ALL ($${next + 1})
    ) p LEFT JOIN solution_address a ON a.address = p.address
    ${updateIfChanged('portfolio_entry', columns)}`,
    [...givenColumns(portfolioColumns, change.rows), addresses, change.rows.map(({ id }) => id)],
  );
  return [...before, ...(await findSolutions())].map(({ solution }) => solution);
}

/** Returns the solutions whose counted users may have changed, other than those of a country that is being filled. */
async function writeAdoptions(
  run: Run,
  change: TableChange,
  inputs: AdoptionInputs,
  { filling, areNew }: PageFacts,
): Promise<string[]> {
  // Its own adoptions were all written since the filling began, so that their solutions wait to be counted.
  const ids = filling === null ? changedIds(change) : [];
  const before = await findSolutionsAndUsers(run, ids);
  await removeByIds(run, 'adoption', change.removedIds);
  if (change.rows.length > 0)
    await (filling === null
      ? writeNewAdoptions(run, change.rows)
      : fillAdoptions(run, filling.country, { rows: change.rows, areNew }));
  const after = await findSolutionsAndUsers(run, ids);
  // At the end of a first reading, all adoptions are compared with what they are derived from.
  const recomputed =
    filling?.isFirstReading === true ? { solutions: [], users: [] } : await deriveAdoptions(run, inputs);
  const affected = {
    solutions: [...before.solutions, ...after.solutions, ...recomputed.solutions],
    users: [...before.users, ...after.users, ...recomputed.users],
  };
  await deriveOrganisationUse(run, affected.users);
  return [...affected.solutions, ...(await deriveSupersession(run, affected))];
}

import {
  type AdoptionInputs,
  deriveAdoptions,
  deriveSupersession,
  findSolutionsAndUsers,
  writeNewAdoptions,
} from '../derive/adoptions.js';
import { resolveIdentities } from '../derive/resolve-identities.js';
import { countUsage, deriveSolutions } from '../derive/solutions.js';
import type { Run } from '../derive/exclusive-transaction.js';
import type { IndexChanges, IndexRow, SourceTable, TableChange } from './validate-entries.js';

/** The columns that an entry gives; what else a table has is concluded. */
const columns: Readonly<
  Record<Exclude<SourceTable, 'adoption' | 'portfolio_entry' | 'catalogue_record'>, readonly string[]>
> = {
  organisation: [
    ...['id', 'country', 'feed', 'type', 'kind', 'level', 'nuts', 'population', 'codes', 'written_names'],
    ...['start_date', 'end_date', 'ended', 'sort_name', 'search_text'],
  ],
  membership: [
    ...[
      'id',
      'country',
      'feed',
      'consortium_id',
      'member_id',
      'role',
      'start_date',
      'end_date',
      'ended',
      'observed_on',
    ],
  ],
  claim: ['id', 'country', 'feed', 'address', 'stated_on', 'content'],
};

/** Writes a page of a feed into the index, and concludes anew whatever it bears upon. One transaction is around it. */
export async function writePage(run: Run, { byTable }: Pick<IndexChanges, 'byTable'>, day: string): Promise<void> {
  await writeRows(run, 'membership', byTable.membership);
  await writeRows(run, 'claim', byTable.claim);
  const organisations = await writeOrganisations(run, byTable.organisation);
  const moved = await writeRecords(run, byTable.catalogue_record);
  const counted = [
    ...(await writePortfolio(run, byTable.portfolio_entry, moved.addresses, organisations.organisations)),
    ...(await writeAdoptions(run, byTable.adoption, { ...organisations, addresses: moved.addresses })),
  ];
  await deriveSolutions(run, [
    ...new Set([...moved.solutions, ...(await findPublishedSolutions(run, organisations.organisations))]),
  ]);
  await countUsage(run, [...moved.solutions, ...counted], day);
}

/** The solutions that records say these bodies publish. */
export async function findPublishedSolutions(run: Run, organisations: readonly string[]): Promise<string[]> {
  const rows = await run<{ solution: string }>(
    `SELECT DISTINCT solution_id AS solution FROM catalogue_record WHERE publisher_id = ANY ($1)`,
    [organisations],
  );
  return rows.map(({ solution }) => solution);
}

const changedIds = ({ rows, removedIds }: TableChange): string[] => [...rows.map(({ id }) => id), ...removedIds];

async function writeRows(run: Run, table: keyof typeof columns, { rows, removedIds }: TableChange): Promise<void> {
  await removeByIds(run, table, removedIds);
  if (rows.length === 0) return;
  const list = (prefix: string): string => columns[table].map((column) => prefix + column).join(', ');
  await run(
    `INSERT INTO ${table} (${list('')}) SELECT ${list('')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
    ON CONFLICT (id) DO UPDATE SET (${list('')}) = ROW (${list('excluded.')})
    WHERE (${list(`${table}.`)}) IS DISTINCT FROM (${list('excluded.')})`,
    [JSON.stringify(rows)],
  );
}

const removeByIds = async (run: Run, table: SourceTable, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await run(`DELETE FROM ${table} WHERE id = ANY ($1)`, [ids]);
};

/** Gives what adoptions are concluded from: the bodies, and how they are or were written. */
async function writeOrganisations(run: Run, change: TableChange): Promise<Omit<AdoptionInputs, 'addresses'>> {
  const organisations = changedIds(change);
  const writtenBefore = await run<{ name: string }>(
    `SELECT DISTINCT unnest(written_names) AS name FROM organisation WHERE id = ANY ($1)`,
    [organisations],
  );
  await writeRows(run, 'organisation', change);
  const writtenNow = change.rows.flatMap((row) => row['written_names'] as readonly string[]);
  return { organisations, writtenNames: [...new Set([...writtenBefore.map(({ name }) => name), ...writtenNow])] };
}

const recordColumns = [
  ...['id', 'country', 'feed', 'address', 'aliases', 'issued', 'observed_on', 'publisher_id', 'own', 'content'],
  ...['sort_name', 'search_text', 'vector'],
];

async function writeRecords(run: Run, change: TableChange) {
  const ids = changedIds(change);
  if (ids.length === 0) return { addresses: [], solutions: [] };
  const touched = (): Promise<{ address: string }[]> =>
    run(
      `SELECT address FROM catalogue_record WHERE id = ANY ($1) UNION SELECT unnest(aliases) FROM catalogue_record WHERE id = ANY ($1)`,
      [ids],
    );
  const before = await touched();
  await removeByIds(run, 'catalogue_record', change.removedIds);
  const list = (prefix: string): string => recordColumns.map((column) => prefix + column).join(', ');
  await run(
    // Whose address it is and which solution is there is concluded below; what it mostly comes to is written at once.
    `INSERT INTO catalogue_record (${list('')}, owner, solution_id)
    SELECT ${list('r.').replace('r.vector', `coalesce(search_vector(entry -> 'texts'), '')`)},
      NOT EXISTS (SELECT FROM catalogue_record other WHERE other.address = r.address),
      coalesce((SELECT a.solution_id FROM solution_address a WHERE a.address = r.address), r.address)
    FROM jsonb_array_elements($1::jsonb) AS entry CROSS JOIN LATERAL jsonb_populate_record(NULL::catalogue_record, entry) r
    ON CONFLICT (id) DO UPDATE SET (${list('')}) = ROW (${list('excluded.')})
    WHERE (${list('catalogue_record.')}) IS DISTINCT FROM (${list('excluded.')})`,
    [JSON.stringify(change.rows)],
  );
  // An address that leads where it led may be described by another record now: it is reached as one that is touched.
  const after = await touched();
  return resolveIdentities(run, [...new Set([...before, ...after].map(({ address }) => address))]);
}

/** Gives the solutions whose places in portfolios are others than before. */
async function writePortfolio(
  run: Run,
  change: TableChange,
  addresses: readonly string[],
  organisations: readonly string[],
): Promise<string[]> {
  const solutions = (): Promise<{ solution: string }[]> =>
    run(
      `SELECT solution_id AS solution FROM portfolio_entry
      WHERE id = ANY ($1) OR address = ANY ($2) OR consortium_id = ANY ($3)`,
      [changedIds(change), addresses, organisations],
    );
  const before = await solutions();
  await removeByIds(run, 'portfolio_entry', change.removedIds);
  const stated = [
    ...['id', 'country', 'feed', 'consortium_id', 'address', 'start_date', 'end_date', 'ended', 'observed_on'],
  ];
  const all = [...stated, 'solution_id'];
  await run(
    `INSERT INTO portfolio_entry (${all.join(', ')})
    SELECT ${stated.map((column) => `p.${column}`).join(', ')}, coalesce(a.solution_id, p.address) FROM (
      SELECT * FROM jsonb_populate_recordset(NULL::portfolio_entry, $1::jsonb)
      UNION ALL SELECT * FROM portfolio_entry WHERE address = ANY ($2) AND id <> ALL ($3)
    ) p LEFT JOIN solution_address a ON a.address = p.address
    ON CONFLICT (id) DO UPDATE SET (${all.join(', ')}) = ROW (${all.map((column) => `excluded.${column}`).join(', ')})
    WHERE (${all.map((column) => `portfolio_entry.${column}`).join(', ')})
      IS DISTINCT FROM (${all.map((column) => `excluded.${column}`).join(', ')})`,
    [JSON.stringify(change.rows), addresses, change.rows.map(({ id }) => id)],
  );
  return [...before, ...(await solutions())].map(({ solution }) => solution);
}

/** Gives the solutions of which other users are counted than before. */
async function writeAdoptions(run: Run, change: TableChange, concerned: AdoptionInputs): Promise<string[]> {
  const ids = changedIds(change);
  const before = await findSolutionsAndUsers(run, ids);
  await removeByIds(run, 'adoption', change.removedIds);
  if (change.rows.length > 0) await writeNewAdoptions(run, change.rows);
  const after = await findSolutionsAndUsers(run, ids);
  const others = await deriveAdoptions(run, concerned);
  const reached = {
    solutions: [...before.solutions, ...after.solutions, ...others.solutions],
    users: [...before.users, ...after.users, ...others.users],
  };
  const set = await deriveSupersession(run, reached);
  return [...reached.solutions, ...set];
}

/** Rows as they are written: each of a country, as of one beginning of its feed. */
export const withOrigin = (changes: IndexChanges, country: string, feed: string): IndexChanges => ({
  ...changes,
  byTable: Object.fromEntries(
    Object.entries(changes.byTable).map(([table, { rows, removedIds }]) => [
      table,
      { rows: rows.map((row): IndexRow => ({ ...row, country, feed })), removedIds },
    ]),
  ) as unknown as IndexChanges['byTable'],
});

import { givenColumns, givenRowsSql } from '../given-rows.js';
import { columnList, updateIfChanged } from '../sql-fragments.js';
import type { Run } from './exclusive-transaction.js';

/** The columns that a country states of an adoption. */
const statedColumns = [
  'id',
  'country',
  'feed',
  'administration_id',
  'written_name',
  'sort_name',
  'address',
  'status',
  'start_date',
  'end_date',
  'ended',
  'observed_on',
  'start_precision',
  'content_json',
];

/** The columns that follow from it together with everything else in the index, and the SQL expression of each. */
const derivedColumns = {
  user_id: 'found.id',
  user_country: 'coalesce(upper(left(found.id, 2)), a.country)',
  user_kind: 'o.kind',
  user_nuts: 'o.nuts',
  user_population: 'o.population',
  user_name: 'coalesce(o.sort_name, a.sort_name)',
  user_is_unknown: `found.id IS NOT NULL AND o.id IS NULL
    AND EXISTS (SELECT FROM catalogue WHERE catalogue.country = upper(left(found.id, 2)))`,
  counts_from: `CASE WHEN coalesce(a.start_date, a.observed_on) IS NOT NULL
    THEN greatest(coalesce(a.start_date, a.observed_on), o.start_date) END`,
  counts_until: `least(coalesce(a.end_date,
    CASE WHEN a.ended OR a.status = 'ENDED' THEN coalesce(a.observed_on, a.start_date) END), o.end_date)`,
  solution_id: 'coalesce(solution_address.solution_id, a.address)',
};

const columns = [...statedColumns, ...Object.keys(derivedColumns)];

/**
 * Writes adoptions with the columns derived from them. The user is the organisation that the country names; or, for a name that
 * it could not match at home, the one organisation abroad that is written so, if no other one anywhere is.
 *
 * @param source a query with the stated columns.
 * @param areNew whether the index has none of them.
 */
const writeAdoptionsSql = (source: string, areNew = false): string => `
  INSERT INTO adoption (${columnList(columns)})
  SELECT ${columnList(statedColumns, 'a')}, ${Object.values(derivedColumns).join(', ')} FROM ${joinedSql(source)}
  ${areNew ? '' : updateIfChanged('adoption', columns, 'is_superseded = adoption.is_superseded AND excluded.user_country <> excluded.country')}`;

/**
 * The organisation that an adoption names; or, for a name alone, the one that is written so. With the collation of the index of names:
 * PostgreSQL does not use it for an array with another one, although equal texts are equal in both.
 */
const userOf = `SELECT coalesce(a.administration_id, (
      SELECT min(o.id) FROM organisation o
      WHERE a.administration_id IS NULL AND a.written_name IS NOT NULL AND o.written_names && ARRAY[a.written_name, a.sort_name COLLATE "default"]
        AND o.end_date IS NULL AND o.ended IS NOT TRUE
      HAVING count(*) = 1 AND min(o.country) <> a.country
    )) AS id`;

/** What the columns of an adoption `a` are derived from. */
const joinedSql = (source: string, user = userOf): string => `(${source}) a
  LEFT JOIN solution_address ON solution_address.address = a.address
  LEFT JOIN LATERAL (${user}) found ON true
  LEFT JOIN organisation o ON o.id = found.id`;

/** An adoption as a country states it. */
export type StatedAdoption = Readonly<Record<string, unknown>>;

export const writeNewAdoptions = (run: Run, rows: readonly StatedAdoption[]): Promise<unknown> =>
  run(writeAdoptionsSql(givenRowsSql(statedColumns)), givenColumns(statedColumns, rows));

/** Writes adoptions of a country that is being filled. Which of them are superseded, and what follows from them, is derived at the end. */
export const fillAdoptions = (
  run: Run,
  country: string,
  { rows, areNew }: { readonly rows: readonly StatedAdoption[]; readonly areNew: boolean },
): Promise<unknown> =>
  run(
    `WITH written AS (${writeAdoptionsSql(givenRowsSql(statedColumns), areNew)} RETURNING solution_id)
    INSERT INTO uncounted_solution (country, solution_id) SELECT DISTINCT $${statedColumns.length + 1}, solution_id FROM written
    ON CONFLICT DO NOTHING`,
    [...givenColumns(statedColumns, rows), country],
  );

/** Changes outside of adoptions that may change what is derived from them. */
export interface AdoptionInputs {
  /** Addresses at which another solution may be, and the solutions under which the adoptions there are. */
  readonly addresses: readonly string[];
  readonly solutionsBefore: readonly string[];
  /** Organisations of which something may have changed. */
  readonly organisations: readonly string[];
  /** Names by which other organisations than before may be written. */
  readonly writtenNames: readonly string[];
}

/** The solutions and users whose numbers may have changed. */
export interface SolutionsAndUsers {
  readonly solutions: readonly string[];
  readonly users: readonly string[];
}

/** Recomputes the adoptions that these inputs concern. Returns their solutions and users, those of before and those of now. */
export async function deriveAdoptions(run: Run, inputs: AdoptionInputs): Promise<SolutionsAndUsers> {
  if (Object.values(inputs).every(({ length }) => length === 0)) return { solutions: [], users: [] };
  const found = await run<{ id: string }>(
    `SELECT id FROM adoption WHERE solution_id = ANY ($4) AND address = ANY ($1)
    UNION SELECT id FROM adoption WHERE user_id = ANY ($2)
    UNION SELECT id FROM adoption WHERE administration_id IS NULL AND written_name = ANY ($3)
    UNION SELECT id FROM adoption WHERE administration_id IS NULL AND sort_name = ANY ($3)`,
    [inputs.addresses, inputs.organisations, inputs.writtenNames, inputs.solutionsBefore],
  );
  return rederive(
    run,
    found.map(({ id }) => id),
  );
}

/** The same for all adoptions of which anything differs from what is derived now. */
export async function deriveAllAdoptions(run: Run): Promise<SolutionsAndUsers> {
  const changed = (named: 'IS NULL' | 'IS NOT NULL', user: string): string => `
    SELECT a.id FROM ${joinedSql(`SELECT * FROM adoption WHERE administration_id ${named}`, user)}
    WHERE (${columnList(Object.keys(derivedColumns), 'a')}) IS DISTINCT FROM (${Object.values(derivedColumns).join(', ')})`;
  // Those that name an organisation are most. By themselves, they are joined with all organisations at once.
  const found = await run<{ id: string }>(
    `${changed('IS NOT NULL', 'SELECT a.administration_id AS id')} UNION ALL ${changed('IS NULL', userOf)}`,
  );
  return rederive(
    run,
    found.map(({ id }) => id),
  );
}

async function rederive(run: Run, ids: readonly string[]): Promise<SolutionsAndUsers> {
  if (ids.length === 0) return { solutions: [], users: [] };
  const before = await findSolutionsAndUsers(run, ids);
  await run(writeAdoptionsSql(`SELECT * FROM adoption WHERE id = ANY ($1)`), [ids]);
  const after = await findSolutionsAndUsers(run, ids);
  return { solutions: [...before.solutions, ...after.solutions], users: [...before.users, ...after.users] };
}

/** The current solutions and users of adoptions. */
export async function findSolutionsAndUsers(run: Run, ids: readonly string[]): Promise<SolutionsAndUsers> {
  if (ids.length === 0) return { solutions: [], users: [] };
  const rows = await run<{ solution: string; user: string | null }>(
    `SELECT DISTINCT solution_id AS solution, user_id AS user FROM adoption WHERE id = ANY ($1)`,
    [ids],
  );
  return {
    solutions: [...new Set(rows.map(({ solution }) => solution))],
    users: [...new Set(rows.flatMap(({ user }) => user ?? []))],
  };
}

/**
 * Gives each country precedence on its own organisations: what another catalogue states of a user and a solution is superseded
 * where the user's country states something of both. Returns the solutions whose numbers change by it.
 */
export async function deriveSupersession(
  run: Run,
  { solutions, users }: SolutionsAndUsers,
): Promise<readonly string[]> {
  if (solutions.length === 0 || users.length === 0) return [];
  const rows = await run<{ solution: string }>(
    `WITH changed AS (${supersedeSql('a.user_id = ANY ($1) AND a.solution_id = ANY ($2)')} RETURNING a.solution_id)
    SELECT DISTINCT solution_id AS solution FROM changed`,
    [users, solutions],
  );
  return rows.map(({ solution }) => solution);
}

/** The same for all adoptions that these countries state, or that others state of their organisations: once they are filled. */
export const deriveSupersessionOf = (run: Run, countries: readonly string[]): Promise<unknown> =>
  run(supersedeSql('(a.country = ANY ($1) OR a.user_country = ANY ($1))'), [countries]);

const supersedeSql = (condition: string): string => `
  UPDATE adoption a SET is_superseded = NOT a.is_superseded
  WHERE a.is_from_abroad AND ${condition} AND a.is_superseded <> EXISTS (
    SELECT FROM adoption own
    WHERE own.user_id = a.user_id AND own.solution_id = a.solution_id AND own.country = a.user_country
  )`;

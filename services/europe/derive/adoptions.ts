import type { Run } from './exclusive-transaction.js';

/** What a country says of an adoption. */
const stated = [
  ...['id', 'country', 'feed', 'administration_id', 'written_name', 'sort_name', 'address', 'status'],
  ...['start_date', 'end_date', 'ended', 'observed_on', 'content'],
];

/** What follows from it together with everything else. */
const concluded = `
  found.id AS user_id,
  coalesce(upper(left(found.id, 2)), a.country) AS user_country,
  body.kind AS user_kind,
  body.population AS user_population,
  coalesce(body.sort_name, a.sort_name) AS user_name,
  found.id IS NOT NULL AND body.id IS NULL
    AND EXISTS (SELECT FROM catalogue WHERE catalogue.country = upper(left(found.id, 2))) AS user_is_unknown,
  CASE WHEN coalesce(a.start_date, a.observed_on) IS NOT NULL
    THEN greatest(coalesce(a.start_date, a.observed_on), body.start_date) END AS counts_from,
  least(coalesce(a.end_date, CASE WHEN a.ended OR a.status = 'ENDED' THEN coalesce(a.observed_on, a.start_date) END), body.end_date) AS counts_until,
  coalesce(solution_address.solution_id, a.address) AS solution_id`;
const conclusions = [...concluded.matchAll(/AS (\w+),?$/gm)].map(([, column]) => column ?? '');

const columns = [...stated, ...conclusions];

/**
 * Writes adoptions with what follows from them. Who the user is: the one that the country says; or, of a name that it could
 * not match at home, the one body abroad that is written so, if no other body anywhere is.
 */
const writeAdoptions = (source: string): string => `
  INSERT INTO adoption (${columns.join(', ')})
  SELECT ${stated.map((column) => `a.${column}`).join(', ')}, ${concluded}
  FROM (${source}) a
  LEFT JOIN solution_address ON solution_address.address = a.address
  LEFT JOIN LATERAL (
    SELECT coalesce(a.administration_id, (
      SELECT min(o.id) FROM organisation o
      WHERE a.administration_id IS NULL AND o.written_names @> ARRAY[a.written_name]
        AND o.end_date IS NULL AND o.ended IS NOT TRUE
      HAVING count(*) = 1 AND min(o.country) <> a.country
    )) AS id
  ) found ON true
  LEFT JOIN organisation body ON body.id = found.id
  ON CONFLICT (id) DO UPDATE SET (${columns.join(', ')}) = ROW (${columns.map((column) => `excluded.${column}`).join(', ')}),
    is_superseded = adoption.is_superseded AND excluded.user_country <> excluded.country
  WHERE (${columns.map((column) => `adoption.${column}`).join(', ')})
    IS DISTINCT FROM (${columns.map((column) => `excluded.${column}`).join(', ')})`;

export const writeNewAdoptions = (run: Run, rows: readonly object[]): Promise<unknown> =>
  run(writeAdoptions('SELECT * FROM jsonb_populate_recordset(NULL::adoption, $1::jsonb)'), [JSON.stringify(rows)]);

/** Which adoptions something else may have changed. */
export interface AdoptionInputs {
  /** By the solution that is at their address. */
  readonly addresses: readonly string[];
  /** By what is known of these bodies. */
  readonly organisations: readonly string[];
  /** By who is written so. */
  readonly writtenNames: readonly string[];
}

/** Of whom something is concluded: solutions and users. */
export interface SolutionsAndUsers {
  readonly solutions: readonly string[];
  readonly users: readonly string[];
}

/** Concludes anew, and says of which solutions and users: as they were before and as they are now. */
export async function deriveAdoptions(run: Run, concerned: AdoptionInputs): Promise<SolutionsAndUsers> {
  const values = [concerned.addresses, concerned.organisations, concerned.writtenNames];
  const found = await run<{ id: string }>(
    `SELECT id FROM adoption WHERE address = ANY ($1)
    UNION SELECT id FROM adoption WHERE user_id = ANY ($2)
    UNION SELECT id FROM adoption WHERE administration_id IS NULL AND written_name = ANY ($3)`,
    values,
  );
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return { solutions: [], users: [] };
  const before = await findSolutionsAndUsers(run, ids);
  await run(writeAdoptions(`SELECT * FROM adoption WHERE id = ANY ($1)`), [ids]);
  const after = await findSolutionsAndUsers(run, ids);
  return { solutions: [...before.solutions, ...after.solutions], users: [...before.users, ...after.users] };
}

/** The solutions and users of adoptions, as they stand. */
export async function findSolutionsAndUsers(run: Run, ids: readonly string[]): Promise<SolutionsAndUsers> {
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
 * Lets each country have the last word on its own bodies: what another catalogue states of a user and a solution is set aside
 * where the user's country says something of both. Gives the solutions that are counted otherwise for it.
 */
export async function deriveSupersession(
  run: Run,
  { solutions, users }: SolutionsAndUsers,
): Promise<readonly string[]> {
  const rows = await run<{ solution: string }>(
    `WITH changed AS (
      UPDATE adoption a SET is_superseded = NOT a.is_superseded
      WHERE a.user_country <> a.country AND a.user_id = ANY ($1) AND a.solution_id = ANY ($2)
        AND a.is_superseded <> EXISTS (
          SELECT FROM adoption own
          WHERE own.user_id = a.user_id AND own.solution_id = a.solution_id AND own.country = a.user_country
        )
      RETURNING a.solution_id
    ) SELECT DISTINCT solution_id AS solution FROM changed`,
    [users, solutions],
  );
  return rows.map(({ solution }) => solution);
}

import type pg from 'pg';

const consortia = 40;

/**
 * Adds two or three memberships to every administration of a temporary catalogue, in forty invented consortia: the bundled
 * tables have the members of one, so that most pages would have no memberships.
 */
export async function addMemberships(database: pg.Pool): Promise<number> {
  await database.query(
    `INSERT INTO organisation
    SELECT (jsonb_populate_record(model, jsonb_build_object(
      'id', 'it:consortium:bench-' || number,
      'names', jsonb_build_array(jsonb_build_object('language', 'it', 'text', 'Consorzio di prova ' || number)),
      'sort_name', 'consorzio di prova ' || number
    ))).*
    FROM organisation model, generate_series(1, $1::int) number
    WHERE model.id = (SELECT min(id) FROM organisation WHERE type = 'CONSORTIUM')`,
    [consortia],
  );
  await database.query(
    `INSERT INTO membership (id, consortium_id, member_id, role, start_date, start_precision, provenance)
    SELECT 'it:membership:bench-' || number || '-' || position,
      'it:consortium:bench-' || (number * 7 + position * 13) % $1 + 1, id, 'MEMBER', '2020-01-01', 'DAY', '{}'
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM organisation WHERE type = 'ADMINISTRATION') member,
      generate_series(1, 2 + number % 2) position`,
    [consortia],
  );
  // Now rather than in the middle of the measurement.
  await database.query('VACUUM ANALYZE organisation, membership');
  const { rows } = await database.query<{ count: number }>('SELECT count(*)::int FROM membership');
  return rows[0]?.count ?? 0;
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Until when a statement counts that has ended without an end date: until the day its end was observed; if that day is unknown
 * too, no day is known on which it held, and it counts on none.
 */
const until = (ended: string, observedOn: string): string => `CASE WHEN ${ended} THEN ${observedOn} END`;

const observedOnOrBegan = (alias: string): string => `coalesce(${alias}.observed_on, ${alias}.start_date)`;

/** Ensures that nothing that has ended counts for ever. */
export class EndWhatEnded1764400000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return defineCountedViews(runner);
  }

  down(runner: QueryRunner): Promise<void> {
    return defineCountedViews(runner, (alias) => `${alias}.observed_on`);
  }
}

/** The views of what counts, with all current columns of their tables. */
export async function defineCountedViews(runner: QueryRunner, observedOn = observedOnOrBegan): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE VIEW counted_membership AS
    SELECT
      m.*,
      greatest(coalesce(m.start_date, m.observed_on), c.start_date, b.start_date) AS counts_from,
      least(coalesce(m.end_date, ${until('m.ended', observedOn('m'))}), c.end_date, b.end_date) AS counts_until,
      m.role IN ('FOUNDER', 'MEMBER', 'BOARD') AS is_member,
      CASE b.type WHEN 'ADMINISTRATION' THEN b.kind END AS member_kind,
      b.nuts AS member_nuts,
      coalesce(b.sort_name, m.member_id) AS member_name
    FROM membership m
    LEFT JOIN organisation c ON c.id = m.consortium_id
    LEFT JOIN organisation b ON b.id = m.member_id`);
  await runner.query(`
    CREATE OR REPLACE VIEW counted_adoption AS
    SELECT a.*,
      CASE WHEN coalesce(a.start_date, a.observed_on) IS NOT NULL
        THEN greatest(coalesce(a.start_date, a.observed_on), b.start_date) END AS counts_from,
      least(coalesce(a.end_date, ${until(`a.ended OR a.status = 'ENDED'`, observedOn('a'))}), b.end_date) AS counts_until
    FROM adoption a LEFT JOIN organisation b ON b.id = a.administration_id`);
}

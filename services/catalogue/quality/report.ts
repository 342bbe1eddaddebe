import type { Database } from '../../kit/database/database.js';
import { addMonths, type Day } from '../../shared/dates.js';
import type { NationalCatalogue } from '../model/national-catalogue.js';
import { checks } from './checks.js';

/** What a check found. */
export interface Finding {
  readonly check: string;
  readonly title: string;
  readonly count: number;
  /** The first rows, by id. */
  readonly rows: readonly { readonly id: string; readonly detail: string | null }[];
}

/** The data quality of a catalogue on a day. */
export interface QualityReport {
  readonly country: string;
  readonly day: Day;
  /** Numbers of rows by table. */
  readonly holds: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** The maximum per check, so that a report stays readable and fits in memory. */
const maxRows = 1000;
const monthsUntilStale = 36;

const holdsSql = `SELECT
  (SELECT count(*)::int FROM organisation WHERE type = 'ADMINISTRATION') AS administrations,
  (SELECT count(*)::int FROM organisation WHERE type = 'CONSORTIUM') AS consortia,
  (SELECT count(*)::int FROM membership) AS memberships,
  (SELECT count(*)::int FROM claim) AS claims,
  (SELECT count(*)::int FROM catalogue_record) AS records,
  (SELECT count(*)::int FROM portfolio_entry) AS "portfolio entries",
  (SELECT count(*)::int FROM adoption) AS adoptions,
  (SELECT count(*)::int FROM code) AS codes,
  (SELECT count(*)::int FROM need) AS needs`;

/** Runs all checks, one SQL statement each. Writes nothing. */
export async function reportQuality(
  national: NationalCatalogue,
  { query }: Pick<Database, 'query'>,
  day: Day,
): Promise<QualityReport> {
  const [holds = {}] = await query<Record<string, number>>(holdsSql);
  const findings: Finding[] = [];
  for (const { name, title, select } of checks) {
    const rows = await query<Finding['rows'][number] & { readonly count: number }>(
      `WITH params AS (SELECT $1::text AS country, $2::date AS day, $3::date AS stale, $4::int AS max_rows)
      SELECT found.id, found.detail, count(*) OVER ()::int AS count FROM (${select}) found
      ORDER BY found.id COLLATE "C", found.detail LIMIT (SELECT max_rows FROM params)`,
      [national.code.toLowerCase(), day, addMonths(day, -monthsUntilStale), maxRows],
    );
    findings.push({
      check: name,
      title,
      count: rows[0]?.count ?? 0,
      rows: rows.map(({ id, detail }) => ({ id, detail })),
    });
  }
  return { country: national.code, day, holds, findings };
}

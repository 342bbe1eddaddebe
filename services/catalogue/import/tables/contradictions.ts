import * as tables from './table-definitions.js';
import {
  adoptionEnded,
  heldSpan,
  isDated,
  canOverlap,
  overlap,
  statedSpan,
} from '../../repositories/validity-spans.js';
import type { Check } from './check.js';

/**
 * A check for rows that contradict one another. A mutation rejects such a row; an import writes and reports it, since its sources
 * may disagree. `select` also returns the `key` of the row in its table, and the `column` that is wrong, or null.
 */
interface Contradiction extends Check {
  readonly table: tables.Table;
  /** What to do about it. */
  readonly remedy: string;
}

/** Rows with equal values in the columns `same` and overlapping periods. Only the few with equal values are compared. */
function selectOverlaps(table: string, same: readonly string[], hasEnded?: (alias: string) => string): string {
  const span = (alias: string) => statedSpan(alias, hasEnded?.(alias));
  return `SELECT t.id, t.id AS key, NULL AS column, 'overlaps ' || other.id AS detail
    FROM ${table} t, LATERAL (
      SELECT o.id FROM ${table} o WHERE ${same.map((column) => `o.${column} = t.${column}`).join(' AND ')} AND o.id <> t.id
        AND ${overlap(span('t'), span('o'))} ORDER BY o.id LIMIT 1) other
    WHERE (${same.join(', ')}) IN (SELECT ${same.join(', ')} FROM ${table} GROUP BY ${same.join(', ')} HAVING count(*) > 1)`;
}

/** Rows that never count, since one of their organisations ended before they begin, or begins after they end. Few organisations have dates. */
function selectOutside(
  table: string,
  organisations: Readonly<Record<string, string>>,
  hasEnded?: (alias: string) => string,
): string {
  const { from, until } = statedSpan('t', hasEnded?.('t'));
  return `SELECT t.id, t.id AS key, subject.name AS column,
      CASE WHEN ${from} >= b.end_date THEN 'begins on ' || ${from} || ', after ' || b.id || ' ended, on ' || b.end_date
        ELSE 'ends on ' || ${until} || ', before ' || b.id || ' begins, on ' || b.start_date END AS detail
    FROM ${table} t, LATERAL (VALUES ${Object.entries(organisations)
      .map(([column, name]) => `(t.${column}, '${name}')`)
      .join(', ')}) AS subject (id, name) JOIN organisation b ON b.id = subject.id
    WHERE (b.start_date IS NOT NULL OR b.end_date IS NOT NULL) AND (${from} >= b.end_date OR ${until} <= b.start_date)`;
}

const organisationPeriod = (alias: string) => ({ start: `${alias}.start_date`, end: `${alias}.end_date` });
const endOneOfThem = 'end or remove one of them';
const correctDates = 'correct the dates, or name the organisation that existed then';

/** Codes of rows that a code list of this catalogue does not contain, whose list it has. */
const selectUnknownCodes = (table: string): string =>
  `SELECT t.id, t.id AS key, 'codes' AS column, named.code || ' is not in its code list' AS detail
    FROM ${table} t, unnest(t.codes) AS named (code), split_part(named.code, ':', 1) AS list (scheme)
    WHERE EXISTS (SELECT FROM code_list l WHERE l.scheme = list.scheme) AND NOT EXISTS (
      SELECT FROM code c WHERE c.scheme = list.scheme AND c.notation = substr(named.code, length(list.scheme) + 2))`;

const correctCode = 'correct it, or add the code to codes.csv';

export const contradictions: readonly Contradiction[] = [
  {
    name: 'codes-of-several',
    title: 'Codes that several organisations hold at the same time',
    table: tables.identifiers,
    remedy: 'remove it from one of them, or add the period in which each held it',
    select: `SELECT i.organisation_id AS id, i.organisation_id || ' ' || i.scheme || ' ' || i.notation AS key,
        'notation' AS column, i.scheme || ' ' || i.notation || ' is a code of ' || other.id || ' at the same time' AS detail
      FROM identifier i JOIN organisation b ON b.id = i.organisation_id, LATERAL (
        SELECT holder.id FROM identifier o JOIN organisation holder ON holder.id = o.organisation_id
        WHERE o.notation = i.notation AND o.scheme = i.scheme AND o.organisation_id <> i.organisation_id
          AND ${isDated('o')} AND ${isDated('holder')}
          AND ${canOverlap(heldSpan('i', organisationPeriod('b')), heldSpan('o', organisationPeriod('holder')))} ORDER BY holder.id LIMIT 1) other
      WHERE ${isDated('i')} AND ${isDated('b')}`,
  },
  {
    name: 'overlapping-memberships',
    title: 'Memberships of the same two organisations in overlapping periods',
    table: tables.memberships,
    remedy: endOneOfThem,
    select: selectOverlaps('membership', ['consortium_id', 'member_id']),
  },
  {
    name: 'overlapping-portfolio',
    title: 'Entries of one solution in one portfolio in overlapping periods',
    table: tables.portfolio,
    remedy: endOneOfThem,
    select: selectOverlaps('portfolio_entry', ['consortium_id', 'address']),
  },
  {
    name: 'overlapping-adoptions',
    title: 'Adoptions of one solution by one user with one status in overlapping periods',
    table: tables.adoptions,
    remedy: endOneOfThem,
    select: selectOverlaps('adoption', ['administration_id', 'address', 'status'], adoptionEnded),
  },
  {
    name: 'memberships-outside',
    title:
      'Memberships that begin after one of the two organisations has ended, or end before it begins: they never count',
    table: tables.memberships,
    remedy: correctDates,
    select: selectOutside('membership', { consortium_id: 'consortium', member_id: 'member' }),
  },
  {
    name: 'portfolio-outside',
    title: 'Portfolio entries that begin after their consortium has ended, or end before it begins',
    table: tables.portfolio,
    remedy: correctDates,
    select: selectOutside('portfolio_entry', { consortium_id: 'consortium' }),
  },
  {
    name: 'adoptions-outside',
    title: 'Adoptions that begin after their user has ended, or end before it begins',
    table: tables.adoptions,
    remedy: correctDates,
    select: selectOutside('adoption', { administration_id: 'administration' }, adoptionEnded),
  },
  {
    name: 'needs-outside',
    title: 'Statements about a need that begin after their holder has ended, or end before it begins: they never count',
    table: tables.needHolders,
    remedy: correctDates,
    select: selectOutside('need_holder', { holder_id: 'holder' }),
  },
  {
    name: 'unknown-broader-codes',
    title: 'Codes whose broader code is not in their list',
    table: tables.codes,
    remedy: correctCode,
    select: `SELECT c.id, c.id AS key, 'broader' AS column, c.broader || ' is not in ' || c.scheme AS detail FROM code c
      WHERE c.broader IS NOT NULL
        AND NOT EXISTS (SELECT FROM code b WHERE b.scheme = c.scheme AND b.notation = c.broader)`,
  },
  {
    name: 'cycles-of-codes',
    title: 'Codes that are broader than themselves, by way of others',
    table: tables.codes,
    remedy: 'correct the broader code of one of them',
    select: `SELECT c.id, c.id AS key, 'broader' AS column, c.notation || ' is broader than itself, by way of ' || c.broader AS detail
      FROM code c WHERE EXISTS (
        WITH RECURSIVE up (notation) AS (
          SELECT c.broader UNION SELECT b.broader FROM up JOIN code b ON b.scheme = c.scheme AND b.notation = up.notation)
        SELECT FROM up WHERE up.notation = c.notation)`,
  },
  {
    name: 'mappings-of-unknown-codes',
    title: 'Mappings from or to a code that is not in its list',
    table: tables.mappings,
    remedy: correctCode,
    select: `SELECT m.id, m.id AS key, side.name AS column, side.notation || ' is not in ' || side.scheme AS detail
      FROM code_mapping m, LATERAL (VALUES ('notation', m.scheme, m.notation), ('to_notation', m.to_scheme, m.to_notation))
        AS side (name, scheme, notation)
      WHERE EXISTS (SELECT FROM code_list l WHERE l.scheme = side.scheme)
        AND NOT EXISTS (SELECT FROM code c WHERE c.scheme = side.scheme AND c.notation = side.notation)`,
  },
  {
    name: 'unknown-codes-of-records',
    title: 'Records with a code that is not in its list',
    table: tables.records,
    remedy: correctCode,
    select: selectUnknownCodes('catalogue_record'),
  },
  {
    name: 'unknown-codes-of-needs',
    title: 'Needs with a code that is not in its list',
    table: tables.needs,
    remedy: correctCode,
    select: selectUnknownCodes('need'),
  },
  {
    name: 'records-of-one-address',
    title: 'Records of the same solution',
    table: tables.records,
    remedy: 'remove one of them',
    select: `SELECT r.id, r.id AS key, 'address' AS column, r.address || ' is the address of ' || other.id || ' too' AS detail
      FROM catalogue_record r, LATERAL (
        SELECT o.id FROM catalogue_record o WHERE o.address = r.address AND o.id <> r.id ORDER BY o.id LIMIT 1) other`,
  },
];

import * as tables from './table-definitions.js';
import { adoptionEnded, heldSpan, isDated, meet, overlap, statedSpan } from '../../repositories/validity-spans.js';
import type { Check } from './check.js';

/**
 * A check that finds what cannot all be so. No editor can write it; an import can, as its sources may contradict one another, and
 * says so. Beside `id` and `detail`, `select` gives the `key` of the row in its table, and the `column` that is the matter, or null.
 */
export interface Contradiction extends Check {
  readonly table: tables.Table;
  /** What to do about it. */
  readonly remedy: string;
}

/** Rows that say the same of the same on one day. */
function selectOverlaps(table: string, same: readonly string[], hasEnded?: (alias: string) => string): string {
  const span = (alias: string) => statedSpan(alias, hasEnded?.(alias));
  return `SELECT t.id, t.id AS key, NULL AS column, 'overlaps ' || other.id AS detail
    FROM ${table} t, LATERAL (
      SELECT o.id FROM ${table} o WHERE ${same.map((column) => `o.${column} = t.${column}`).join(' AND ')} AND o.id <> t.id
        AND ${overlap(span('t'), span('o'))} ORDER BY o.id LIMIT 1) other`;
}

/** Rows that count on no day, as a body of theirs has ended before they begin, or begins when they are over. */
function selectOutside(
  table: string,
  bodies: Readonly<Record<string, string>>,
  hasEnded?: (alias: string) => string,
): string {
  const { from, until } = statedSpan('t', hasEnded?.('t'));
  return `SELECT t.id, t.id AS key, body.name AS column,
      CASE WHEN ${from} >= b.end_date THEN 'begins on ' || ${from} || ', when ' || b.id || ' had ended, on ' || b.end_date
        ELSE 'ends on ' || ${until} || ', before ' || b.id || ' begins, on ' || b.start_date END AS detail
    FROM ${table} t, LATERAL (VALUES ${Object.entries(bodies)
      .map(([column, name]) => `(t.${column}, '${name}')`)
      .join(', ')}) AS body (id, name) JOIN organisation b ON b.id = body.id
    WHERE ${from} >= b.end_date OR ${until} <= b.start_date`;
}

const organisationPeriod = (alias: string) => ({ start: `${alias}.start_date`, end: `${alias}.end_date` });
const endOneOfThem = 'end one of them, or leave one out';
const correctDates = 'correct the dates, or name the body that was there';

export const contradictions: readonly Contradiction[] = [
  {
    name: 'codes-of-several',
    title: 'Codes that several bodies bear at once',
    table: tables.identifiers,
    remedy: 'take it from one of them, or say until when each bore it',
    select: `SELECT i.organisation_id AS id, i.organisation_id || ' ' || i.scheme || ' ' || i.notation AS key,
        'notation' AS column, i.scheme || ' ' || i.notation || ' is a code of ' || other.id || ' at the same time' AS detail
      FROM identifier i JOIN organisation b ON b.id = i.organisation_id, LATERAL (
        SELECT bearer.id FROM identifier o JOIN organisation bearer ON bearer.id = o.organisation_id
        WHERE o.notation = i.notation AND o.scheme = i.scheme AND o.organisation_id <> i.organisation_id
          AND ${isDated('o')} AND ${isDated('bearer')}
          AND ${meet(heldSpan('i', organisationPeriod('b')), heldSpan('o', organisationPeriod('bearer')))} ORDER BY bearer.id LIMIT 1) other
      WHERE ${isDated('i')} AND ${isDated('b')}`,
  },
  {
    name: 'overlapping-memberships',
    title: 'Memberships of the same two on the same days',
    table: tables.memberships,
    remedy: endOneOfThem,
    select: selectOverlaps('membership', ['consortium_id', 'member_id']),
  },
  {
    name: 'overlapping-portfolio',
    title: 'Places of one solution in one portfolio on the same days',
    table: tables.portfolio,
    remedy: endOneOfThem,
    select: selectOverlaps('portfolio_entry', ['consortium_id', 'address']),
  },
  {
    name: 'overlapping-adoptions',
    title: 'Adoptions of one solution by one user, of one status, on the same days',
    table: tables.adoptions,
    remedy: endOneOfThem,
    select: selectOverlaps('adoption', ['administration_id', 'address', 'status'], adoptionEnded),
  },
  {
    name: 'memberships-outside',
    title: 'Memberships that begin when one of the two had ended, or end before it begins: they count on no day',
    table: tables.memberships,
    remedy: correctDates,
    select: selectOutside('membership', { consortium_id: 'consortium', member_id: 'member' }),
  },
  {
    name: 'portfolio-outside',
    title: 'Solutions that come to a portfolio when its consortium had ended, or leave it before that begins',
    table: tables.portfolio,
    remedy: correctDates,
    select: selectOutside('portfolio_entry', { consortium_id: 'consortium' }),
  },
  {
    name: 'adoptions-outside',
    title: 'Adoptions that begin when their user had ended, or end before it begins',
    table: tables.adoptions,
    remedy: correctDates,
    select: selectOutside('adoption', { administration_id: 'administration' }, adoptionEnded),
  },
  {
    name: 'records-of-one-address',
    title: 'Records of the same solution',
    table: tables.records,
    remedy: 'keep one of them',
    select: `SELECT r.id, r.id AS key, 'address' AS column, r.address || ' is the address of ' || other.id || ' too' AS detail
      FROM catalogue_record r, LATERAL (
        SELECT o.id FROM catalogue_record o WHERE o.address = r.address AND o.id <> r.id ORDER BY o.id LIMIT 1) other`,
  },
];

import type { Check } from '../import/tables/check.js';
import { contradictions } from '../import/tables/contradictions.js';

const isCurrent = (alias: string): string => `exists_on(NULL, ${alias}.end_date, ${alias}.ended, params.day)`;
const nameSql = (alias: string): string => `${alias}.names -> 0 ->> 'text'`;
const isOwn = (id: string): string => `starts_with(${id}, params.country || ':')`;
const isUnknown = (id: string): string => `${isOwn(id)} AND NOT EXISTS (SELECT FROM organisation o WHERE o.id = ${id})`;

/** All rows with a period, and the day on which they were observed. */
const periods = `(
  SELECT id, start_date, end_date, ended, NULL::date AS observed_on FROM organisation
  UNION ALL SELECT id, start_date, end_date, ended, observed_on FROM membership
  UNION ALL SELECT id, start_date, end_date, ended, observed_on FROM portfolio_entry
  UNION ALL SELECT id, start_date, end_date, ended OR status = 'ENDED', observed_on FROM adoption
  UNION ALL SELECT id, start_date, end_date, ended, observed_on FROM need_holder
  UNION ALL SELECT id, start_date, end_date, ended, (provenance ->> 'observedOn')::date FROM fee
  UNION ALL SELECT id, start_date, end_date, ended, (provenance ->> 'observedOn')::date FROM contract
)`;

export const checks: readonly Check[] = [
  {
    name: 'bodies-without-code',
    title: 'Organisations without a code in any register',
    select: `SELECT o.id, ${nameSql('o')} AS detail FROM organisation o, params
      WHERE ${isCurrent('o')} AND NOT EXISTS (SELECT FROM identifier i WHERE i.organisation_id = o.id AND ${isCurrent('i')})`,
  },
  ...contradictions,
  {
    name: 'same-names',
    title: 'Organisations of the same kind and name: duplicates, or distinct ones that only their area distinguishes',
    select: `SELECT o.id, ${nameSql('o')} || coalesce(', ' || o.nuts, '') AS detail FROM organisation o, params
      WHERE ${isCurrent('o')} AND EXISTS (
        SELECT FROM organisation other WHERE other.type = o.type AND other.sort_name = o.sort_name
          AND other.kind = o.kind AND other.id <> o.id AND ${isCurrent('other')})`,
  },
  {
    name: 'ended-without-successor',
    title: 'Administrations that have ended and have no successor',
    select: `SELECT o.id, ${nameSql('o')} || coalesce(', ended ' || o.end_date, '') AS detail FROM organisation o, params
      WHERE o.type = 'ADMINISTRATION' AND NOT ${isCurrent('o')}
        AND NOT EXISTS (SELECT FROM succession s WHERE s.predecessor_id = o.id)`,
  },
  {
    name: 'doubtful-dates',
    title: 'Dates that may be wrong',
    select: `SELECT p.id, doubt AS detail FROM ${periods} p, params, LATERAL (VALUES
        (CASE WHEN p.start_date > params.day THEN 'begins in the future, on ' || p.start_date END),
        (CASE WHEN p.start_date < '1000-01-01' THEN 'begins in the year ' || extract(year FROM p.start_date) END),
        (CASE WHEN p.start_date = p.end_date THEN 'begins and ends on ' || p.end_date END),
        (CASE WHEN p.end_date IS NOT NULL AND p.ended IS false THEN 'ends on ' || p.end_date || ', but ended is false' END),
        (CASE WHEN p.observed_on > params.day THEN 'was observed in the future, on ' || p.observed_on END),
        (CASE WHEN p.observed_on < p.start_date THEN 'was observed on ' || p.observed_on || ', before it began, on ' || p.start_date END)
      ) AS doubts (doubt) WHERE doubt IS NOT NULL
      UNION ALL SELECT m.id, 'begins on ' || m.start_date || ', before ' || b.id || ', on ' || b.start_date
      FROM membership m JOIN organisation b ON b.id IN (m.consortium_id, m.member_id) WHERE m.start_date < b.start_date
      UNION ALL SELECT a.id, 'begins on ' || a.start_date || ', before ' || b.id || ', on ' || b.start_date
      FROM adoption a JOIN organisation b ON b.id = a.administration_id WHERE a.start_date < b.start_date
      UNION ALL SELECT i.organisation_id, i.scheme || ' ' || i.notation || ' begins on ' || i.start_date || ', before the organisation, on ' || b.start_date
      FROM identifier i JOIN organisation b ON b.id = i.organisation_id WHERE i.start_date < b.start_date
      UNION ALL SELECT c.id, 'was published in the future, on ' || c.published_on FROM claim c, params WHERE c.published_on > params.day`,
  },
  {
    name: 'undated-ends',
    title: 'Ended, but without an end date',
    select: `SELECT p.id, coalesce('observed on ' || p.observed_on, 'not observed on any day') AS detail FROM ${periods} p
      WHERE p.ended AND p.end_date IS NULL`,
  },
  {
    name: 'undated-claims',
    title: 'Claims without a date, which are never the closest claim to a day',
    select: `SELECT c.id, c.statement AS detail FROM claim c WHERE c.as_of IS NULL AND c.published_on IS NULL`,
  },
  {
    name: 'open-references',
    title: 'Ids of this country that no organisation has',
    select: `SELECT m.id, m.consortium_id AS detail FROM membership m, params WHERE ${isUnknown('m.consortium_id')}
      UNION ALL SELECT m.id, m.member_id FROM membership m, params WHERE ${isUnknown('m.member_id')}
      UNION ALL SELECT a.id, a.administration_id FROM adoption a, params WHERE ${isUnknown('a.administration_id')}
      UNION ALL SELECT r.id, r.publisher_id FROM catalogue_record r, params WHERE ${isUnknown('r.publisher_id')}
      UNION ALL SELECT h.id, h.holder_id FROM need_holder h, params WHERE ${isUnknown('h.holder_id')}
      UNION ALL SELECT c.id, c.client_id FROM contract c, params WHERE ${isUnknown('c.client_id')}`,
  },
  {
    name: 'members-that-ended',
    title: 'Current memberships of organisations that have ended',
    select: `SELECT m.id, b.id || coalesce(' ended on ' || b.end_date, ' has ended') AS detail
      FROM membership m JOIN organisation b ON b.id IN (m.consortium_id, m.member_id), params
      WHERE ${isCurrent('m')} AND NOT ${isCurrent('b')}`,
  },
  {
    name: 'users-that-ended',
    title: 'Current adoptions by organisations that have ended',
    select: `SELECT a.id, b.id || coalesce(' ended on ' || b.end_date, ' has ended') AS detail
      FROM adoption a JOIN organisation b ON b.id = a.administration_id, params
      WHERE ${isCurrent('a')} AND a.status <> 'ENDED' AND NOT ${isCurrent('b')}`,
  },
  {
    name: 'members-unknown-before',
    title: 'Consortia without a day for which all members are listed, so that no share is reported',
    select: `SELECT o.id, ${nameSql('o')} AS detail FROM organisation o, params
      WHERE o.type = 'CONSORTIUM' AND ${isCurrent('o')} AND o.members_complete_since IS NULL AND o.complete_members IS NULL`,
  },
  {
    name: 'unmatched-users',
    title: 'User names that were not matched to an organisation',
    select: `SELECT a.id, to_json(a.raw_name) || ' uses ' || a.address AS detail FROM adoption a
      WHERE a.administration_id IS NULL AND a.users_group IS NULL`,
  },
  {
    name: 'unmatched-publishers',
    title: 'Publisher names that were not matched to an organisation',
    select: `SELECT r.id, r.publisher_name AS detail FROM catalogue_record r
      WHERE r.publisher_id IS NULL AND r.publisher_name IS NOT NULL`,
  },
  {
    name: 'records-without-publisher',
    title: 'Records without a publisher',
    select: `SELECT r.id, r.address AS detail FROM catalogue_record r
      WHERE r.publisher_id IS NULL AND r.publisher_name IS NULL`,
  },
  {
    name: 'records-without-licence',
    title: 'Records of software without a licence',
    select: `SELECT r.id, r.address AS detail FROM catalogue_record r
      WHERE r.kind = 'SOFTWARE' AND r.content #>> '{legal,license}' IS NULL`,
  },
  {
    name: 'records-with-errors',
    title: 'Records from a publiccode.yml with errors',
    select: `SELECT r.id, string_agg(DISTINCT issue ->> 'rule', ', ') AS detail
      FROM catalogue_record r, jsonb_array_elements(r.issues) issue WHERE issue ->> 'severity' = 'ERROR' GROUP BY r.id`,
  },
  {
    name: 'maintenance-ended',
    title: 'Records whose maintenance contract has ended',
    select: `SELECT r.id, 'maintained until ' || r.maintained_until AS detail FROM catalogue_record r, params
      WHERE r.maintained_until < params.day`,
  },
  {
    name: 'needs-without-holder',
    title: 'Needs without a holder',
    select: `SELECT n.id, n.statements -> 0 ->> 'text' AS detail FROM need n
      WHERE NOT EXISTS (SELECT FROM need_holder h WHERE h.need_id = n.id)`,
  },
  {
    name: 'needs-without-code',
    title: 'Needs without a code, which are found by their words only',
    select: `SELECT n.id, n.statements -> 0 ->> 'text' AS detail FROM need n WHERE n.codes = '{}'`,
  },
  {
    name: 'unmatched-holders',
    title: 'Holders of needs whose names were not matched to an organisation',
    select: `SELECT h.id, to_json(h.raw_name) || ' needs ' || h.need_id AS detail FROM need_holder h
      WHERE h.holder_id IS NULL AND h.holders_kind IS NULL`,
  },
  {
    name: 'met-by-nothing',
    title: 'Needs that are met, although no source states by what',
    select: `SELECT h.need_id AS id, count(*) || ' holders' AS detail FROM need_holder h, params
      WHERE ${isCurrent('h')} AND h.state = 'MET' AND h.met_by = '{}' GROUP BY h.need_id`,
  },
  {
    name: 'repeated-needs',
    title: 'Needs that holders have several times in one state: their amounts are added, and they count once',
    select: `SELECT need_id AS id, count(*) || ' holders, for example ' || min(holder_id) AS detail FROM (
        SELECT h.need_id, h.holder_id FROM need_holder h, params WHERE ${isCurrent('h')} AND h.holder_id IS NOT NULL
        GROUP BY h.need_id, h.holder_id, h.state HAVING count(*) > 1) repeated GROUP BY need_id`,
  },
  {
    name: 'portfolio-without-record',
    title: 'Solutions in a portfolio that no record of this catalogue describes',
    select: `SELECT p.id, p.address AS detail FROM portfolio_entry p, params
      WHERE ${isCurrent('p')} AND NOT EXISTS (
        SELECT FROM catalogue_record r WHERE r.address = p.address OR p.address = ANY (r.aliases))`,
  },
  {
    name: 'stale-adoptions',
    title: 'Current adoptions that were last observed more than three years ago',
    select: `SELECT a.id, 'observed on ' || coalesce(a.observed_on, a.start_date) AS detail FROM adoption a, params
      WHERE ${isCurrent('a')} AND a.status <> 'ENDED' AND coalesce(a.observed_on, a.start_date) < params.stale`,
  },
];

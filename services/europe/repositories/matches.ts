import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import type { Query } from '../index-database.js';
import type { ParsedSearch } from '../search/parse-search.js';
import {
  add,
  count,
  emptySet,
  has,
  intersect,
  parseSlots,
  remove,
  type SlotSet,
  slotsOf,
  subtract,
  toHex,
} from '../search/slot-sets.js';
import type { FacetCondition } from './solution-filter.js';
import { evaluate, parseWordQuery, type WordQuery, wordsOf, type WordTerm } from '../search/word-query.js';

/** The solutions of a segment that match a search, each by its first slot. */
export interface SegmentMatches {
  readonly segment: number;
  /** All of them, and those that match one of the queries: whole names, beginnings of names, then the queries of the search in their order. */
  readonly found: SlotSet;
  readonly tiers: readonly SlotSet[];
  /** The slots of each country begin at one of these. */
  readonly countries: readonly { readonly country: string; readonly firstSlot: number }[];
}

/** The solutions that match a search. */
export interface Matches {
  readonly segments: readonly SegmentMatches[];
  /** The ids of those that are in no segment. */
  readonly unsettled: readonly string[];
}

export const countMatches = ({ segments, unsettled }: Matches): number =>
  segments.reduce((sum, { found }) => sum + count(found), unsettled.length);

/** Two arrays with the segment and the slot of each. */
export function toPlaces(sets: readonly { readonly segment: number; readonly slots: readonly number[] }[]) {
  return {
    segments: sets.flatMap(({ segment, slots }) => slots.map(() => segment)),
    slots: sets.flatMap(({ slots }) => slots),
  };
}

/** SQL: a CTE `found` with the matches as sets of slots. */
export function foundSql({ segments }: Matches, parameter: Parameters): string {
  const ids = parameter(segments.map(({ segment }) => segment));
  const members = parameter(segments.map(({ found }) => toHex(found)));
  return `found AS MATERIALIZED (SELECT segment, ('x' || members)::bit varying AS members
    FROM unnest(${keyArray(ids, 'integer')}, ${keyArray(members)}) AS found (segment, members))`;
}

export const placesOf = ({ segments }: Matches) =>
  toPlaces(segments.map(({ segment, found }) => ({ segment, slots: slotsOf(found) })));

/** As whole names are written in a segment. */
const maxNameLength = 200;
const nameTerm = (name: string, isBeginning: boolean): WordTerm => ({
  word: `=${name.slice(0, maxNameLength)}`,
  isBeginning,
  isInNames: false,
});

/** How many queries for names precede those of the search. */
export const nameQueries = 2;

interface SegmentRow {
  readonly segment: number | null;
  /** Null for what is known of the segment itself. */
  readonly word: string | null;
  readonly isBeginning: boolean;
  readonly anywhere: Buffer;
  readonly inNames: Buffer;
  readonly size: number;
  readonly countries: readonly string[];
  readonly firstSlots: readonly number[];
}

/**
 * Finds the solutions of which a record matches the broadest query of a search, in one statement. The words of segments are
 * combined here; of unsettled solutions, PostgreSQL compares the records.
 */
export async function findMatches(query: Query, search: Pick<ParsedSearch, 'names' | 'queries'>): Promise<Matches> {
  const queries: WordQuery[] = [
    { any: search.names.map((name) => nameTerm(name, false)) },
    { any: search.names.map((name) => nameTerm(name, true)) },
    ...search.queries.map(parseWordQuery),
  ];
  const terms = queries.flatMap(wordsOf);
  const wordsWhere = (isBeginning: boolean): string[] => [
    ...new Set(terms.filter((term) => term.isBeginning === isBeginning).map(({ word }) => word)),
  ];
  const rows = await query<SegmentRow>(
    `SELECT s.id AS segment, NULL AS word, false AS "isBeginning", s.followers AS anywhere, s.removed AS "inNames", s.size, s.countries,
      s.first_slots AS "firstSlots"
    FROM segment s WHERE s.replaced_at IS NULL
    UNION ALL SELECT s.id, w.word, false, w.anywhere, w.in_names, 0, '{}', '{}'
    FROM segment s JOIN segment_word w ON w.segment = s.id AND w.word = ANY (${keysSql}) WHERE s.replaced_at IS NULL
    UNION ALL SELECT s.id, searched.word, true, found.anywhere, found.in_names, 0, '{}', '{}'
    FROM segment s CROSS JOIN unnest(${keyArray('$2')}) AS searched (word) CROSS JOIN LATERAL (
      SELECT string_agg(w.anywhere, '') AS anywhere, string_agg(w.in_names, '') AS in_names FROM segment_word w
      WHERE w.segment = s.id AND w.word >= searched.word AND w.word < searched.word || U&'\\FFFF'
    ) found WHERE s.replaced_at IS NULL AND found.anywhere IS NOT NULL
    UNION ALL SELECT DISTINCT NULL::integer, r.solution_id, false, ''::bytea, ''::bytea, 0, '{}'::text[], '{}'::integer[]
    FROM unsettled_solution u JOIN catalogue_record r USING (solution_id) WHERE r.vector @@ $3::tsquery`,
    [wordsWhere(false), wordsWhere(true), search.queries.at(-1)],
  );
  const segments = new Map<number, { meta?: SegmentRow; readonly words: Map<string, SegmentRow> }>();
  const unsettled: string[] = [];
  for (const row of rows) {
    if (row.segment === null) {
      unsettled.push(row.word ?? '');
      continue;
    }
    const known = segments.get(row.segment) ?? { words: new Map<string, SegmentRow>() };
    segments.set(row.segment, known);
    if (row.word === null) known.meta = row;
    else known.words.set(keyOf({ word: row.word, isBeginning: row.isBeginning }), row);
  }
  return {
    unsettled,
    segments: [...segments]
      .sort(([one], [other]) => one - other)
      .flatMap(([segment, { meta, words }]) => (meta ? [matchSegment(segment, meta, words, queries)] : [])),
  };
}

const keyOf = ({ word, isBeginning }: Pick<WordTerm, 'word' | 'isBeginning'>): string =>
  isBeginning ? `${word}*` : word;

function matchSegment(
  segment: number,
  { size, anywhere: followers, inNames: removed, countries, firstSlots }: SegmentRow,
  words: ReadonlyMap<string, SegmentRow>,
  queries: readonly WordQuery[],
): SegmentMatches {
  const known = new Map<string, SlotSet>();
  const slotsOfTerm = (term: WordTerm): SlotSet | null => {
    const row = words.get(keyOf(term));
    if (row === undefined) return null;
    const key = `${keyOf(term)}${term.isInNames ? ' in names' : ''}`;
    const slots = known.get(key) ?? parseSlots(term.isInNames ? row.inNames : row.anywhere, size);
    known.set(key, slots);
    return slots;
  };
  const [follows, gone] = [parseSlots(followers, size), parseSlots(removed, size)];
  const toFirstSlots = (set: SlotSet): SlotSet => {
    for (const slot of slotsOf(intersect(set, follows))) {
      let first = slot - 1;
      while (has(follows, first)) first -= 1;
      remove(set, slot);
      add(set, first);
    }
    return set;
  };
  const sets = queries.map((one) => {
    const found = evaluate(one, slotsOfTerm);
    return found === null ? emptySet(size) : toFirstSlots(subtract(found, gone));
  });
  const found = sets.at(-1) ?? emptySet(size);
  return {
    segment,
    found,
    tiers: sets.map((set) => intersect(set, found)),
    countries: countries.map((country, index) => ({ country, firstSlot: firstSlots[index] ?? 0 })),
  };
}

/**
 * Those of the matches that meet conditions on facets: of segments by their sets, so that no solution is read, and of unsettled
 * solutions by the same conditions on the solution `s`.
 */
export async function restrictByFacets(
  query: Query,
  matches: Matches,
  facets: readonly FacetCondition[],
  toConditions: (parameter: Parameters) => readonly string[],
): Promise<Matches> {
  const parameters = createParameters();
  const found = foundSql(matches, parameters);
  const sets = facets.map(({ field, values, isEach }) => {
    const distinct = [...new Set(values)];
    const set = isEach
      ? `CASE WHEN count(*) = ${parameters(distinct.length)}::int THEN bit_and(f.members) END`
      : 'bit_or(f.members)';
    return `(SELECT ${set} FROM segment_facet f WHERE f.segment = found.segment AND f.field = ${parameters(field)}
      AND f.value = ANY (${parameters(distinct)}::text[]))`;
  });
  const unsettled = parameters(matches.unsettled);
  const rows = await query<{
    readonly segment: number | null;
    readonly members: string | null;
    readonly id: string | null;
  }>(
    `WITH ${found}
    SELECT segment, (${['members', ...sets].join(' & ')})::text AS members, NULL AS id FROM found
    UNION ALL SELECT NULL, NULL, s.id FROM solution s
    WHERE s.id = ANY (${unsettled}::text[]) AND ${toConditions(parameters).join(' AND ')}`,
    parameters.values,
  );
  const left = new Map(rows.map(({ segment, members }) => [segment, members]));
  return {
    unsettled: rows.flatMap(({ id }) => id ?? []),
    segments: matches.segments.map((one) =>
      keepSlots(one, parseMembers(left.get(one.segment) ?? '', one.found.length)),
    ),
  };
}

/** The set that PostgreSQL writes as a bit string. */
function parseMembers(members: string, length: number): SlotSet {
  const set = emptySet(length * 32);
  for (let at = members.indexOf('1'); at >= 0; at = members.indexOf('1', at + 1)) add(set, at);
  return set;
}

const keepSlots = (one: SegmentMatches, kept: SlotSet): SegmentMatches => ({
  ...one,
  found: kept,
  tiers: one.tiers.map((tier) => intersect(tier, kept)),
});

/** Those of the matches that meet conditions on the solution `s`. */
export async function restrict(
  query: Query,
  matches: Matches,
  conditions: readonly string[],
  values: readonly unknown[],
): Promise<Matches> {
  const { segments, slots } = placesOf(matches);
  const next = (offset: number): string => `$${values.length + offset}`;
  const rows = await query<{
    readonly segment: number | null;
    readonly slots: Buffer | null;
    readonly id: string | null;
  }>(
    `SELECT slot.segment, string_agg(int2send(slot.slot::int2), '') AS slots, NULL AS id
    FROM unnest(${next(1)}::integer[], ${next(2)}::integer[]) AS found (segment, slot) JOIN slot USING (segment, slot)
    JOIN solution s ON s.id = slot.solution_id WHERE ${conditions.join(' AND ')} GROUP BY slot.segment
    UNION ALL SELECT NULL, NULL, s.id FROM solution s WHERE s.id = ANY (${next(3)}) AND ${conditions.join(' AND ')}`,
    [...values, segments, slots, matches.unsettled],
  );
  const left = new Map(rows.map(({ segment, slots: kept }) => [segment, kept]));
  return {
    unsettled: rows.flatMap(({ id }) => id ?? []),
    segments: matches.segments.map((one) =>
      keepSlots(one, parseSlots(left.get(one.segment) ?? Buffer.alloc(0), one.found.length * 32)),
    ),
  };
}

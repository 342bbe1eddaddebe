import { keyArray } from '../../kit/database/sql-parameters.js';
import type { Parameters } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { ParsedSearch } from '../search/parse-search.js';
import { emptySet, slotsOf, subtract, unite } from '../search/slot-sets.js';
import { type Matches, placesOf, type SegmentMatches, toPlaces } from './matches.js';

/** The number of ranks within a tier. */
const rankSteps = 100_000;

/**
 * In each round of results, at most this many records of one publisher and of one catalogue; the round after it has their next
 * ones. Within a round, publishers that are there for the first time come first, and then the order is that of the rank. So no
 * publisher fills the first pages, unless nothing else matches.
 */
const maxPublisherResults = 5;
const maxCatalogueResults = 10;
/** The last round has everything that is left, so that a place remains an `integer`. */
const maxRounds = 40;

/** How many matches are ranked. */
const maxRanked = 400;
/** Above all ranks. */
const firstUnranked = 2_000_000_000;

/** The matches of a segment that are ranked, and those that are not, in their order. */
interface Choice {
  readonly ranked: readonly PlacesOfSegment[];
  readonly others: readonly PlacesOfSegment[];
}

interface PlacesOfSegment {
  readonly segment: number;
  readonly slots: readonly number[];
  /** The strictest query that finds them, as its place among the tiers. */
  readonly tier: number;
}

/** New matches of a tier, with where each country's slots begin. */
type Fresh = PlacesOfSegment & Pick<SegmentMatches, 'countries'>;

/**
 * Chooses the matches that are ranked: if there are more than `maxRanked`, the same number for each country, those of its strictest
 * queries first. So no catalogue can displace the matches of others, not even with better ones. The other matches come later, in
 * the order of the strictest query that finds them.
 */
function chooseRanked(matches: Matches): Choice {
  const fresh = listByTier(matches);
  const size = fresh.reduce((sum, { slots }) => sum + slots.length, 0);
  if (size <= maxRanked) return { ranked: fresh, others: [] };
  const chosen = shareOut(fresh, maxRanked);
  const filter = (isRanked: boolean): PlacesOfSegment[] =>
    fresh.map(({ segment, tier, slots }) => ({
      segment,
      tier,
      slots: slots.filter((slot) => chosen.has(toNumber(segment, slot)) === isRanked),
    }));
  return { ranked: filter(true), others: filter(false) };
}

/** The matches of each tier that are in no tier before. */
function listByTier({ segments }: Matches): readonly Fresh[] {
  const seen = new Map(segments.map(({ segment, found }) => [segment, emptySet(found.length * 32)]));
  return [...(segments[0]?.tiers.keys() ?? [])].flatMap((index) =>
    segments.map(({ segment, tiers, countries }) => {
      const before = seen.get(segment) ?? emptySet(0);
      const tier = tiers[index] ?? before;
      seen.set(segment, unite(before, tier));
      return { segment, countries, tier: index, slots: slotsOf(subtract(tier, before)) };
    }),
  );
}

/** A place as one number. */
const toNumber = (segment: number, slot: number): number => segment * 65_536 + slot;

/** The first places of each country, as many of each as there are, or the same number. */
function shareOut(fresh: readonly Fresh[], count: number): ReadonlySet<number> {
  const byCountry = new Map<string, number[]>();
  for (const { segment, slots, countries } of fresh) {
    let next = 0;
    let places: number[] = [];
    for (const slot of slots) {
      for (let range = countries[next]; range && range.firstSlot <= slot; range = countries[(next += 1)]) {
        places = byCountry.get(range.country) ?? [];
        byCountry.set(range.country, places);
      }
      // No country has more.
      if (places.length < count) places.push(toNumber(segment, slot));
    }
  }
  const lists = [...byCountry.values()].sort((one, other) => one.length - other.length);
  let left = count;
  return new Set(
    lists.flatMap((places, index) => {
      const share = places.slice(0, Math.floor(left / (lists.length - index)));
      left -= share.length;
      return share;
    }),
  );
}

/** The matches that are not ranked and that a page may have, with their ranks. */
function unrankedOf(others: readonly PlacesOfSegment[], { limit, backward, after, before }: Page) {
  const total = others.reduce((sum, { slots }) => sum + slots.length, 0);
  const indexOf = (key: Page['after']): number => Number(key?.[0] ?? 0) - firstUnranked;
  const from = after === null ? 0 : Math.max(0, indexOf(after) + 1);
  const until = before === null ? total : Math.max(0, Math.min(total, indexOf(before)));
  const [first, end] = backward
    ? [Math.max(from, until - limit - 1), until]
    : [from, Math.min(until, from + limit + 1)];
  const places: { segment: number; slot: number; rank: number }[] = [];
  let index = 0;
  for (const { segment, slots } of others) {
    for (let at = Math.max(0, first - index); at < slots.length && index + at < end; at += 1)
      places.push({ segment, slot: slots[at] ?? 0, rank: firstUnranked + index + at });
    index += slots.length;
  }
  return places;
}

/** SQL: a CTE `matched` with all matches, for a list of few of them, or one in which each is needed. */
export function everyMatchSql(matches: Matches, parameter: Parameters): string {
  return `matched AS MATERIALIZED (${solutionsAtSql(placesOf(matches), parameter)}
    UNION SELECT unnest(${parameter(matches.unsettled)}::text[]))`;
}

const solutionsAtSql = (
  { segments, slots }: { readonly segments: readonly number[]; readonly slots: readonly number[] },
  parameter: Parameters,
): string => `SELECT slot.solution_id AS id FROM unnest(${parameter(segments)}::integer[], ${parameter(slots)}::integer[])
  AS placed (segment, slot) ${atPlace}`;

/** Each place by itself: a join might read all slots. */
export const atPlace = `CROSS JOIN LATERAL (
  SELECT slot.solution_id FROM slot WHERE slot.segment = placed.segment AND slot.slot = placed.slot OFFSET 0) AS slot`;

/** SQL condition, with the CTE `found`: a solution `s` is among the matches. Not as a join, so that a list is read in its order. */
export const isFoundSql = ({ unsettled }: Matches, parameter: Parameters): string => `(
  s.id = ANY (${parameter(unsettled)}::text[]) OR (
    -- Not EXISTS, for which all slots are read. A solution is in a set with its first slot alone.
    SELECT bool_or(get_bit(found.members, placed.slot) = 1) FROM (
      SELECT slot.segment, min(slot.slot) AS slot FROM slot WHERE slot.solution_id = s.id GROUP BY slot.segment
    ) placed JOIN found USING (segment)))`;

/**
 * SQL: a CTE `matched` with the matches that a page by relevance may have and their rank, the best with the smallest. In tiers: a whole name, the beginning
 * of a name, then each query from the strictest on. Within a tier by PostgreSQL's rank, limited to less than 1 so that it never
 * reaches the tier above: PostgreSQL's own rank exceeds it where many words of a text have the same beginning.
 *
 * Then in rounds, by the shares of publishers and catalogues. A record counts for the catalogue that contains it, whatever
 * publisher it names: otherwise a catalogue could use up the share of a publisher elsewhere. A solution is in the earliest round of
 * its records, so that a further record never moves it back.
 */
export function rankedSql(search: ParsedSearch, matches: Matches, page: Page, parameter: Parameters): string {
  const { ranked, others } = chooseRanked(matches);
  const rest = unrankedOf(others, page);
  const places = toPlaces(ranked);
  const unranked =
    others.length === 0
      ? ''
      : `UNION ALL SELECT slot.solution_id, placed.rank
        FROM unnest(${keyArray(parameter(rest.map(({ segment }) => segment)), 'integer')}, ${keyArray(parameter(rest.map(({ slot }) => slot)), 'integer')},
          ${keyArray(parameter(rest.map(({ rank }) => rank)), 'integer')}) AS placed (segment, slot, rank) ${atPlace}`;
  const tiers = parameter(ranked.flatMap(({ slots, tier }) => slots.map(() => tier)));
  return `chosen AS MATERIALIZED (
      SELECT slot.solution_id AS id, placed.tier
      FROM unnest(${keyArray(parameter(places.segments), 'integer')}, ${keyArray(parameter(places.slots), 'integer')}, ${keyArray(tiers, 'integer')})
        AS placed (segment, slot, tier) ${atPlace}
      UNION ALL SELECT unnest(${keyArray(parameter(matches.unsettled))}), 0
    ), matched AS MATERIALIZED (${rankSql(search, parameter)} ${unranked})`;
}

/** Ranks the records of the chosen solutions: the solutions, each once. */
function rankSql({ names, queries, broadQuery }: ParsedSearch, parameter: Parameters): string {
  const nameSql = (toPattern: (name: string) => string): string =>
    names.map((name) => `r.search_text LIKE ${parameter(toPattern(name))}`).join(' OR ');
  const [broad, broadest] = [parameter(broadQuery), parameter(queries.at(-1))];
  const tiers = [
    nameSql((name) => `%| ${name} |%`),
    nameSql((name) => `%| ${name}%`),
    ...queries.map((query) => `r.vector @@ ${parameter(query)}::tsquery`),
  ];
  // No record of a solution is in a tier before that of the solution.
  const cases = tiers.map((tier, index) => `WHEN r.tier <= ${index} AND (${tier}) THEN ${index + 1}`);
  const catalogueRound = roundSql('catalogue', 'publisher_round, rank, id', maxCatalogueResults);
  return `
    SELECT id, min(rank + ${rankSteps * (tiers.length + 1)} * (
      least(${maxRounds - 1}, greatest(publisher_round, catalogue_round)) * ${maxRounds} + least(${maxRounds - 1}, publisher_round)))::int AS rank
    FROM (
      SELECT id, rank, publisher_round, ${catalogueRound} AS catalogue_round FROM (
        SELECT id, catalogue, rank, ${roundSql('publisher', 'rank, id', maxPublisherResults)} AS publisher_round FROM (
          -- Numbers, because sorting by texts would take as long as ranking.
          SELECT r.solution_id COLLATE "C" AS id, hashtextextended(r.country, 0) AS catalogue,
            hashtextextended(concat(r.country, ' ', r.publisher_id), 0) AS publisher,
            ${rankSteps} * CASE ${cases.join(' ')} END - floor(least(${rankSteps - 1}, ${rankSteps} * ts_rank(
              r.vector, CASE WHEN r.vector @@ ${broad}::tsquery THEN ${broad} ELSE ${broadest} END::tsquery, 32)))::int AS rank
          FROM (
            -- Unpacks a vector once, not for every condition: changing the weights of no word is the cheapest copy of it.
            SELECT chosen.tier, r.solution_id, r.country, r.publisher_id, r.search_text, setweight(r.vector, 'A', '{}'::text[]) AS vector
            FROM chosen CROSS JOIN LATERAL (
              -- Of each by the index: a join might read all records.
              SELECT * FROM catalogue_record WHERE catalogue_record.solution_id = chosen.id OFFSET 0
            ) r OFFSET 0
          ) r WHERE r.vector @@ ${broadest}::tsquery OFFSET 0
        ) ranked
      ) shared
    ) placed GROUP BY id`;
}

/** In which round a row is among those with the same values, if a round has so many of them in this order. */
const roundSql = (partition: string, order: string, size: number): string =>
  `(row_number() OVER (PARTITION BY ${partition} ORDER BY ${order}) - 1) / ${size}`;

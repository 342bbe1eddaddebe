import { type KeyOrder, pageSql } from '../../kit/database/keyset.js';
import type { Parameters } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { ParsedSearch } from '../search/parse-search.js';

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

/** The solutions of which a record matches the broadest query. */
export const matchingSql = ({ queries }: ParsedSearch, parameter: Parameters): string => `
    SELECT DISTINCT solution_id AS id FROM found_records(${parameter(queries.at(-1))}::tsquery)`;

/** Which of the matches are listed, and where. */
interface ListedMatches {
  /** Conditions on the solution `s`. */
  readonly conditions: readonly string[];
  /** The page, if the rows after it do not matter. */
  readonly page: Page | null;
}

/** How many solutions are tried in the order of a list before all matches are found. A common word is in one of a few. */
const maxTried = 200;

/**
 * SQL: a CTE `matched` with the matches of a search that a list in another order than by relevance begins with. Where they are
 * frequent, the page is full before many solutions were tried in that order; else all matches are found.
 */
export function firstMatchesSql(
  search: ParsedSearch,
  { conditions, page, order }: ListedMatches & { readonly page: Page; readonly order: KeyOrder },
  parameter: Parameters,
): string {
  const { conditions: pageConditions, orderAndLimit } = pageSql({ ...page, limit: maxTried - 1 }, order, parameter);
  return `tried AS MATERIALIZED (
      SELECT s.id FROM (SELECT s.* FROM solution s WHERE ${['true', ...pageConditions].join(' AND ')} ${orderAndLimit}) s
      WHERE ${[
        ...conditions,
        // Not as a join, for which PostgreSQL would read all records.
        `(SELECT bool_or(r.vector @@ ${parameter(search.queries.at(-1))}::tsquery) FROM catalogue_record r WHERE r.solution_id = s.id)`,
      ].join(' AND ')}
    ), found AS MATERIALIZED (SELECT count(*) > ${parameter(page.limit)} AS is_enough FROM tried),
    matched AS MATERIALIZED (
      SELECT id FROM tried WHERE (SELECT is_enough FROM found)
      UNION ALL SELECT id FROM (${matchingSql(search, parameter)}) everything WHERE NOT (SELECT is_enough FROM found)
    )`;
}

/**
 * SQL: a CTE `matched` with the matches of a search and their rank, the best with the smallest. In tiers: a whole name, the beginning
 * of a name, then each query from the strictest on. Within a tier by PostgreSQL's rank, limited to less than 1 so that it never
 * reaches the tier above: PostgreSQL's own rank exceeds it where many words of a text have the same beginning.
 *
 * Then in rounds, by the shares of publishers and catalogues. A record counts for the catalogue that contains it, whatever
 * publisher it names: otherwise a catalogue could use up the share of a publisher elsewhere. A solution is in the earliest round of
 * its records, so that a further record never moves it back.
 *
 * The first tiers are those of names, which few records match even if half of them match a common word. Nothing of another tier
 * precedes what they have in the first round, so if this fills the page, the other matches are not ranked.
 */
export function rankedSql(search: ParsedSearch, listed: ListedMatches, parameter: Parameters): string {
  const { names, queries } = search;
  const [whole, beginning] = [(name: string) => `%| ${name} |%`, (name: string) => `%| ${name}%`].map((pattern) => {
    const patterns = names.map((name) => parameter(pattern(name)));
    return (record: string): string => patterns.map((given) => `${record}.search_text LIKE ${given}`).join(' OR ');
  }) as [NameCondition, NameCondition];
  const finds = queries.map((query) => `r.vector @@ ${parameter(query)}::tsquery`);
  const tiers = [whole('r'), beginning('r'), ...finds];
  const broadest = parameter(queries.at(-1));
  const isFound = `r.vector @@ ${broadest}::tsquery`;
  // Found without labels and distances, which the index has not, and for which PostgreSQL would unpack every vector once more.
  const loose = queries
    .at(-1)
    ?.replaceAll(/(?<=:\*)A|:A/g, '')
    .replaceAll(/<\d+>/g, '&');
  const everything = rankSql(
    `found_records(${parameter(loose)}::tsquery) r`,
    isFound,
    tiers,
    search,
    listed,
    parameter,
  );
  const { page } = listed;
  if (page === null) return `matched AS MATERIALIZED (${everything})`;
  // The strictest query finds words of names, which have an index of their own.
  const inNames = `catalogue_record r WHERE r.solution_id IS NOT NULL
    AND (${beginning('r')} OR ${nameWords('r')} @@ ${parameter(queries[0]?.replaceAll(':A', ''))}::tsquery)`;
  const first = rankSql(inNames, isFound, tiers, search, listed, parameter);
  const isInFirstRound = `rank < ${rankSteps * (tiers.length + 1)}`;
  const isAfter = page.after === null ? '' : `AND rank > ${parameter(page.after[0])}`;
  return `of_names AS MATERIALIZED (SELECT * FROM (${first}) ranked WHERE ${isInFirstRound}),
    found AS MATERIALIZED (
      SELECT count(*) > ${parameter(page.limit)} AS is_enough FROM of_names WHERE true ${isAfter}
    ), matched AS MATERIALIZED (
      SELECT * FROM of_names WHERE (SELECT is_enough FROM found)
      UNION ALL SELECT * FROM (${everything}) everything WHERE NOT (SELECT is_enough FROM found)
    )`;
}

type NameCondition = (record: string) => string;

/** The words of a record's names, as an index has them. */
const nameWords = (record: string): string => `ts_filter(${record}.vector, '{a}')`;

/** Ranks the records of a FROM clause that meet a condition: their solutions, each once. */
function rankSql(
  from: string,
  condition: string,
  tiers: readonly string[],
  { queries, broadQuery }: ParsedSearch,
  { conditions }: ListedMatches,
  parameter: Parameters,
): string {
  const cases = tiers.map((tier, index) => `WHEN ${tier} THEN ${index + 1}`);
  const [broad, broadest] = [parameter(broadQuery), parameter(queries.at(-1))];
  const catalogueRound = roundSql('catalogue', 'publisher_round, rank, id', maxCatalogueResults);
  const listed = conditions.length === 0 ? '' : 'JOIN solution s ON s.id = r.solution_id';
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
            SELECT solution_id, country, publisher_id, search_text, setweight(vector, 'A', '{}'::text[]) AS vector FROM ${from} OFFSET 0
          ) r ${listed} WHERE ${[condition, ...conditions].join(' AND ')} OFFSET 0
        ) ranked
      ) shared
    ) placed GROUP BY id`;
}

/** In which round a row is among those with the same values, if a round has so many of them in this order. */
const roundSql = (partition: string, order: string, size: number): string =>
  `(row_number() OVER (PARTITION BY ${partition} ORDER BY ${order}) - 1) / ${size}`;

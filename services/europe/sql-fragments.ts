/**
 * Which adoptions count at all: those that the user's own country states, with a status that means use. Signing an agreement, or
 * taking part in something (OTHER), is listed and not counted. An index has these columns.
 */
export const isCounted = (alias: string): string => `${isUse(alias)} AND NOT ${alias}.is_from_abroad`;

/** Which adoptions would count if the user's own country stated them: it states nothing of this user and this solution. */
export const isUnconfirmed = (alias: string): string =>
  `${isUse(alias)} AND ${alias}.is_from_abroad AND NOT ${alias}.is_superseded`;

/** Which adoptions are listed: those of a user that its country knows, and that no statement of the user's own country supersedes. */
export const isListed = (alias: string): string => `NOT ${alias}.user_is_unknown AND NOT ${alias}.is_superseded`;

/**
 * SQL condition: a row of the changes by day and year (`reuse_change`, `use_change`, `listed_change`) is up to a day. A few thousand rows
 * are: the years before its own, and the days of its own.
 */
export const isUpTo = (day: string): string => `(grain = 'YEAR' AND day < date_trunc('year', ${day})
  OR grain = 'DAY' AND day BETWEEN date_trunc('year', ${day}) AND ${day})`;

/** SQL condition: sums of uses do not have all rows yet, because a country is read for the first time. */
export const isFillingAny = `EXISTS (SELECT FROM catalogue WHERE is_filling)`;

const isUse = (alias: string): string =>
  `${alias}.user_id IS NOT NULL AND NOT ${alias}.user_is_unknown AND ${alias}.status NOT IN ('AGREEMENT', 'OTHER')`;

/**
 * The order of precedence of the records of a solution: those that own its addresses, those of the publisher's own country, the
 * newest. A day in the future counts as today.
 */
export const precedence = (record: string, day: string): string =>
  `${record}.owner DESC, ${record}.own DESC, least(${record}.observed_on, ${day}) DESC, ${record}.id`;

/** Whether a portfolio entry is valid on a day, and its consortium still exists. */
export const isInPortfolio = (entry: string, consortium: string, day: string): string =>
  `coalesce(${entry}.start_date, ${entry}.observed_on, ${day}) <= ${day}
    AND coalesce(${day} < ${entry}.end_date, ${entry}.ended IS NOT TRUE OR ${day} < ${entry}.observed_on)
    AND exists_on(${consortium}.start_date, ${consortium}.end_date, ${consortium}.ended, ${day})`;

/**
 * The id of the solution of which a solution is stated to be a part: the one at the address that its record names; else the one of
 * the same publisher that bears the name of its application suite, the first by its id if there are several. Null if there is none.
 */
const statedWhole = (solution: string): string => `coalesce(
  (SELECT whole.id FROM solution_address a JOIN solution whole ON whole.id = a.solution_id
    WHERE a.address = ${solution}.part_of AND whole.id <> ${solution}.id),
  nullif((SELECT whole.id FROM solution whole
    WHERE whole.sort_name = ${solution}.suite AND whole.publisher_ids && ${solution}.publisher_ids ORDER BY whole.id LIMIT 1),
    ${solution}.id))`;

/** SQL: the id of the solution of which a solution is a part, or null. If each is stated to be part of the other, the first is not. */
export const wholeOf = (solution: string): string => `(
  SELECT other.id FROM solution other WHERE other.id = ${statedWhole(solution)}
    AND (other.id < ${solution}.id OR ${statedWhole('other')} IS DISTINCT FROM ${solution}.id))`;

/** SQL: a table `found` of each `word` in the names of an organisation. Longer words are not compared with misspelt ones. */
export const organisationWordsSql = (organisation: string): string => `LATERAL (
  SELECT word FROM string_to_table(${organisation}.search_text, ' ') AS word WHERE word NOT IN ('', '|') AND length(word) <= 255) AS found`;

/** A moment as ISO 8601 with milliseconds. */
export const inUtc = (moment: string): string =>
  `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Columns, separated by commas: `id, name`, or with an alias `r.id, r.name`. */
export const columnList = (columns: readonly string[], alias?: string): string =>
  columns.map((column) => (alias === undefined ? column : `${alias}.${column}`)).join(', ');

/**
 * The rest of an INSERT, for rows that may exist: updates those of which one of these columns differs, and leaves the others
 * alone, so that writing the same page again writes nothing.
 *
 * @param assignments further ones, `is_superseded = false`.
 */
export const updateIfChanged = (
  table: string,
  columns: readonly string[],
  ...assignments: readonly string[]
): string => `
    ON CONFLICT (id) DO UPDATE SET ${[`(${columnList(columns)}) = ROW (${columnList(columns, 'excluded')})`, ...assignments].join(', ')}
    WHERE (${columnList(columns, table)}) IS DISTINCT FROM (${columnList(columns, 'excluded')})`;

import { encodeCursor } from '../../services/kit/graphql/pagination.js';
import { type ListedSolution, solutionKey, type SolutionListOrder } from '../../services/europe/list-keys.js';
import type { ScaleIndex } from './scale-index.js';

/** The values that operations use: in each index those that play the same part there. */
export interface Samples {
  /** In more records than any other word that is long enough to be significant. */
  readonly common: string;
  /** In fewer, but many. */
  readonly second: string;
  /** In one record. */
  readonly rare: string;
  /** The rare word with a typing error. */
  readonly misspelt: string;
  /** A solution that many use, an organisation that uses some, a publisher, a maintainer. */
  readonly popular: string;
  readonly user: string;
  readonly publisher: string;
  readonly maintainer: string;
  /** The name of an organisation. */
  readonly name: string;
}

export async function findSamples({ queryUnlimited }: ScaleIndex): Promise<Samples> {
  const one = async (statement: string): Promise<string> => {
    const [row] = await queryUnlimited<{ found: string }>(`SELECT found FROM (${statement}) AS sample (found) LIMIT 1`);
    if (!row) throw new Error(`The index has no sample for: ${statement}`);
    return row.found;
  };
  const words = `SELECT word FROM search_word WHERE strpos(word, '.') = 0 AND length(word)`;
  const rare = await one(`${words} BETWEEN 9 AND 10 AND word ~ '^[a-z]+$' AND records = 1 ORDER BY md5(word)`);
  return {
    common: await one(`${words} > 6 ORDER BY records DESC`),
    second: await one(`${words} > 6 ORDER BY records DESC OFFSET 5`),
    rare,
    misspelt: `${rare.slice(0, 4)}xq${rare.slice(6)}`,
    popular: await one(`SELECT address FROM solution ORDER BY adopters DESC`),
    user: await one(
      `SELECT user_id FROM adoption WHERE user_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 OFFSET 5`,
    ),
    publisher: await one(`SELECT publisher_id FROM catalogue_record WHERE publisher_id IS NOT NULL ORDER BY id`),
    maintainer: await one(`SELECT consortium_id FROM portfolio_entry GROUP BY 1 ORDER BY count(*) DESC, 1`),
    name: await one(
      `SELECT split_part(sort_name, ' ', 1) FROM organisation WHERE length(sort_name) > 12 ORDER BY md5(id)`,
    ),
  };
}

/** The cursor before a page deep in a list. One OFFSET finds its key, so that no pages before it need to be fetched. */
export async function cursorAt(
  index: ScaleIndex,
  order: SolutionListOrder,
  query: string,
  rows: number,
): Promise<string> {
  const statement = (await index.record(query)).find(({ text }) => text.includes('AS "orderKey"'));
  const [row] = await index.queryUnlimited<ListedSolution>(
    `${statement?.text ?? ''} OFFSET ${rows - 1}`,
    statement?.values,
  );
  if (!row) throw new Error(`The list has fewer than ${rows} rows: ${query}`);
  return encodeCursor(`solutions ${order.field} ${order.direction}`, solutionKey(order).of(row));
}

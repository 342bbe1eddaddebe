import type { Key, Page } from '../graphql/pagination.js';

/** How a list is ordered in SQL: its key columns in order, all in one direction. */
export interface KeyOrder {
  readonly columns: readonly string[];
  readonly descending: boolean;
}

/** The parts of a statement that select one page of an ordered list. */
export interface PageSql {
  /** Conditions for the cursors, to be joined by AND. */
  readonly conditions: string[];
  /** `ORDER BY … LIMIT …` */
  readonly orderAndLimit: string;
}

/**
 * Keyset pagination: a deep page costs what the first one costs. The limit is one above the page's size, by which `toConnection`
 * sees whether more rows follow.
 *
 *     pageSql({ limit: 20, after: ['gent', 'be:1'], … }, { columns: ['name', 'id'], descending: false }, parameter)
 *     → conditions ['(name, id) > ($1, $2)'], orderAndLimit 'ORDER BY name ASC, id ASC LIMIT $3'
 *
 * @param parameter adds a value to the statement and returns its placeholder.
 */
export function pageSql(page: Page, order: KeyOrder, parameter: (value: unknown) => string): PageSql {
  const keys = `(${order.columns.join(', ')})`;
  const placeholders = (key: Key): string => `(${key.map((value) => parameter(value)).join(', ')})`;
  const [later, earlier] = order.descending ? ['<', '>'] : ['>', '<'];
  const conditions = [
    ...(page.after ? [`${keys} ${later} ${placeholders(page.after)}`] : []),
    ...(page.before ? [`${keys} ${earlier} ${placeholders(page.before)}`] : []),
  ];
  const direction = order.descending === page.backward ? 'ASC' : 'DESC';
  const by = order.columns.map((column) => `${column} ${direction}`).join(', ');
  return { conditions, orderAndLimit: `ORDER BY ${by} LIMIT ${parameter(page.limit + 1)}` };
}

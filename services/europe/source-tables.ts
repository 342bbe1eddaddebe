/** The tables of the index that hold what countries state; all others are derived from them. */
export const sourceTables = [
  'organisation',
  'membership',
  'claim',
  'catalogue_record',
  'portfolio_entry',
  'adoption',
  'code_list',
  'code',
  'code_mapping',
  'need',
  'need_holder',
  'terms',
  'contract',
] as const;
export type SourceTable = (typeof sourceTables)[number];

/**
 * Those of statements about other objects: who is a member, uses something or has a need. No search or list of its own has them, so
 * that they cannot displace what other countries have.
 */
export const statementTables: ReadonlySet<SourceTable> = new Set([
  'membership',
  'portfolio_entry',
  'adoption',
  'need_holder',
]);

/** A value for each source table. */
export const mapTables = <Value>(toValue: (table: SourceTable) => Value): Readonly<Record<SourceTable, Value>> =>
  Object.fromEntries(sourceTables.map((table) => [table, toValue(table)])) as Record<SourceTable, Value>;

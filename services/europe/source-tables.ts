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

/** A value for each source table. */
export const mapTables = <Value>(toValue: (table: SourceTable) => Value): Readonly<Record<SourceTable, Value>> =>
  Object.fromEntries(sourceTables.map((table) => [table, toValue(table)])) as Record<SourceTable, Value>;

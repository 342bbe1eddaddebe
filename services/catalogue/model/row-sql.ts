import type { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';

/** Name of a table's column by the name of the row's property. */
export function getColumns<Row extends object>(entity: EntitySchema<Row>): [property: string, column: string][] {
  return Object.entries<EntitySchemaColumnOptions | undefined>(entity.options.columns).map(([property, options]) => [
    property,
    options?.name ?? property,
  ]);
}

/** What a statement selects to get whole rows of a table: `alias.start_date AS "startDate", …`. */
export const selectRow = <Row extends object>(entity: EntitySchema<Row>, alias: string): string =>
  getColumns(entity)
    .map(([property, name]) => `${alias}.${name} AS "${property}"`)
    .join(', ');

/** What a statement selects to get rows of a table that editors change, with the number of their changes. */
export const selectRevised = <Row extends object>(entity: EntitySchema<Row>, alias: string): string =>
  `${selectRow(entity, alias)}, ${alias}.revision`;

/** Rows as a statement takes them, for `jsonb_populate_recordset`: by the names of their columns. */
export function toJsonRecords<Row extends object>(entity: EntitySchema<Row>, rows: readonly Row[]): string {
  const columns = getColumns(entity);
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map(([property, column]) => [column, row[property as keyof Row]]))),
  );
}

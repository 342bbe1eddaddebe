import type { LocalisedText } from '../../../../shared/languages.js';
import type { InputMaybe, PeriodInput, ProvenanceInput } from '../../../generated/resolver-types.js';
import { createRowParser, type ReadRow } from '../../../import/tables/read-table.js';
import { RowError } from '../../../import/core/row-error.js';
import { toProvenance, type References } from '../../../import/tables/row-checks.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { Provenance } from '../../../model/rows.js';
import { type FieldPath, invalidValue, MutationError } from './failures.js';

// An input is parsed like a row of an imported table, so that both are validated by the same rules.

/** The value of a cell; null and undefined leave it empty. */
type CellValue = string | number | boolean | null | undefined | readonly string[];

/** The input fields from which the columns of a table are filled; `name_` covers the columns of all languages. */
export type FieldPaths = Readonly<Record<string, FieldPath>>;

/** An input as a row of a table: every column has a cell, so that a new column cannot be forgotten. */
interface InputRow<T extends tables.Table> {
  readonly cells: { readonly [Column in keyof T['cells']]: CellValue };
  readonly fields: FieldPaths;
  readonly texts?: Readonly<Record<string, readonly LocalisedText[]>>;
  readonly national?: Readonly<Record<string, string>>;
}

/**
 * Converts an input to a row, as an import would.
 *
 * @throws MutationError INVALID_VALUE where an import would reject the row.
 */
export function inputToRow<T extends tables.Table, Row>(
  table: T,
  { cells: values, fields, texts = {}, national = {} }: InputRow<T>,
  toRow: (row: ReadRow<T>) => Row,
): Row {
  const row = Object.entries(values).map(([column, value]) => [column, toCell(value, fieldOf(fields, column))]);
  const { cells, errors } = createRowParser(table)(Object.fromEntries(row) as Record<string, string>);
  if (cells === null) {
    throw new MutationError(errors.map(({ column, message }) => invalidValue(fieldOf(fields, column ?? ''), message)));
  }
  return mapRowErrors(fields, () =>
    toRow({ line: 1, cells, record: {}, texts: (prefix) => [...(texts[prefix] ?? [])], national }),
  );
}

/**
 * Runs a check of table rows and maps its RowError to the field of the input.
 *
 * @throws MutationError INVALID_VALUE if the check throws a RowError.
 */
export function mapRowErrors<Result>(fields: FieldPaths, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    throw new MutationError([invalidValue(fieldOf(fields, error.column), error.message)]);
  }
}

function toCell(value: CellValue, field: FieldPath): string {
  if (value == null) return '';
  if (!isList(value)) return String(value);
  const withBar = value.findIndex((item) => item.includes('|'));
  if (withBar === -1) return value.join('|');
  throw new MutationError([
    invalidValue([...field, `${withBar}`], 'contains a vertical bar, which separates values in the tables'),
  ]);
}

const isList = (value: CellValue): value is readonly string[] => Array.isArray(value);

const fieldOf = (fields: FieldPaths, column: string): FieldPath =>
  fields[column] ?? fields[column.slice(0, column.lastIndexOf('_') + 1)] ?? [column];

/** The cells of a period. */
export const periodCells = (period: InputMaybe<PeriodInput> | undefined) => ({
  start: period?.start,
  start_precision: period?.startPrecision,
  end: period?.end,
  end_precision: period?.endPrecision,
  ended: period?.ended,
});

/** The fields of a period's cells in an input whose period field has this name. */
export const periodFields = (period: string) => ({
  start: [period, 'start'],
  start_precision: [period, 'startPrecision'],
  end: [period, 'end'],
  end_precision: [period, 'endPrecision'],
  ended: [period, 'ended'],
});

/** The id under which rows refer to the input's source. */
const sourceId = 'input';

/** The cells of a row that describe its provenance. */
export const provenanceCells = (provenance: ProvenanceInput) => ({
  source: sourceId,
  observed_on: provenance.observedOn,
  method: provenance.method,
  note: provenance.note,
});

export const provenanceFields = {
  source: ['provenance', 'source'],
  observed_on: ['provenance', 'observedOn'],
  method: ['provenance', 'method'],
  note: ['provenance', 'note'],
};

/** The provenance of a row that is changed by an input. */
export const inputToProvenance = (provenance: ProvenanceInput): Provenance => {
  const references = toReferences(provenance, []);
  const { source, observed_on = null, method = null, note = null } = provenanceCells(provenance);
  return mapRowErrors(provenanceFields, () => toProvenance(references, { source, observed_on, method, note }));
};

/**
 * The source and the organisations that the rows of an input can refer to.
 *
 * @throws MutationError INVALID_VALUE if the input has no source and is not DECLARED.
 */
export function toReferences(provenance: ProvenanceInput, organisations: Iterable<string>): References {
  const { source, assertedBy, licence, retrievedAt, method } = provenance;
  if (source == null && method !== 'DECLARED') {
    const problem = 'is required unless the organisation declares the fact itself: set `method` to DECLARED';
    throw new MutationError([invalidValue(provenanceFields.source, problem)]);
  }
  const cells = { id: sourceId, url: source, asserted_by: assertedBy, licence, retrieved_at: retrievedAt, note: null };
  const fields = {
    url: provenanceFields.source,
    asserted_by: ['provenance', 'assertedBy'],
    licence: ['provenance', 'licence'],
    retrieved_at: ['provenance', 'retrievedAt'],
  };
  const row = inputToRow(tables.sources, { cells, fields }, (read) => read.cells);
  return { sources: new Map([[sourceId, row]]), organisations: new Set(organisations) };
}

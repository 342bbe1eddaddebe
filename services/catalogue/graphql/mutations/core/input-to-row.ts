import type { LocalisedText } from '../../../../shared/languages.js';
import type { InputMaybe, PeriodInput, ProvenanceInput } from '../../../generated/resolver-types.js';
import { createRowParser, type ReadRow } from '../../../import/tables/read-table.js';
import { RowError } from '../../../import/core/row-error.js';
import { toProvenance, type References } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { Provenance } from '../../../model/rows.js';
import { type FieldPath, invalidValue, MutationError } from './failures.js';

// What an editor writes is read as the row of a table that an import would take, so that both are held to the same.

/** What may stand in a cell; null and undefined leave it empty. */
type CellValue = string | number | boolean | null | undefined | readonly string[];

/** Where in an input the columns of a table are from; `name_` stands for the columns of all languages. */
export type FieldPaths = Readonly<Record<string, FieldPath>>;

/** An input, as a row of a table. */
export interface InputRow {
  readonly cells: Readonly<Record<string, CellValue>>;
  readonly fields: FieldPaths;
  readonly texts?: Readonly<Record<string, readonly LocalisedText[]>>;
  readonly national?: Readonly<Record<string, string>>;
}

/**
 * The row that an input makes, as an import would make it.
 *
 * @throws WriteRefused INVALID_VALUE where the import would refuse it.
 */
export function inputToRow<T extends tables.Table, Row>(
  table: T,
  { cells: given, fields, texts = {}, national = {} }: InputRow,
  make: (row: ReadRow<T>) => Row,
): Row {
  const written = Object.entries(given).map(([column, value]) => [column, toCell(value, fieldOf(fields, column))]);
  const { cells, faults } = createRowParser(table)(Object.fromEntries(written) as Record<string, string>);
  if (cells === null) {
    throw new MutationError(faults.map(({ column, message }) => invalidValue(fieldOf(fields, column ?? ''), message)));
  }
  return mapRowErrors(fields, () => make({ line: 1, cells, texts: (beginning) => [...(texts[beginning] ?? [])], national }));
}

/**
 * Does what holds an input to the rules of the tables.
 *
 * @throws WriteRefused INVALID_VALUE where it breaks them.
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
  throw new MutationError([invalidValue([...field, `${withBar}`], 'holds a bar, which separates values in the tables')]);
}

const isList = (value: CellValue): value is readonly string[] => Array.isArray(value);

const fieldOf = (fields: FieldPaths, column: string): FieldPath =>
  fields[column] ?? fields[column.slice(0, column.lastIndexOf('_') + 1)] ?? [column];

/** A period as the cells of a table. */
export const periodCells = (period: InputMaybe<PeriodInput> | undefined) => ({
  start: period?.start,
  start_precision: period?.startPrecision,
  end: period?.end,
  end_precision: period?.endPrecision,
  ended: period?.ended,
});

/** Where the cells of a period stand in an input that calls it so. */
export const periodFields = (period: string) => ({
  start: [period, 'start'],
  start_precision: [period, 'startPrecision'],
  end: [period, 'end'],
  end_precision: [period, 'endPrecision'],
  ended: [period, 'ended'],
});

/** The input's source, as a row of the sources names it. */
const sourceId = 'input';

/** Where a statement is from, as cells of its row. */
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

/** The provenance of a row that an input changes. */
export const inputToProvenance = (provenance: ProvenanceInput): Provenance => {
  const references = toReferences(provenance, []);
  const { source, observed_on = null, method = null, note = null } = provenanceCells(provenance);
  return mapRowErrors(provenanceFields, () => toProvenance(references, { source, observed_on, method, note }));
};

/**
 * What the rows of an input may refer to: its source, and these bodies.
 *
 * @throws WriteRefused INVALID_VALUE when it does not say where it is from.
 */
export function toReferences(provenance: ProvenanceInput, organisations: Iterable<string>): References {
  const { source, assertedBy, licence, retrievedAt, method } = provenance;
  if (source == null && method !== 'DECLARED') {
    const fault = 'is needed, unless the body declares it itself: method DECLARED';
    throw new MutationError([invalidValue(provenanceFields.source, fault)]);
  }
  const cells = { id: sourceId, url: source, asserted_by: assertedBy, licence, retrieved_at: retrievedAt };
  const fields = {
    url: provenanceFields.source,
    asserted_by: ['provenance', 'assertedBy'],
    licence: ['provenance', 'licence'],
    retrieved_at: ['provenance', 'retrievedAt'],
  };
  const row = inputToRow(tables.sources, { cells, fields }, (read) => read.cells);
  return { sources: new Map([[sourceId, row]]), organisations: new Set(organisations) };
}

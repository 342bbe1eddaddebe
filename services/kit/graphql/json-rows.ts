/** A row whose content is stored as JSON, in the form of `JSON.stringify`, with the names of the schema. */
export interface StoredRow {
  readonly json: string;
}

/** How the rows of a list are read. */
export interface JsonRowReader<Stored extends StoredRow, Row extends object> {
  readonly parse: (row: Stored) => Row;
  /** The fields of a row that are not as its JSON has them, by their names: each returns what the resolver of the field does. */
  readonly computed: Readonly<Record<string, (row: Stored) => string | number | boolean | null>>;
}

/**
 * The rows of a list, which a resolver may return as they are stored. If an operation selects nothing but what they contain and what is
 * computed from their columns, they are written without being parsed; else they are parsed, one after the other.
 */
export class JsonRows<Stored extends StoredRow = StoredRow, Row extends object = object> implements Iterable<Row> {
  readonly rows: readonly Stored[];
  readonly reader: JsonRowReader<Stored, Row>;

  constructor(rows: readonly Stored[], reader: JsonRowReader<Stored, Row>) {
    this.rows = rows;
    this.reader = reader;
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (const row of this.rows) yield this.reader.parse(row);
  }
}

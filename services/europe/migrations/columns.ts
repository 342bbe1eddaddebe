/** Ids compare byte by byte, so that an order by id, and a cursor, are the same on every machine. */
export const id = 'text COLLATE "C"';

/** The country of a row, and the id of the feed that it was read from: after a restart, rows of the earlier feed are swept. */
export const origin = `
  country text NOT NULL,
  feed text NOT NULL`;

/** In a trigger's function: leaves out what `derive/filling.ts` derives at the end of the transactions of a first reading. */
export const unlessFilling = `IF current_setting('reuse_graph.filling', true) = 'on' THEN RETURN NULL; END IF;`;

/** A half-open period, and the day on which it was observed. */
export const period = `
  start_date date,
  end_date date,
  ended boolean,
  observed_on date`;

/** A half-open period. */
export const period = `
  start_date date, start_precision text,
  end_date date, end_precision text,
  ended boolean,
  CHECK ((start_date IS NULL) = (start_precision IS NULL)),
  CHECK ((end_date IS NULL) = (end_precision IS NULL)),
  CHECK (start_date <= end_date)`;

/** Ids compare byte by byte, so that an order by id, and a cursor, mean the same on every machine. */
export const id = 'text COLLATE "C"';

/** Ids compare byte by byte, so that an order by id, and a cursor, mean the same on every machine. */
export const id = 'text COLLATE "C"';

/** Of which country's feed a row is, and as of which beginning of it: what a feed that began anew does not have is swept. */
export const origin = `
  country text NOT NULL,
  feed text NOT NULL`;

/** A half-open period, and the day on which it was seen. */
export const period = `
  start_date date,
  end_date date,
  ended boolean,
  observed_on date`;

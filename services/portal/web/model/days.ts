/** Today, in UTC, as the graph writes days. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** The first day of pictures that show growth: in 2012 the first of the groups that they are about were founded. */
export const firstDay = '2012-01-01';

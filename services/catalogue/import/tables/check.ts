/**
 * Something that an administrator of a catalogue may want to look at. `select` returns the id of each row it finds, and what is
 * wrong with it as `detail`. It can refer to `params`: the country's code in lower case (`country`), today (`day`), and the day
 * before which a statement is `stale`.
 */
export interface Check {
  readonly name: string;
  readonly title: string;
  readonly select: string;
}

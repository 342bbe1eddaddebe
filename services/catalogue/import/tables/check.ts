/**
 * Something that a catalogue's keeper may want to look at. `select` gives the id of each row it finds, and what is the matter with
 * it as `detail`; `asked` has the country's code in lower case, today, and the day before which a statement is stale.
 */
export interface Check {
  readonly name: string;
  readonly title: string;
  readonly select: string;
}

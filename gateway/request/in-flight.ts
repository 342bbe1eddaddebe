interface Entry<Work> {
  readonly text: string;
  readonly print: number;
  readonly work: Work;
}

/**
 * Work that is under way, by the text that asks for it.
 *
 * No Map: when one grows or shrinks, V8 chains its old table to the new one, and what they held outlives its use until the
 * next full collection. With entries that live for milliseconds, this made a fetch half as dear again.
 */
export class UnderWay<Work> {
  readonly #entries: Entry<Work>[] = [];

  /**
   * Finds work for a text, or begins it.
   *
   * @param suits whether it can still be joined.
   */
  join(
    text: string,
    suits: (work: Work) => boolean,
    begin: () => Work,
  ): { readonly work: Work; readonly isNew: boolean } {
    const print = fingerprint(text);
    for (const entry of this.#entries)
      if (entry.print === print && entry.text === text && suits(entry.work)) return { work: entry.work, isNew: false };
    const work = begin();
    this.#entries.push({ text, print, work });
    return { work, isNew: true };
  }

  /** Forgets work that is over, so that it is begun anew. */
  forget(work: Work): void {
    const place = this.#entries.findIndex((entry) => entry.work === work);
    if (place !== -1) this.#entries.splice(place, 1);
  }
}

/** How much of a text tells it apart: mostly its end, where the values of variables are. */
const told = 256;

/** A number that is most likely another for another text. */
function fingerprint(text: string): number {
  let print = text.length;
  for (let at = Math.max(0, print - told); at < text.length; at += 1)
    print = Math.imul(print, 31) + text.charCodeAt(at);
  return print;
}

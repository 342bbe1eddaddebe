import { Feed } from 'feed';

/** An entry of a feed. Its times are days or RFC 3339 times. */
export interface Entry {
  /** The address of what the entry is about; the same for ever. */
  readonly id: string;
  readonly title: string;
  readonly summary: string | undefined;
  readonly link: string;
  /** When it began. */
  readonly published: string | undefined;
  /** When it was last found in a source. */
  readonly updated: string;
}

export interface FeedHead {
  readonly title: string;
  /** The address of the feed. */
  readonly address: string;
  readonly portal: string;
  /** What is missing from the feed. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Writes a feed in Atom (RFC 4287), the newest entry first. */
export function writeAtom({ title, address, portal, missing }: FeedHead, entries: readonly Entry[]): string {
  const [newest] = entries;
  const feed = new Feed({
    id: address,
    title,
    link: portal,
    // RFC 4287 requires one. Each entry names its source.
    author: { name: 'Reuse Graph', link: portal },
    feedLinks: { atom: address },
    // Of what the feed contains, so that a feed without changes is the same.
    updated: new Date(newest?.updated ?? 0),
    generator: false,
    ...(missing.size > 0
      ? { description: `Incomplete at present: ${[...missing].map((entry) => entry.join(' ')).join(', ')}` }
      : {}),
  });
  for (const entry of entries)
    feed.addItem({
      id: entry.id,
      // The package states that both are HTML.
      title: escapeHtml(entry.title),
      ...(entry.summary === undefined ? {} : { description: escapeHtml(entry.summary) }),
      link: entry.link,
      date: new Date(entry.updated),
      ...(entry.published === undefined ? {} : { published: new Date(entry.published) }),
    });
  return feed.atom1();
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How many entries a feed has: readers that request it daily miss none. */
const maxEntries = 100;

/** Collects the newest entries of a list of any length. */
export class NewestEntries {
  #entries: Entry[] = [];

  add(entries: readonly Entry[]): void {
    const all = [...this.#entries, ...entries].sort(
      (one, other) =>
        compare(other.updated, one.updated) ||
        compare(other.published ?? '', one.published ?? '') ||
        compare(one.id, other.id),
    );
    this.#entries = all.slice(0, maxEntries);
  }

  get list(): readonly Entry[] {
    return this.#entries;
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

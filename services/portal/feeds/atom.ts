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
  /** The page that this is, from 1, and how many there are. */
  readonly page: number;
  readonly pages: number;
  /** What is missing from the feed. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Writes a page of a feed in Atom (RFC 4287), the newest entry first. */
export function writeAtom(head: FeedHead, entries: readonly Entry[]): string {
  const { title, address, portal, page, missing } = head;
  const [newest] = entries;
  const feed = new Feed({
    id: address,
    title,
    link: portal,
    // RFC 4287 requires one. Each entry names its source.
    author: { name: 'Reuse Graph', link: portal },
    feedLinks: { atom: toPageAddress(address, page) },
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
  // The package writes no other links. What it escapes contains no such text.
  return feed.atom1().replace('<link rel="self"', `${toPageLinks(head)}<link rel="self"`);
}

/** The links of a paged feed (RFC 5005). A feed of one page has none. */
function toPageLinks({ address, page, pages }: FeedHead): string {
  const links = [
    { rel: 'first', to: 1, exists: pages > 1 },
    { rel: 'previous', to: page - 1, exists: page > 1 },
    { rel: 'next', to: page + 1, exists: page < pages },
    { rel: 'last', to: pages, exists: pages > 1 },
  ];
  return links
    .filter(({ exists }) => exists)
    .map(({ rel, to }) => `<link rel="${rel}" href="${escapeHtml(toPageAddress(address, to))}"/>\n    `)
    .join('');
}

function toPageAddress(address: string, page: number): string {
  if (page === 1) return address;
  const url = new URL(address);
  url.searchParams.set('page', String(page));
  return url.href;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How many entries a page has: readers that request a feed daily miss none. */
const pageSize = 100;
/** How many pages a feed has at most. */
export const maxPages = 10;
const maxEntries = pageSize * maxPages;

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

  get size(): number {
    return this.#entries.length;
  }

  /** How many pages there are; one if there are no entries. */
  get pages(): number {
    return Math.max(1, Math.ceil(this.size / pageSize));
  }

  /** The entries of a page, from 1. */
  page(number: number): readonly Entry[] {
    return this.#entries.slice((number - 1) * pageSize, number * pageSize);
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

import type { z } from 'zod';

import { type Content, contentsOf, type Subject } from '../feed/entry-schemas.js';
import type { RawEntry } from '../feed/read-feed-page.js';
import { rowsOf } from './to-index-rows.js';

/** The tables of the index that hold what countries say. */
export const tables = [
  'organisation',
  'membership',
  'claim',
  'catalogue_record',
  'portfolio_entry',
  'adoption',
] as const;
export type Table = (typeof tables)[number];

/** Where what is of a subject stands, and what its ids say that it is. */
const subjects: Readonly<Record<Subject, { readonly table: Table; readonly type: string }>> = {
  ADMINISTRATION: { table: 'organisation', type: 'administration' },
  CONSORTIUM: { table: 'organisation', type: 'consortium' },
  MEMBERSHIP: { table: 'membership', type: 'membership' },
  CLAIM: { table: 'claim', type: 'claim' },
  RECORD: { table: 'catalogue_record', type: 'record' },
  PORTFOLIO: { table: 'portfolio_entry', type: 'portfolio' },
  ADOPTION: { table: 'adoption', type: 'adoption' },
};

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** An entry that is not taken into the index. */
export interface Refused {
  readonly subject: string;
  readonly subjectId: string;
  readonly reason: string;
  readonly at: string;
}

/** What a page of a feed does to one table: rows to write, and ids that are there no longer. */
export interface TableChange {
  readonly rows: readonly Row[];
  readonly gone: readonly string[];
}

/** What a page of a feed does to the index. */
export interface Changes {
  readonly of: Readonly<Record<Table, TableChange>>;
  readonly refused: readonly Refused[];
  /** Entries that are as they should be: whatever was refused of them before. */
  readonly accepted: readonly Pick<Refused, 'subject' | 'subjectId'>[];
}

/**
 * Makes a function that holds the entries of a country against the contract, one by one. One that is malformed, too large or
 * of another country is refused, and what it was of is gone: an index that is made anew would not have it either.
 */
export function createAccept(country: string): (entries: readonly RawEntry[]) => Changes {
  const schemas = contentsOf(country);
  return (entries) => {
    const of = Object.fromEntries(
      tables.map((table) => [table, { rows: new Map<string, Row>(), gone: new Set<string>() }]),
    );
    const outcomes: (Refused | Pick<Refused, 'subject' | 'subjectId'>)[] = [];
    for (const entry of latestOf(entries, ({ subject, subjectId }) => `${subject} ${subjectId}`)) {
      const { subject, subjectId, at } = entry;
      const read = readEntry(schemas, country, entry);
      const outcome = 'reason' in read ? { reason: printable(read.reason, 300), at } : {};
      outcomes.push({ ...shortened(entry), ...outcome });
      if (!isSubject(subject)) continue;
      const { table, type } = subjects[subject];
      if ('row' in read && read.row !== null) of[table]?.rows.set(subjectId, read.row);
      // An id of another subject names nothing that this one could take away.
      else if (isOwn(country, subjectId, type)) of[table]?.gone.add(subjectId);
    }
    // Two ids may be one when they are shortened: then, too, the later entry counts, on one page as on two.
    const told = latestOf(outcomes, ({ subject, subjectId }) => `${subject} ${subjectId}`);
    return {
      of: Object.fromEntries(
        Object.entries(of).map(([table, { rows, gone }]) => [table, { rows: [...rows.values()], gone: [...gone] }]),
      ) as unknown as Changes['of'],
      refused: told.filter((outcome) => 'reason' in outcome),
      accepted: told.filter((outcome) => !('reason' in outcome)),
    };
  };
}

/** The last of those that have the same key, in the order in which they came. */
function latestOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const latest = new Map<string, Item>();
  for (const item of items) {
    latest.delete(keyOf(item));
    latest.set(keyOf(item), item);
  }
  return [...latest.values()];
}

function readEntry(
  schemas: ReturnType<typeof contentsOf>,
  country: string,
  { subject, subjectId, kind, content, fault }: RawEntry,
): { readonly reason: string } | { readonly row: Row | null } {
  if (!isSubject(subject)) return { reason: 'is of a subject that this index does not know' };
  if (!isOwn(country, subjectId)) return { reason: `is not of ${country}` };
  if (kind === 'DELETE') return { row: null };
  if (fault !== null) return { reason: fault };
  if (content === null) return { row: null };
  const read = (schemas[subject] as z.ZodType<Content<Subject>>).safeParse(content);
  if (!read.success) return { reason: reasonOf(read.error) };
  if (read.data.id !== subjectId) return { reason: 'holds something with another id' };
  return { row: (rowsOf[subject] as (content: Content<Subject>) => Row | null)(read.data) };
}

const isSubject = (subject: string): subject is Subject => Object.hasOwn(subjects, subject);

const isOwn = (country: string, id: string, type?: string): boolean =>
  id.length <= 200 &&
  !id.includes('\0') &&
  id.startsWith(`${country.toLowerCase()}:${type === undefined ? '' : `${type}:`}`);

function reasonOf({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.join('.') ?? '';
  return `${place === '' ? 'it' : place.slice(0, 100)} ${issue?.message ?? 'is malformed'}`.slice(0, 300);
}

const shortened = ({ subject, subjectId }: RawEntry): Pick<Refused, 'subject' | 'subjectId'> => ({
  subject: printable(subject, 40),
  subjectId: printable(subjectId, 120),
});

const printable = (text: string, longest: number): string => text.slice(0, longest).replace(/\p{C}/gu, '�');

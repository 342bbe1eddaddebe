import type { z } from 'zod';

import { type Content, createEntrySchemas, type Subject } from '../feed/entry-schemas.js';
import type { RawEntry } from '../feed/read-feed-page.js';
import { toIndexRow } from './to-index-rows.js';

/** The tables of the index that hold what countries say. */
export const sourceTables = [
  'organisation',
  'membership',
  'claim',
  'catalogue_record',
  'portfolio_entry',
  'adoption',
] as const;
export type SourceTable = (typeof sourceTables)[number];

/** Where what is of a subject stands, and what its ids say that it is. */
const subjectTables: Readonly<Record<Subject, { readonly table: SourceTable; readonly type: string }>> = {
  ADMINISTRATION: { table: 'organisation', type: 'administration' },
  CONSORTIUM: { table: 'organisation', type: 'consortium' },
  MEMBERSHIP: { table: 'membership', type: 'membership' },
  CLAIM: { table: 'claim', type: 'claim' },
  RECORD: { table: 'catalogue_record', type: 'record' },
  PORTFOLIO: { table: 'portfolio_entry', type: 'portfolio' },
  ADOPTION: { table: 'adoption', type: 'adoption' },
};

export type IndexRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** An entry that is not taken into the index. */
export interface RejectedEntry {
  readonly subject: string;
  readonly subjectId: string;
  readonly reason: string;
  readonly at: string;
}

/** What a page of a feed does to one table: rows to write, and ids that are there no longer. */
export interface TableChange {
  readonly rows: readonly IndexRow[];
  readonly removedIds: readonly string[];
}

/** What a page of a feed does to the index. */
export interface IndexChanges {
  readonly byTable: Readonly<Record<SourceTable, TableChange>>;
  readonly rejected: readonly RejectedEntry[];
  /** Entries that are as they should be: whatever was refused of them before. */
  readonly accepted: readonly Pick<RejectedEntry, 'subject' | 'subjectId'>[];
}

/**
 * Makes a function that holds the entries of a country against the contract, one by one. One that is malformed, too large or
 * of another country is refused, and what it was of is gone: an index that is made anew would not have it either.
 */
export function createEntryValidator(country: string): (entries: readonly RawEntry[]) => IndexChanges {
  const schemas = createEntrySchemas(country);
  return (entries) => {
    const byTable = Object.fromEntries(
      sourceTables.map((table) => [table, { rows: new Map<string, IndexRow>(), removedIds: new Set<string>() }]),
    );
    const outcomes: (RejectedEntry | Pick<RejectedEntry, 'subject' | 'subjectId'>)[] = [];
    for (const entry of keepLatest(entries, ({ subject, subjectId }) => `${subject} ${subjectId}`)) {
      const { subject, subjectId, at } = entry;
      const read = validateEntry(schemas, country, entry);
      const outcome = 'reason' in read ? { reason: printable(read.reason, 300), at } : {};
      outcomes.push({ ...toPrintableKey(entry), ...outcome });
      if (!isSubject(subject)) continue;
      const { table, type } = subjectTables[subject];
      if ('row' in read && read.row !== null) byTable[table]?.rows.set(subjectId, read.row);
      // An id of another subject names nothing that this one could take away.
      else if (belongsTo(country, subjectId, type)) byTable[table]?.removedIds.add(subjectId);
    }
    // Two ids may be one when they are shortened: then, too, the later entry counts, on one page as on two.
    const told = keepLatest(outcomes, ({ subject, subjectId }) => `${subject} ${subjectId}`);
    return {
      byTable: Object.fromEntries(
        Object.entries(byTable).map(([table, { rows, removedIds }]) => [
          table,
          { rows: [...rows.values()], removedIds: [...removedIds] },
        ]),
      ) as unknown as IndexChanges['byTable'],
      rejected: told.filter((outcome) => 'reason' in outcome),
      accepted: told.filter((outcome) => !('reason' in outcome)),
    };
  };
}

/** The last of those that have the same key, in the order in which they came. */
function keepLatest<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const latest = new Map<string, Item>();
  for (const item of items) {
    latest.delete(keyOf(item));
    latest.set(keyOf(item), item);
  }
  return [...latest.values()];
}

function validateEntry(
  schemas: ReturnType<typeof createEntrySchemas>,
  country: string,
  { subject, subjectId, kind, content, problem: fault }: RawEntry,
): { readonly reason: string } | { readonly row: IndexRow | null } {
  if (!isSubject(subject)) return { reason: 'is of a subject that this index does not know' };
  if (!belongsTo(country, subjectId)) return { reason: `is not of ${country}` };
  if (kind === 'DELETE') return { row: null };
  if (fault !== null) return { reason: fault };
  if (content === null) return { row: null };
  const read = (schemas[subject] as z.ZodType<Content<Subject>>).safeParse(content);
  if (!read.success) return { reason: toReason(read.error) };
  if (read.data.id !== subjectId) return { reason: 'holds something with another id' };
  return { row: (toIndexRow[subject] as (content: Content<Subject>) => IndexRow | null)(read.data) };
}

const isSubject = (subject: string): subject is Subject => Object.hasOwn(subjectTables, subject);

const belongsTo = (country: string, id: string, type?: string): boolean =>
  id.length <= 200 &&
  !id.includes('\0') &&
  id.startsWith(`${country.toLowerCase()}:${type === undefined ? '' : `${type}:`}`);

function toReason({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.join('.') ?? '';
  return `${place === '' ? 'it' : place.slice(0, 100)} ${issue?.message ?? 'is malformed'}`.slice(0, 300);
}

const toPrintableKey = ({ subject, subjectId }: RawEntry): Pick<RejectedEntry, 'subject' | 'subjectId'> => ({
  subject: printable(subject, 40),
  subjectId: printable(subjectId, 120),
});

const printable = (text: string, longest: number): string => text.slice(0, longest).replace(/\p{C}/gu, '�');

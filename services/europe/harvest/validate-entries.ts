import type { z } from 'zod';

import { mapInSlices } from '../../kit/map-in-slices.js';
import { type Content, createEntrySchemas, type Subject } from '../feed/entry-schemas.js';
import type { RawEntry } from '../feed/read-feed-page.js';
import { mapTables, type SourceTable } from '../source-tables.js';
import { toIndexRow } from './to-index-rows.js';

/** The table of each subject, and the type that its ids contain. */
const subjectTables: Readonly<Record<Subject, { readonly table: SourceTable; readonly type: string }>> = {
  ADMINISTRATION: { table: 'organisation', type: 'administration' },
  CONSORTIUM: { table: 'organisation', type: 'consortium' },
  MEMBERSHIP: { table: 'membership', type: 'membership' },
  CLAIM: { table: 'claim', type: 'claim' },
  RECORD: { table: 'catalogue_record', type: 'record' },
  PORTFOLIO: { table: 'portfolio_entry', type: 'portfolio' },
  ADOPTION: { table: 'adoption', type: 'adoption' },
  CODE_LIST: { table: 'code_list', type: 'code-list' },
  CODE: { table: 'code', type: 'code' },
  CODE_MAPPING: { table: 'code_mapping', type: 'code-mapping' },
  NEED: { table: 'need', type: 'need' },
  NEED_HOLDER: { table: 'need_holder', type: 'need-holder' },
  TERMS: { table: 'terms', type: 'terms' },
  CONTRACT: { table: 'contract', type: 'contract' },
};

type IndexRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** Identifies what an entry is about. */
interface EntryKey {
  readonly subject: string;
  readonly subjectId: string;
}

/** An entry that is not taken into the index. */
export interface RejectedEntry extends EntryKey {
  readonly reason: string;
  readonly at: string;
}

/** What a page of a feed does to one table. */
export interface TableChange {
  readonly rows: readonly IndexRow[];
  readonly removedIds: readonly string[];
}

/** What a page of a feed does to the index. */
export interface IndexChanges {
  readonly byTable: Readonly<Record<SourceTable, TableChange>>;
  readonly rejected: readonly RejectedEntry[];
  /** Valid entries: an earlier rejection of the same subject is forgotten. */
  readonly accepted: readonly EntryKey[];
}

/**
 * Creates a function that validates the entries of a country against the contract, one by one. An entry that is malformed, too
 * large or of another country is rejected, and its subject is removed: an index that is rebuilt would not have it either.
 */
export function createEntryValidator(country: string): (entries: readonly RawEntry[]) => Promise<IndexChanges> {
  const schemas = createEntrySchemas(country);
  return async (entries) => {
    const changes = mapTables(() => ({ rows: new Map<string, IndexRow>(), removedIds: new Set<string>() }));
    const outcomes: (RejectedEntry | EntryKey)[] = [];
    // A page of a thousand entries takes a tenth of a second.
    await mapInSlices(keepLatest(entries), (entry) => {
      const { subject, subjectId, at } = entry;
      const result = validateEntry(schemas, country, entry);
      const rejection = 'reason' in result ? { reason: toPrintable(result.reason, 300), at } : {};
      outcomes.push({ ...toPrintableKey(entry), ...rejection });
      if (!isSubject(subject)) return;
      const { table, type } = subjectTables[subject];
      if ('row' in result && result.row !== null) changes[table].rows.set(subjectId, result.row);
      // An id that contains the type of another subject names nothing that this entry could remove.
      else if (belongsTo(country, subjectId, type)) changes[table].removedIds.add(subjectId);
    });
    // Two ids may be equal once they are shortened: then, too, the later entry counts, on one page as on two.
    const latestOutcomes = keepLatest(outcomes);
    return {
      byTable: mapTables((table) => ({
        rows: [...changes[table].rows.values()],
        removedIds: [...changes[table].removedIds],
      })),
      rejected: latestOutcomes.filter((outcome) => 'reason' in outcome),
      accepted: latestOutcomes.filter((outcome) => !('reason' in outcome)),
    };
  };
}

/** The last entry of each subject and id, in the order in which they came. */
function keepLatest<Entry extends EntryKey>(entries: readonly Entry[]): Entry[] {
  const latest = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.subject} ${entry.subjectId}`;
    latest.delete(key);
    latest.set(key, entry);
  }
  return [...latest.values()];
}

/** A null row means that the subject was deleted. */
function validateEntry(
  schemas: ReturnType<typeof createEntrySchemas>,
  country: string,
  { subject, subjectId, kind, content, problem }: RawEntry,
): { readonly reason: string } | { readonly row: IndexRow | null } {
  if (problem !== null && kind !== 'DELETE') return { reason: problem };
  if (!isSubject(subject)) return { reason: 'has a subject that this index does not know' };
  if (!belongsTo(country, subjectId)) return { reason: `is not an entry of ${country}` };
  if (kind === 'DELETE') return { row: null };
  if (isLarger(content, maxEntrySize)) return { reason: `is larger than ${maxEntrySize} characters` };
  const parsed = (schemas[subject] as z.ZodType<Content<Subject>>).safeParse(content);
  if (!parsed.success) return { reason: toReason(parsed.error) };
  if (parsed.data.id !== subjectId) return { reason: 'contains an object with another id' };
  return { row: (toIndexRow[subject] as (content: Content<Subject>) => IndexRow)(parsed.data) };
}

/** Five times the largest publiccode.yml, so that one entry cannot occupy the index for long. */
const maxEntrySize = 1_000_000;

/** Whether the texts and values of a content are more than allowed, each value as one character; stops counting then. */
function isLarger(content: unknown, max: number): boolean {
  // Not by recursion: it may be nested deeply.
  const values: unknown[] = [content];
  for (let size = 0; values.length > 0;) {
    const value = values.pop();
    size += typeof value === 'string' ? value.length + 1 : 1;
    if (size > max) return true;
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) values.push(inner);
  }
  return false;
}

const isSubject = (subject: string): subject is Subject => Object.hasOwn(subjectTables, subject);

const belongsTo = (country: string, id: string, type?: string): boolean =>
  id.length <= 200 &&
  !id.includes('\0') &&
  id.startsWith(`${country.toLowerCase()}:${type === undefined ? '' : `${type}:`}`);

function toReason({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? 'it' : path.slice(0, 100)} ${issue?.message ?? 'is malformed'}`.slice(0, 300);
}

const toPrintableKey = ({ subject, subjectId }: RawEntry): EntryKey => ({
  subject: toPrintable(subject, 40),
  subjectId: toPrintable(subjectId, 120),
});

const toPrintable = (text: string, maxLength: number): string => text.slice(0, maxLength).replace(/\p{C}/gu, '�');

import { licenceFamily } from '../../shared/licence-family.js';
import type { RecordContent, SolutionContent } from '../rows.js';

/** What a merged solution takes from a record. */
export interface SolutionRecord {
  readonly id: string;
  readonly country: string;
  readonly address: string;
  readonly publisher_id: string | null;
  readonly sort_name: string;
  readonly content: RecordContent;
}

/** A solution's row, its content and what it is based on. */
export interface MergedSolution {
  readonly row: {
    readonly id: string;
    readonly address: string;
    readonly kind: string;
    readonly licence: string | null;
    readonly licence_family: string | null;
    readonly development_status: string | null;
    readonly software_type: string | null;
    readonly maintenance: string | null;
    readonly categories: readonly string[];
    readonly release_date: string | null;
    readonly published_in: readonly string[];
    readonly publisher_ids: readonly string[];
    readonly part_of: string | null;
    readonly suite: string | null;
    readonly sort_name: string;
  };
  readonly content: SolutionContent;
  readonly bases: readonly string[];
}

/** Fields that are taken as a whole from the first record that has a value; empty texts and lists are not values. */
const mergedFields = [
  'kind',
  'name',
  'shortDescription',
  'url',
  'licence',
  'developmentStatus',
  'softwareType',
  'categories',
  'releaseDate',
  'maintenance',
  'maintainedUntil',
  'partOf',
] as const;
type Field = Exclude<(typeof mergedFields)[number], 'shortDescription'>;

/**
 * Merges the records of a solution, field by field.
 *
 * @param records in their order of precedence.
 */
export function mergeRecords(
  id: string,
  addresses: readonly string[],
  records: readonly [SolutionRecord, ...SolutionRecord[]],
): MergedSolution {
  const [first] = records;
  const sources = new Map(
    mergedFields.map((field) => [field, records.find(({ content }) => hasValue(content, field))]),
  );
  const valueOf = <Name extends Field>(field: Name): RecordContent[Name] | null =>
    sources.get(field)?.content[field] ?? null;
  // Fields that belong together are not taken from records that contradict each other: the end of a contract, and the maintenance.
  sources.set(
    'maintainedUntil',
    findConsistentRecord(records, sources.get('maintenance'), 'maintenance', 'maintainedUntil'),
  );
  sources.set('softwareType', findConsistentRecord(records, sources.get('kind'), 'kind', 'softwareType'));
  const publishers = [...new Set(records.flatMap(({ publisher_id }) => publisher_id ?? []))].sort();
  const named = (sources.get('name') ?? first).content;
  const licence = sources.get('licence')?.content.licence ?? null;
  return {
    row: {
      id,
      address: first.address,
      kind: first.content.kind,
      licence,
      licence_family: licenceFamily(licence),
      development_status: valueOf('developmentStatus'),
      software_type: valueOf('softwareType'),
      maintenance: valueOf('maintenance'),
      categories: valueOf('categories') ?? [],
      release_date: valueOf('releaseDate'),
      published_in: publishedIn(publishers, records),
      publisher_ids: publishers,
      part_of: valueOf('partOf'),
      suite: records.find(({ content }) => content.suite !== null)?.content.suite ?? null,
      sort_name: (sources.get('name') ?? first).sort_name,
    },
    content: {
      addresses: [first.address, ...addresses.filter((address) => address !== first.address).sort()],
      name: named.name,
      names: named.descriptions.flatMap(({ language, localisedName: text }) =>
        text === null ? [] : [{ language, text }],
      ),
      shortDescriptions: records.flatMap(({ id: recordId, content }) =>
        content.descriptions.flatMap(({ language, shortDescription: text }) =>
          text === null ? [] : [{ language, text, recordId }],
        ),
      ),
      url: valueOf('url'),
      licence,
      maintenance: valueOf('maintenance'),
      maintainedUntil: valueOf('maintainedUntil'),
      origins: [...sources].flatMap(([field, source]) =>
        source ? [{ field, recordId: source.id, country: source.country }] : [],
      ),
    },
    bases: [...new Set(records.flatMap(({ content }) => content.bases))].filter((base) => !addresses.includes(base)),
  };
}

/** The record of the second field: the first of those that agree with the merged value of the first field. */
const findConsistentRecord = (
  records: readonly SolutionRecord[],
  source: SolutionRecord | undefined,
  first: Field,
  second: Field,
): SolutionRecord | undefined =>
  records.find(({ content }) => (!source || content[first] === source.content[first]) && hasValue(content, second));

function hasValue(content: RecordContent, field: (typeof mergedFields)[number]): boolean {
  if (field === 'shortDescription')
    return content.descriptions.some(({ shortDescription }) => shortDescription !== null);
  const value = content[field];
  return value !== null && value !== '' && (!Array.isArray(value) || value.length > 0);
}

/** The countries of its publishers; if none is known, those of the catalogues that describe it. */
const publishedIn = (publishers: readonly string[], records: readonly SolutionRecord[]): string[] =>
  [
    ...new Set(
      publishers.length > 0
        ? publishers.map((id) => id.slice(0, 2).toUpperCase())
        : records.map(({ country }) => country),
    ),
  ].sort();

import { licenceFamily } from './licence-family.js';
import type { RecordContent, SolutionContent } from '../rows.js';

/** A record as a solution is described from it. */
export interface SolutionRecord {
  readonly id: string;
  readonly country: string;
  readonly address: string;
  readonly publisher_id: string | null;
  readonly sort_name: string;
  readonly content: RecordContent;
}

/** A solution's row, and what is shown of it. */
export interface MergedSolution {
  readonly row: {
    readonly id: string;
    readonly address: string;
    readonly kind: string;
    readonly licence_family: string | null;
    readonly development_status: string | null;
    readonly software_type: string | null;
    readonly categories: readonly string[];
    readonly release_date: string | null;
    readonly published_in: readonly string[];
    readonly publisher_ids: readonly string[];
    readonly sort_name: string;
  };
  readonly content: SolutionContent;
  readonly bases: readonly string[];
}

/** The fields that one record gives, the first that says anything of it; empty texts and lists say nothing. */
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
] as const;
type Field = Exclude<(typeof mergedFields)[number], 'shortDescription'>;

/**
 * What the records of a solution say of it together.
 *
 * @param records the one that is believed first comes first; there is at least one.
 */
export function mergeRecords(
  id: string,
  addresses: readonly string[],
  records: readonly [SolutionRecord, ...SolutionRecord[]],
): MergedSolution {
  const [first] = records;
  const givers = new Map(mergedFields.map((field) => [field, records.find(({ content }) => hasValue(content, field))]));
  const given = <Name extends Field>(field: Name): RecordContent[Name] | null =>
    givers.get(field)?.content[field] ?? null;
  // What belongs together is not stitched from records that contradict each other: a contract's end, and how it is maintained.
  givers.set(
    'maintainedUntil',
    findConsistentRecord(records, givers.get('maintenance'), 'maintenance', 'maintainedUntil'),
  );
  givers.set('softwareType', findConsistentRecord(records, givers.get('kind'), 'kind', 'softwareType'));
  const publishers = [...new Set(records.flatMap(({ publisher_id }) => publisher_id ?? []))].sort();
  const named = (givers.get('name') ?? first).content;
  const licence = givers.get('licence')?.content.licence ?? null;
  return {
    row: {
      id,
      address: first.address,
      kind: first.content.kind,
      licence_family: licenceFamily(licence),
      development_status: given('developmentStatus'),
      software_type: given('softwareType'),
      categories: given('categories') ?? [],
      release_date: given('releaseDate'),
      published_in: publishedIn(publishers, records),
      publisher_ids: publishers,
      sort_name: (givers.get('name') ?? first).sort_name,
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
      url: given('url'),
      licence,
      maintenance: given('maintenance'),
      maintainedUntil: given('maintainedUntil'),
      origins: [...givers].flatMap(([field, giver]) =>
        giver ? [{ field, recordId: giver.id, country: giver.country }] : [],
      ),
    },
    bases: [...new Set(records.flatMap(({ content }) => content.bases))].filter((base) => !addresses.includes(base)),
  };
}

/** Who gives the second field: of those that say the same of the first, the one that is believed first. */
const findConsistentRecord = (
  records: readonly SolutionRecord[],
  giver: SolutionRecord | undefined,
  first: Field,
  second: Field,
): SolutionRecord | undefined =>
  records.find(({ content }) => (!giver || content[first] === giver.content[first]) && hasValue(content, second));

function hasValue(content: RecordContent, field: (typeof mergedFields)[number]): boolean {
  if (field === 'shortDescription')
    return content.descriptions.some(({ shortDescription }) => shortDescription !== null);
  const value = content[field];
  return value !== null && value !== '' && (!Array.isArray(value) || value.length > 0);
}

/** In the countries of its publishers; where none is known, of the catalogues that describe it. */
const publishedIn = (publishers: readonly string[], records: readonly SolutionRecord[]): string[] =>
  [
    ...new Set(
      publishers.length > 0
        ? publishers.map((id) => id.slice(0, 2).toUpperCase())
        : records.map(({ country }) => country),
    ),
  ].sort();

import { byCreation, type RecordSummary } from './catalogue-reader.js';
import { toUuid } from './to-uuid.js';

/** A publisher, as the Open Catalog API describes it. */
export interface Publisher {
  readonly uuid: string;
  readonly alternativeId: string | undefined;
  readonly catalogueId: string;
  readonly description: string;
  readonly codeHosting: readonly CodeHosting[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface CodeHosting {
  readonly url: string;
  readonly group: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Each page of a list needs all publishers; a list of records lives as long as it is the current one. */
const known = new WeakMap<readonly RecordSummary[], readonly Publisher[]>();

/** The publishers of records: those who publish at least one, with the groups of repositories in which their records are. */
export function toPublishers(records: readonly RecordSummary[]): readonly Publisher[] {
  const publishers = known.get(records) ?? findPublishers(records);
  known.set(records, publishers);
  return publishers;
}

const findPublishers = (records: readonly RecordSummary[]): readonly Publisher[] =>
  [
    ...groupBy(
      records.filter(({ publisher }) => publisher),
      ({ publisher, catalogueId }) => publisher?.id ?? `${catalogueId} ${publisher?.name ?? ''}`,
    ),
  ]
    .flatMap(([key, own]) => toPublisher(key, own))
    .sort(byCreation);

function groupBy(
  records: readonly RecordSummary[],
  keyOf: (record: RecordSummary) => string,
): Map<string, RecordSummary[]> {
  const groups = new Map<string, RecordSummary[]>();
  for (const record of records) {
    const key = keyOf(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

function toPublisher(key: string, records: readonly RecordSummary[]): Publisher[] {
  const [first] = records;
  if (!first?.publisher) return [];
  const hosting = groupBy(records, ({ url }) => toHosting(url).url);
  return [
    {
      uuid: toUuid(key),
      alternativeId: first.publisher.id ?? undefined,
      catalogueId: first.catalogueId,
      description: first.publisher.name.slice(0, 255),
      codeHosting: [...hosting]
        .slice(0, 255)
        .map(([url, own]) => ({ url, group: toHosting(own[0]?.url ?? url).group, ...periodOf(own) })),
      ...periodOf(records),
    },
  ];
}

const periodOf = (records: readonly RecordSummary[]) => ({
  createdAt: records.map(({ createdAt }) => createdAt).sort()[0] ?? '',
  updatedAt:
    records
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1) ?? '',
});

/** `https://github.com/os2mo/os2mo` is in the group `https://github.com/os2mo/`; a repository without a group is hosted by itself. */
function toHosting(url: string): { url: string; group: boolean } {
  const { origin, pathname } = new URL(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  return segments.length < 2
    ? { url, group: false }
    : { url: `${origin}/${segments.slice(0, -1).join('/')}/`, group: true };
}

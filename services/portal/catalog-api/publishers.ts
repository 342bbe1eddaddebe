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

/** The publishers of records: those who publish at least one, with the groups of repositories in which their records are. */
export function toPublishers(records: readonly RecordSummary[]): Publisher[] {
  const byPublisher = new Map<string, RecordSummary[]>();
  for (const record of records) {
    if (!record.publisher) continue;
    const key = record.publisher.id ?? `${record.catalogueId} ${record.publisher.name}`;
    byPublisher.set(key, [...(byPublisher.get(key) ?? []), record]);
  }
  return [...byPublisher].flatMap(([key, own]) => toPublisher(key, own)).sort(byCreation);
}

function toPublisher(key: string, records: readonly RecordSummary[]): Publisher[] {
  const [first] = records;
  if (!first?.publisher) return [];
  const hosting = new Map<string, RecordSummary[]>();
  for (const record of records) {
    const { url } = toHosting(record.url);
    hosting.set(url, [...(hosting.get(url) ?? []), record]);
  }
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

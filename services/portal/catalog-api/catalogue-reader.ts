import { LRUCache } from 'lru-cache';

import { countries } from '../../../schema/values/countries.js';
import { HttpError } from '../../kit/http-error.js';
import { type GatewayClient, portalAsSender } from '../gateway/gateway-client.js';
import { gatewayUnavailable } from '../gateway/gateway-error.js';
import { toListOperation } from '../lists/list-operation.js';
import { readList } from '../lists/read-list.js';
import { readOperation } from '../operations/stored-operations.js';
import { toUuid } from './to-uuid.js';

/** A record, as lists of software and publishers need it. */
export interface RecordSummary {
  readonly uuid: string;
  readonly id: string;
  readonly catalogueId: string;
  readonly url: string;
  readonly aliases: readonly string[];
  /** RFC 3339, in UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Who publishes it: an id of the graph, or a name. Null if the catalogue states neither. */
  readonly publisher: { readonly id: string | null; readonly name: string } | null;
}

/** A catalogue, with what its lists contain. */
export interface CatalogueSummary {
  readonly uuid: string;
  readonly id: string;
  readonly country: string;
  readonly title: string;
  readonly records: readonly RecordSummary[];
}

/** Reads the catalogues of some countries, or of all. */
export type CatalogueReader = (country?: string) => Promise<readonly CatalogueSummary[]>;

const tooMany = 'TOO_MANY_RECORDS';
/** How many records are kept of all catalogues together: the API orders all of them, and each takes some hundred bytes. */
const maxRecords = 100_000;

/** How long lists are those of one reading: a client reads page after page, and each page needs the order of all. */
const ttlMs = 60_000;

interface RecordNode {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly aliases: readonly string[];
  readonly issued: string;
  readonly publisherId: string | null;
  readonly publisherName: string | null;
  readonly publisher: { readonly name: string } | null;
  readonly provenance: { readonly retrievedAt: string | null };
}

/**
 * Creates a reader that keeps the summaries of each catalogue for a minute.
 *
 * @param max the number of records of all catalogues together; more are rejected.
 */
export function createCatalogueReader(gateway: Pick<GatewayClient, 'execute'>, max = maxRecords): CatalogueReader {
  /** How many records are kept, or were read so far, of each country. */
  const kept = new Map<string, number>();
  const count = (country: string, records: number): void => {
    kept.set(country, records);
    if ([...kept.values()].reduce((sum, number) => sum + number, 0) <= max) return;
    // What was read is discarded.
    kept.delete(country);
    throw new HttpError(
      `There are more than ${max} records, which this API does not order. Read one country with /v1/catalogs/{country}/software, or all with /export.`,
      { status: 503, code: tooMany },
    );
  };
  const recordsQuery = readOperation('records');
  const cataloguesQuery = readOperation('catalogues');
  const readRecords = async (catalogueId: string, country: string): Promise<RecordSummary[]> => {
    const list = toListOperation({ query: recordsQuery, variables: { catalogue: catalogueId } });
    const records: RecordSummary[] = [];
    for await (const { items, missing } of readList(list, gateway, portalAsSender())) {
      if ((missing.get(country) ?? 'STALE') !== 'STALE') throw gatewayUnavailable();
      for (const item of items) {
        const record = item && toSummary(item as unknown as RecordNode, catalogueId);
        if (record) records.push(record);
      }
      count(country, records.length);
    }
    return records.sort(byCreation);
  };
  const titles = new LRUCache<'titles', ReadonlyMap<string, string>>({
    max: 1,
    ttl: ttlMs,
    fetchMethod: async () => {
      const { data } = await gateway.execute({ query: cataloguesQuery }, portalAsSender());
      const found = (data['catalogues'] ?? []) as readonly ({ country: string; title: string } | null)[];
      return new Map(found.flatMap((catalogue) => (catalogue ? [[catalogue.country, catalogue.title]] : [])));
    },
  });
  const summaries = new LRUCache<string, CatalogueSummary>({
    max: countries.length,
    ttl: ttlMs,
    // Only a summary that is replaced or expired makes room.
    ttlAutopurge: true,
    dispose: (_summary, country, reason) => {
      if (reason === 'expire') kept.delete(country);
    },
    fetchMethod: async (country) => {
      const id = `${country.toLowerCase()}:catalogue`;
      const title = (await titles.fetch('titles'))?.get(country);
      if (title === undefined) throw gatewayUnavailable();
      try {
        return { uuid: toUuid(id), id, country, title, records: await readRecords(id, country) };
      } catch (error) {
        kept.delete(country);
        throw error;
      }
    },
  });
  const read = async (country: string): Promise<CatalogueSummary> => {
    const summary = await summaries.fetch(country);
    if (!summary) throw gatewayUnavailable();
    return summary;
  };
  return async (country) => {
    const codes = countries.map(({ code }) => code).filter((code) => country === undefined || code === country);
    try {
      return await Promise.all(codes.map(read));
    } catch (error) {
      // Makes room for a request for one country.
      if (codes.length > 1 && error instanceof HttpError && error.code === tooMany) {
        summaries.clear();
        kept.clear();
      }
      throw error;
    }
  };
}

/** Orders the records of catalogues, and keeps the order while the catalogues are the same: a client reads page after page. */
export function createMerger(): (catalogues: readonly CatalogueSummary[]) => readonly RecordSummary[] {
  let last: { readonly of: readonly CatalogueSummary[]; readonly records: readonly RecordSummary[] } | undefined;
  return (catalogues) => {
    const [first] = catalogues;
    if (first && catalogues.length === 1) return first.records;
    const isSame = last?.of.length === catalogues.length && last.of.every((one, index) => one === catalogues[index]);
    if (!last || !isSame)
      last = { of: catalogues, records: catalogues.flatMap(({ records }) => records).sort(byCreation) };
    return last.records;
  };
}

/** Undefined if the record has no address of a repository, which software has to have. */
function toSummary(node: RecordNode, catalogueId: string): RecordSummary | undefined {
  const { id, url, aliases, issued, publisherId, publisherName, publisher, provenance } = node;
  if (url === null || url.length > 255) return undefined;
  const name = publisher?.name ?? publisherName ?? publisherId;
  const createdAt = toRfc3339(issued);
  const retrievedAt = toRfc3339(provenance.retrievedAt ?? issued);
  return {
    uuid: toUuid(id),
    id,
    catalogueId,
    url,
    aliases: aliases.filter((alias) => !alias.startsWith('urn:')).map((alias) => `https://${alias.replace('//', '/')}`),
    createdAt,
    // A source can have been read before the catalogue issued the record.
    updatedAt: retrievedAt > createdAt ? retrievedAt : createdAt,
    publisher: name === null ? null : { id: publisherId, name },
  };
}

const toRfc3339 = (time: string): string => new Date(time).toISOString();

/** The order of the Open Catalog API. */
export const byCreation = (
  one: { readonly createdAt: string; readonly uuid: string },
  other: { readonly createdAt: string; readonly uuid: string },
): number => compare(one.createdAt, other.createdAt) || compare(one.uuid, other.uuid);

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

import { countries, europe } from '../../schema/values/countries.js';
import type { ServiceState } from '../request/request-context.js';

/** STALE: its data was read earlier, and may have changed since. */
export type CatalogueState = ServiceState | 'STALE';

/**
 * How a catalogue did in a response. A country is identified by its code; the service that links the countries by its name,
 * as in `extensions.service` of errors.
 */
export type CatalogueEntry =
  | { readonly country: string; readonly state: CatalogueState }
  | { readonly service: string; readonly state: CatalogueState };

const statesBestToWorst: readonly CatalogueState[] = ['OK', 'STALE', 'ERROR', 'TIMEOUT', 'UNAVAILABLE'];

const worse = (one: CatalogueState, other: CatalogueState): CatalogueState =>
  statesBestToWorst.indexOf(one) < statesBestToWorst.indexOf(other) ? other : one;

/**
 * Lists `extensions.catalogues` of a response: one entry for each country that was requested or is outdated in the requested
 * index, in the order of the list of countries, and then Europe's own.
 *
 * @param services the states of the requested services, by name.
 * @param outdatedCountries the countries whose data in the requested index may be outdated, by code.
 */
export function listCatalogueStates(
  services: ReadonlyMap<string, CatalogueState>,
  outdatedCountries: ReadonlyMap<string, CatalogueState>,
): CatalogueEntry[] {
  const entries: CatalogueEntry[] = [];
  for (const { code, folder } of countries) {
    const live = services.get(folder);
    const indexed = outdatedCountries.get(code);
    if (live !== undefined || indexed !== undefined)
      entries.push({ country: code, state: worse(live ?? 'OK', indexed ?? 'OK') });
  }
  const linking = services.get(europe.folder);
  if (linking !== undefined) entries.push({ service: europe.folder, state: linking });
  return entries;
}

/** Returns the name of an entry's service. */
const findService = (catalogue: CatalogueEntry): string | undefined =>
  'service' in catalogue ? catalogue.service : countries.find(({ code }) => code === catalogue.country)?.folder;

/** How the extensions of a response begin, which are its last part. Text in the data cannot contain it: its quotes are escaped. */
const extensionsStart = '"extensions":{';

/**
 * Returns the body with the state STALE for these services. Only the extensions are parsed: the data may have megabytes, and be
 * requested often while a country is down.
 */
export function markStale(body: Buffer, isStale: (service: string) => boolean): Buffer {
  const start = body.lastIndexOf(extensionsStart);
  if (start === -1) return body;
  const { extensions } = JSON.parse(`{${body.toString('utf8', start)}`) as {
    extensions: { catalogues?: readonly CatalogueEntry[] };
  };
  const catalogues = extensions.catalogues?.map((entry) =>
    isStale(findService(entry) ?? '') ? { ...entry, state: worse(entry.state, 'STALE') } : entry,
  );
  const end = `"extensions":${JSON.stringify({ ...extensions, catalogues })}}\n`;
  return Buffer.concat([body.subarray(0, start), Buffer.from(end)]);
}

import { countries, europe } from '../../schema/values/countries.js';
import type { ServiceState } from '../request/request-context.js';

/** STALE: what is shown of it was read earlier, and may have changed since. */
export type CatalogueState = ServiceState | 'STALE';

/**
 * How a catalogue did in an answer. A country is named by its code. What links the countries is none, and is named as in
 * `extensions.service` of errors.
 */
export type CatalogueEntry =
  | { readonly country: string; readonly state: CatalogueState }
  | { readonly service: string; readonly state: CatalogueState };

const statesBestToWorst: readonly CatalogueState[] = ['OK', 'STALE', 'ERROR', 'TIMEOUT', 'UNAVAILABLE'];

const worse = (one: CatalogueState, other: CatalogueState): CatalogueState =>
  statesBestToWorst.indexOf(one) < statesBestToWorst.indexOf(other) ? other : one;

/**
 * `extensions.catalogues` of an answer: one entry for each country that was asked or is missing from the index, in the order
 * of the list of countries, and then Europe's own.
 *
 * @param services how each service did that was asked, by its name.
 * @param behind the countries of which the index that was asked may not have the latest, by code.
 */
export function listCatalogueStates(
  services: ReadonlyMap<string, CatalogueState>,
  behind: ReadonlyMap<string, CatalogueState>,
): CatalogueEntry[] {
  const catalogues: CatalogueEntry[] = [];
  for (const { code, folder } of countries) {
    const live = services.get(folder);
    const indexed = behind.get(code);
    if (live !== undefined || indexed !== undefined)
      catalogues.push({ country: code, state: worse(live ?? 'OK', indexed ?? 'OK') });
  }
  const linking = services.get(europe.folder);
  if (linking !== undefined) catalogues.push({ service: europe.folder, state: linking });
  return catalogues;
}

/** The service behind an entry. */
const findService = (catalogue: CatalogueEntry): string | undefined =>
  'service' in catalogue ? catalogue.service : countries.find(({ code }) => code === catalogue.country)?.folder;

/** The same body, saying of these services that what it shows of them was read earlier. */
export function markStale(body: Buffer, isStale: (service: string) => boolean): Buffer {
  const whole = JSON.parse(body.toString()) as { extensions?: { catalogues?: readonly CatalogueEntry[] } };
  const catalogues = whole.extensions?.catalogues?.map((entry) =>
    isStale(findService(entry) ?? '') ? { ...entry, state: worse(entry.state, 'STALE') } : entry,
  );
  return Buffer.from(`${JSON.stringify({ ...whole, extensions: { ...whole.extensions, catalogues } })}\n`);
}

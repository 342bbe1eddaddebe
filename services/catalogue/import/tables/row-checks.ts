import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import { validateCode } from '../../model/identifiers.js';
import type { IdentifierScheme, NationalCatalogue } from '../../model/national-catalogue.js';
import type { Provenance } from '../../model/rows.js';
import { RowError } from '../core/row-error.js';
import { restoreZeros, zerosHint } from './spreadsheet-faults.js';
import type * as tables from './table-definitions.js';

/** What the rows of a batch can refer to. */
export interface References {
  readonly sources: ReadonlyMap<string, tables.TableRow<typeof tables.sources>>;
  readonly organisations: ReadonlySet<string>;
}

interface Origin {
  readonly source: string;
  readonly observed_on?: string | null;
  readonly method?: Provenance['method'] | null;
  readonly note?: string | null;
}

/** Converts the cells of a row and its source to its provenance. */
export function toProvenance({ sources }: Pick<References, 'sources'>, origin: Origin): Provenance {
  const known = provenances.get(sources) ?? new Map<string, Provenance>();
  provenances.set(sources, known);
  const key = [origin.source, origin.observed_on, origin.method, origin.note].join('\n');
  const provenance = known.get(key) ?? createProvenance(sources, origin);
  known.set(key, provenance);
  return provenance;
}

/** Rows with the same origin share an object: a table may have a million. */
const provenances = new WeakMap<References['sources'], Map<string, Provenance>>();

function createProvenance(
  sources: References['sources'],
  { source: id, observed_on, method, note }: Origin,
): Provenance {
  const source = sources.get(id);
  if (!source) throw new RowError('source', `${JSON.stringify(id)} is not in sources.csv: add the source there`);
  return {
    source: source.url,
    retrievedAt: source.retrieved_at,
    observedOn: observed_on ?? null,
    assertedBy: source.asserted_by,
    method: method ?? 'IMPORTED',
    licence: source.licence,
    note: [note, source.note].filter(Boolean).join(' ') || null,
  };
}

/** Returns an id that must be that of an organisation of this catalogue. */
export function requireKnown({ organisations }: References, column: string, id: string): string {
  if (organisations.has(id)) return id;
  const restored = restoreZeros(id, (candidate) => organisations.has(candidate));
  const hint = restored === undefined ? '' : zerosHint(restored);
  throw new RowError(column, `${JSON.stringify(id)} is not an organisation of this catalogue${hint}`);
}

/** Returns an id that must be known if it is of this country; ids of other countries cannot be checked here. */
export function requireKnownIfDomestic(
  national: NationalCatalogue,
  references: References,
  column: string,
  id: string,
): string {
  const country = parseOrganisationId(id)?.country;
  if (country === undefined) throw new RowError(column, 'must be an id such as dk:administration:0820');
  return country === national.code.toLowerCase() ? requireKnown(references, column, id) : id;
}

/** Rejects a period that ends before it starts, and a precision without a date. */
export function checkPeriod(period: {
  start: string | null;
  end: string | null;
  start_precision: string | null;
  end_precision: string | null;
}): void {
  const { start, end } = period;
  if (start !== null && end !== null && start > end) throw new RowError('end', `${end} is before start, ${start}`);
  if (start === null && period.start_precision !== null)
    throw new RowError('start_precision', 'is set, but start is empty');
  if (end === null && period.end_precision !== null) throw new RowError('end_precision', 'is set, but end is empty');
}

/** Returns an id that must be of this country and of a type. */
export function requireOwnId(national: NationalCatalogue, id: string, type: 'administration' | 'consortium'): string {
  const parsed = parseOrganisationId(id);
  const country = national.code.toLowerCase();
  if (parsed?.country !== country || parsed.type !== type)
    throw new RowError('id', `must begin with ${country}:${type}:`);
  return id;
}

/** Returns an id that must be of this country. */
export function requireOwnRowId({ code }: NationalCatalogue, id: string): string {
  const country = `${code.toLowerCase()}:`;
  if (id.startsWith(country)) return id;
  throw new RowError('id', `must begin with ${country}`);
}

/** What is wrong with a code in a table, where a spreadsheet may have removed its leading zeros; null if nothing is. */
export function validateWrittenCode(scheme: IdentifierScheme, notation: string): string | null {
  const error = validateCode(scheme, notation);
  if (error === null) return null;
  const restored = restoreZeros(notation, (candidate) => validateCode(scheme, candidate) === null);
  return restored === undefined ? error : `${error.replace(/\.$/, '')}${zerosHint(restored)}`;
}

/** The NUTS codes of a country begin with its code; those of Greece with EL. */
export function requireOwnArea({ code }: NationalCatalogue, column: string, nuts: string | null): string | null {
  const prefixes = code === 'GR' ? ['GR', 'EL'] : [code];
  if (nuts === null || prefixes.some((prefix) => nuts.startsWith(prefix))) return nuts;
  throw new RowError(column, `is a NUTS code of another country: it must begin with ${prefixes.join(' or ')}`);
}

/** Nested areas would count their administrations twice. */
export function checkAreas(areas: readonly string[]): void {
  for (const area of areas) {
    const larger = areas.find((other) => other !== area && area.startsWith(other));
    if (larger !== undefined)
      throw new RowError('open_to_nuts', `contains ${area}, which is part of ${larger}: remove one of them`);
  }
}

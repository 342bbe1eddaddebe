import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import { toSearchText } from '../../../shared/name-search.js';
import { normalise } from '../../../shared/normalise.js';
import type { IdentifierScheme, NationalCatalogue } from '../../model/national-catalogue.js';
import { validateCode, canonicalNotation } from '../../model/identifiers.js';
import { chooseName } from '../../model/names.js';
import {
  type ClaimRow,
  type CompletenessRow,
  type CompleteMembers,
  type IdentifierRow,
  type MembershipRow,
  type OrganisationRow,
  type PopulationRow,
  type Provenance,
  type SuccessionRow,
  undated,
} from '../../model/rows.js';
import type { ReadRow } from './read-table.js';
import { RowError } from '../core/row-error.js';
import { restoreZeros, zerosHint } from './spreadsheet-faults.js';
import * as tables from './table-definitions.js';

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

function requireOwnId(national: NationalCatalogue, id: string, type: 'administration' | 'consortium'): string {
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

/** Names are in a database index, which limits their length. */
const maxNameLength = 300;

/** The columns of an organisation that are derived from its names. */
export function toNameColumns(
  national: NationalCatalogue,
  id: string,
  officialLanguages: readonly string[],
  row: Pick<ReadRow<tables.Table>, 'texts'>,
) {
  const names = row.texts('name_');
  if (names.length === 0) throw new RowError('name_', 'is missing: a name is required in at least one language');
  const tooLong = names.find(({ text }) => text.length > maxNameLength);
  if (tooLong) throw new RowError(`name_${tooLong.language}`, `is longer than ${maxNameLength} characters`);
  const alternativeNames = row.texts('alternative_names_');
  return {
    names,
    alternativeNames,
    sortName: normalise(chooseName(national, { id, names, officialLanguages })),
    searchText: toSearchText([...names, ...alternativeNames].map(({ text }) => text)),
  };
}

export const toAdministrationRow =
  (national: NationalCatalogue, references: References) =>
  (row: ReadRow<typeof tables.administrations>): OrganisationRow => {
    const { cells } = row;
    checkPeriod(cells);
    return {
      id: requireOwnId(national, cells.id, 'administration'),
      type: 'ADMINISTRATION',
      kind: cells.kind,
      kindDetail: row.texts('kind_detail_'),
      level: cells.level,
      officialLanguages: cells.official_languages,
      ...toNameColumns(national, cells.id, cells.official_languages, row),
      nuts: requireOwnArea(national, 'nuts', cells.nuts),
      lau: cells.lau,
      homepage: cells.homepage,
      ...tables.toPeriodColumns(cells),
      legalForm: null,
      openToKinds: null,
      openToNuts: null,
      openToDescription: [],
      membersCompleteSince: null,
      completeMembers: null,
      status: null,
      statusProvenance: null,
      national: row.national,
      provenance: toProvenance(references, cells),
    };
  };

export const toConsortiumRow =
  (national: NationalCatalogue, references: References) =>
  (row: ReadRow<typeof tables.consortia>): OrganisationRow => {
    const { cells } = row;
    checkPeriod(cells);
    checkAreas(cells.open_to_nuts);
    const isOpen = cells.open_to_kinds.length > 0;
    return {
      id: requireOwnId(national, cells.id, 'consortium'),
      type: 'CONSORTIUM',
      kind: cells.kind,
      kindDetail: [],
      level: null,
      officialLanguages: cells.official_languages,
      ...toNameColumns(national, cells.id, cells.official_languages, row),
      nuts: null,
      lau: null,
      homepage: cells.homepage,
      ...tables.toPeriodColumns(cells),
      legalForm: cells.legal_form,
      openToKinds: isOpen ? cells.open_to_kinds : null,
      openToNuts: isOpen ? cells.open_to_nuts : null,
      openToDescription: row.texts('open_to_description_'),
      membersCompleteSince: cells.members_complete_since,
      completeMembers: toCompleteMembers(cells),
      ...toStatusColumns(references, cells),
      national: {},
      provenance: toProvenance(references, cells),
    };
  };

function toCompleteMembers({
  complete_members_start: start,
  complete_members_end: end,
  complete_members_kinds: kinds,
}: ReadRow<typeof tables.consortia>['cells']): CompleteMembers | null {
  if (start === null) {
    if (end !== null || kinds.length > 0)
      throw new RowError('complete_members_start', 'is empty: since when are the members complete?');
    return null;
  }
  if (end !== null && end <= start) throw new RowError('complete_members_end', 'is not after complete_members_start');
  return { start, end, kinds: kinds.length === 0 ? null : kinds };
}

/** The status of a consortium, which has a source and a day of its own: the rest of its row is older, or from elsewhere. */
export function toStatusColumns(
  references: References,
  cells: Pick<
    ReadRow<typeof tables.consortia>['cells'],
    'status' | 'status_source' | 'status_observed_on' | 'status_method' | 'status_note'
  >,
): Pick<OrganisationRow, 'status' | 'statusProvenance'> {
  const { status } = cells;
  if (status === null) return { status, statusProvenance: null };
  if (status === 'ENDED') throw new RowError('status', 'is ENDED: enter the end in `end`, or true in `ended`');
  if (cells.status_source === null) throw new RowError('status_source', 'is empty: a status needs its source');
  if (cells.status_observed_on === null)
    throw new RowError('status_observed_on', 'is empty: a status needs the day on which its source showed it');
  const origin = { observed_on: cells.status_observed_on, method: cells.status_method, note: cells.status_note };
  return { status, statusProvenance: toProvenance(references, { source: cells.status_source, ...origin }) };
}

/** Nested areas would count their administrations twice. */
export function checkAreas(areas: readonly string[]): void {
  for (const area of areas) {
    const larger = areas.find((other) => other !== area && area.startsWith(other));
    if (larger !== undefined)
      throw new RowError('open_to_nuts', `contains ${area}, which is part of ${larger}: remove one of them`);
  }
}

export const toIdentifierRow =
  (national: NationalCatalogue, references: References) =>
  ({ cells }: ReadRow<typeof tables.identifiers>): IdentifierRow => {
    checkPeriod(cells);
    const scheme = national.schemes.find((candidate) => candidate.scheme === cells.scheme);
    if (!scheme)
      throw new RowError(
        'scheme',
        `must be one of ${national.schemes.map((candidate) => candidate.scheme).join(', ')}`,
      );
    const notation = canonicalNotation(scheme, cells.notation);
    const error = validateWrittenCode(scheme, notation);
    if (error !== null) throw new RowError('notation', error);
    return {
      organisationId: requireKnown(references, 'organisation', cells.organisation),
      scheme: scheme.scheme,
      notation,
      ...tables.toPeriodColumns(cells),
    };
  };

export const toPopulationRow =
  (references: References) =>
  ({ cells }: ReadRow<typeof tables.populations>): PopulationRow => ({
    organisationId: requireKnown(references, 'organisation', cells.organisation),
    onDate: cells.on ?? undated,
    count: cells.count,
    provenance: toProvenance(references, cells),
  });

export const toSuccessionRow =
  (references: References) =>
  ({ cells }: ReadRow<typeof tables.successions>): SuccessionRow => {
    if (cells.predecessor === cells.successor) throw new RowError('successor', 'is its own predecessor');
    return {
      predecessorId: requireKnown(references, 'predecessor', cells.predecessor),
      successorId: requireKnown(references, 'successor', cells.successor),
    };
  };

export const toMembershipRow =
  (national: NationalCatalogue, references: References) =>
  ({ cells }: ReadRow<typeof tables.memberships>): MembershipRow => {
    checkPeriod(cells);
    if (cells.start === null && cells.observed_on === null) {
      throw new RowError('observed_on', 'is required if start is empty: the membership counts from that day');
    }
    if (cells.member === cells.consortium) throw new RowError('member', 'is the consortium itself');
    return {
      id: cells.id,
      consortiumId: requireKnownIfDomestic(national, references, 'consortium', cells.consortium),
      memberId: requireKnownIfDomestic(national, references, 'member', cells.member),
      role: cells.role,
      ...tables.toPeriodColumns(cells),
      endReason: cells.end_reason,
      observedOn: cells.observed_on,
      provenance: toProvenance(references, cells),
    };
  };

export const toClaimRow =
  (references: References) =>
  ({ cells }: ReadRow<typeof tables.claims>): ClaimRow => {
    const provenance = toProvenance(references, cells);
    if (provenance.source === null)
      throw new RowError('source', 'has no url: a claim requires the address of its source');
    if (cells.consortium === null && cells.address === null) {
      throw new RowError(
        'consortium',
        'is required unless there is an address: a claim is about a consortium or a solution',
      );
    }
    return {
      id: cells.id,
      consortiumId: cells.consortium === null ? null : requireKnown(references, 'consortium', cells.consortium),
      address: cells.address,
      statement: cells.statement,
      relation: cells.relation,
      kind: cells.kind,
      count: cells.count,
      outOf: cells.out_of,
      share: cells.share,
      asOf: cells.as_of,
      precision: cells.as_of === null ? null : (cells.precision ?? 'DAY'),
      publishedOn: cells.published_on,
      source: provenance.source,
      provenance,
    };
  };

/** The whole country is stored as its code, which is the prefix of the codes of all its areas. */
export const toCompletenessRow =
  (national: NationalCatalogue) =>
  ({ cells }: ReadRow<typeof tables.completeness>): CompletenessRow => ({
    kind: cells.kind,
    nuts: requireOwnArea(national, 'nuts', cells.nuts) ?? national.code,
    since: cells.since,
  });

import { toSearchText } from '../../../shared/name-search.js';
import { normalise } from '../../../shared/normalise.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import { canonicalNotation } from '../../model/identifiers.js';
import { chooseName } from '../../model/names.js';
import {
  type ClaimRow,
  type CompletenessRow,
  type CompleteMembers,
  type IdentifierRow,
  type MembershipRow,
  type OrganisationRow,
  type PopulationRow,
  type SuccessionRow,
  undated,
} from '../../model/rows.js';
import type { ReadRow } from './read-table.js';
import { RowError } from '../core/row-error.js';
import {
  checkAreas,
  checkPeriod,
  requireKnown,
  requireKnownIfDomestic,
  requireOwnArea,
  requireOwnId,
  toProvenance,
  validateWrittenCode,
  type References,
} from './row-checks.js';
import * as tables from './table-definitions.js';

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

import { toSolutionAddress } from '../../../schema/values/solution-address.js';
import { toSearchText } from '../../shared/name-search.js';
import { nameKey } from '../../shared/normalise.js';
import { conceptKey } from '../crosswalk/crosswalk.js';
import { dayAfter } from '../../shared/dates.js';
import type { SupplierName } from '../rows.js';
import { searchTexts } from '../search/record-texts.js';
import type { Content } from '../feed/entry-schemas.js';
import { nameVariants } from './name-variants.js';
import { periodColumns, toKey, toSortName } from './row-values.js';
import { toNeedRow } from './to-need-rows.js';

/** The language of a tag, without its region or script. */
const primaryLanguage = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? tag;

const organisationRow = ({
  id,
  name,
  names,
  alternativeNames,
  existed,
  identifiers,
}: Omit<Content<'CONSORTIUM'>, 'openTo' | 'membersCompleteSince' | 'completeMembers' | 'status' | 'provenance'>) => ({
  id,
  codes: [...new Set(identifiers.map(({ notation }) => notation.replace(/[.\s]/g, '').toLowerCase()))].sort(),
  start_date: existed.start,
  end_date: existed.end,
  ended: existed.ended,
  languages: [...new Set(names.map(({ language }) => primaryLanguage(language)))].sort(),
  sort_name: toSortName(name),
  search_text: toSearchText([name, ...[...names, ...alternativeNames].map(({ text }) => text)]),
});

/** The source row of an entry, by its subject; without the columns that Europe derives. */
export const toIndexRow = {
  ADMINISTRATION: (content: Content<'ADMINISTRATION'>) => ({
    ...organisationRow(content),
    type: 'ADMINISTRATION',
    kind: content.kind,
    level: content.level,
    nuts: content.nuts,
    population: content.population?.count ?? null,
    open_to_kinds: null,
    open_to_nuts: null,
    members_complete_since: null,
    complete_members: null,
    status: null,
    source: null,
    observed_on: null,
    written_names: nameVariants(content),
  }),
  CONSORTIUM: (content: Content<'CONSORTIUM'>) => ({
    ...organisationRow(content),
    type: 'CONSORTIUM',
    kind: null,
    level: null,
    nuts: null,
    population: null,
    open_to_kinds: content.openTo?.kinds ?? null,
    open_to_nuts: content.openTo?.nuts ?? null,
    members_complete_since: content.membersCompleteSince,
    complete_members: content.completeMembers,
    status: content.status,
    source: content.provenance.source,
    observed_on: content.provenance.observedOn,
    written_names: [],
  }),
  MEMBERSHIP: (content: Content<'MEMBERSHIP'>) => ({
    id: content.id,
    consortium_id: content.consortiumId,
    member_id: content.memberId,
    role: content.role,
    source: content.provenance.source,
    ...periodColumns(content),
  }),
  CLAIM: (content: Content<'CLAIM'>) => ({
    id: content.id,
    address: content.solutionAddress,
    stated_on: content.asOf ?? content.publishedOn,
    content,
  }),
  RECORD: (content: Content<'RECORD'>) => ({
    id: content.id,
    address: content.solutionAddress,
    aliases: [...new Set(content.aliases)].filter((alias) => alias !== content.solutionAddress),
    issued: content.issued,
    observed_on: content.provenance.observedOn ?? content.issued.slice(0, 10),
    release_date: content.releaseDate,
    publisher_id: content.publisherId,
    // A record of the publisher's own country takes precedence over others.
    own: content.publisherId?.startsWith(`${content.country.toLowerCase()}:`) ?? false,
    content: { ...content, bases: toBases(content), suite: toSuite(content), suppliers: toSuppliers(content) },
    sort_name: toSortName(content.name),
    codes: [...new Set((content.codes ?? []).map(conceptKey))],
    search_text: toSearchText([content.name, ...content.descriptions.map(({ localisedName }) => localisedName ?? '')]),
    texts: searchTexts(content),
  }),
  PORTFOLIO: (content: Content<'PORTFOLIO'>) => ({
    id: content.id,
    consortium_id: content.consortiumId,
    address: content.solutionAddress,
    ...periodColumns(content),
  }),
  ADOPTION: (content: Content<'ADOPTION'>) => ({
    id: content.id,
    administration_id: content.administrationId,
    written_name: content.rawName === null ? null : toKey(nameKey(content.rawName)),
    sort_name: toSortName(content.rawName ?? content.group ?? ''),
    address: content.solutionAddress,
    status: content.status,
    ...periodColumns(content),
    start_precision: content.during.startPrecision,
    content_json: JSON.stringify(content),
  }),
  ...toNeedRow,
  TERMS: (content: Content<'TERMS'>) => ({
    id: content.id,
    consortium_id: content.consortiumId,
    address: content.solutionAddress,
    content,
  }),
  CONTRACT: (content: Content<'CONTRACT'>) => ({
    id: content.id,
    address: content.solutionAddress,
    client_id: content.clientId,
    identifier: content.supplierIdentifier,
    supplier: toSupplier(content.supplierName, content),
    content,
  }),
};

/** A supplier as a statement names it, with what it is found by. A name without a letter or a digit identifies no supplier. */
function toSupplier(name: string, { during, url }: Pick<Content<'CONTRACT'>, 'during' | 'url'>): SupplierName | null {
  const key = toKey(nameKey(name));
  return key === '' ? null : { key, sortName: toSortName(name), searchText: toSearchText([name]), name, during, url };
}

const unknownPeriod = { start: null, startPrecision: null, end: null, endPrecision: null, ended: null };

/** The contractors of a record, each name once. The contract of one ends after its last day. */
const toSuppliers = ({ contractors }: Content<'RECORD'>): SupplierName[] => {
  const suppliers = contractors.flatMap(({ name, until, website: url }) => {
    const end = until === null ? null : dayAfter(until);
    const during = end === null ? unknownPeriod : { ...unknownPeriod, end, endPrecision: 'DAY' as const, ended: true };
    return toSupplier(name, { during, url }) ?? [];
  });
  return [...new Map(suppliers.toReversed().map((supplier) => [supplier.key, supplier])).values()];
};

/** The name of its application suite, as the names of solutions are compared. */
const toSuite = ({ applicationSuite }: Content<'RECORD'>): string | null =>
  applicationSuite === null ? null : toSortName(applicationSuite) || null;

/** The solutions that it is based on, as far as they are given by an address. */
const toBases = ({ isBasedOn, solutionAddress }: Content<'RECORD'>): string[] => [
  ...new Set(isBasedOn.flatMap((base) => toSolutionAddress(base) ?? []).filter((base) => base !== solutionAddress)),
];

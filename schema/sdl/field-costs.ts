// What fields cost that take more time than an ordinary one, in points of which an ordinary field costs one: a few microseconds, in
// this process and in the database. `npm run bench -- costs` compares the points with the time that the fields
// take.

import { countries } from '../values/countries.js';

/** What a field costs: see `FieldCost` in services/kit/graphql/query-cost.ts. */
interface Cost {
  readonly weight?: number | ((argument: (name: string) => unknown) => number);
  readonly length?: number | ((args: Readonly<Record<string, unknown>>) => number);
  readonly page?: { readonly defaultSize: number; readonly maxSize: number };
  readonly isAlternative?: boolean;
}

/** The maximum number of points of a series: a longer one is an error. */
export const maxSeriesPoints = 500;

const daysPerPoint: Readonly<Record<string, number>> = { MONTH: 30, QUARTER: 90, YEAR: 365 };
const dayMs = 86_400_000;

/** The length of a series from `from` to `to`, or a little more. */
function seriesLength({ from, to, interval }: Readonly<Record<string, unknown>>): number {
  const days = (Date.parse(String(to)) - Date.parse(String(from))) / dayMs;
  const length =
    Math.ceil(days / ((typeof interval === 'string' ? daysPerPoint[interval] : daysPerPoint['YEAR']) ?? 0)) + 2;
  return length > 0 && length < maxSeriesPoints ? length : maxSeriesPoints;
}

const perCountry = ({ countries: requested }: Readonly<Record<string, unknown>>): number =>
  Array.isArray(requested) ? requested.length : countries.length;

/** The figure of each administration on a day is found first, whichever the page has. */
const orderedByPopulation = (argument: (name: string) => unknown): number =>
  hasProperty(argument('orderBy'), 'field', 'POPULATION') || hasProperty(argument('filter'), 'population')
    ? 12_000
    : 1_000;

/** The holders of each need are counted first. */
const orderedByHolders = (argument: (name: string) => unknown): number =>
  hasProperty(argument('orderBy'), 'field', 'HOLDERS') ? 18_000 : 2_000;

/** Each word of the text is compared with all solutions, codes and needs, up to the longest text of which that was measured. */
const byWords = (argument: (name: string) => unknown): number => {
  const text = argument('text');
  const words = typeof text === 'string' ? text.trim().split(/\s+/).length : maxCountedWords;
  return 4_000 + 2_000 * Math.min(words, maxCountedWords);
};
const maxCountedWords = 30;

const hasProperty = (input: unknown, name: string, expected?: string): boolean => {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, name)) return false;
  const value = (input as Readonly<Record<string, unknown>>)[name];
  return expected === undefined ? value != null : value === expected;
};

/** The number of candidates of a reuse check: at most 50. */
const candidatesLength = ({ first }: Readonly<Record<string, unknown>>): number =>
  typeof first === 'number' && first >= 0 ? Math.min(first, 50) : 10;

/** One statement counts all of these, so only one of them is charged. */
const countedTogether: Cost = { weight: 2_000, isAlternative: true };

/** By schema coordinate. That of an interface applies to its types. */
export const fieldCosts: Readonly<Record<string, Cost>> = {
  // One statement over many rows. Searching, and what is ordered or filtered by a value of another table, costs most.
  'Catalogue.administrations': { weight: orderedByPopulation },
  'Catalogue.consortia': { weight: 200 },
  'Catalogue.records': { weight: 200 },
  'Catalogue.successions': { weight: 200 },
  'Catalogue.codes': { weight: 200 },
  'Catalogue.codeLists': { weight: 10, length: 20 },
  'Catalogue.needs': { weight: 200 },
  'Catalogue.administrationCount': { weight: 500 },
  'Catalogue.changes': { weight: 100, page: { defaultSize: 100, maxSize: 1_000 } },
  'Query.administrations': { weight: 1_000 },
  'Query.consortia': { weight: 500 },
  'Query.peers': { weight: 1_000 },
  'Query.codes': { weight: 500 },
  'Query.crosswalk': { weight: 500 },
  'Query.needs': { weight: orderedByHolders },
  'Query.solutions': { weight: 1_000 },
  'Query.adoptions': { weight: 200, page: { defaultSize: 20, maxSize: 1_000 } },
  'Query.suppliers': { weight: 200 },
  'Query.solutionChanges': { weight: 100, page: { defaultSize: 100, maxSize: 1_000 } },
  'Query.reuseCheck': { weight: byWords },
  'Query.reuseCheckRecord': { weight: 2_000 },
  'ReuseCheck.candidates': { weight: 2_000, length: candidatesLength },
  'ReuseCheck.sameNeed': { weight: 1_000 },
  'ReuseCandidate.cost': { length: 5 },
  'ReuseCheckRecord.addedSince': { weight: 2_000, length: candidatesLength },
  'ReuseCheck.understoodAs': { length: 5 },
  'ReuseCheck.notConsidered': { weight: 100, length: countries.length },
  'ReuseCandidate.derivatives': { weight: 10, length: 200 },
  'ReuseCandidate.evidence': { weight: 10, length: 20 },
  'Query.reuseMatrix': { weight: 500, length: 100 },
  'Query.reuseChanges': { weight: 1_000, length: countries.length },
  'Query.catalogueStatus': { weight: 100, length: countries.length },
  'AdministrationConnection.totalCount': { weight: 1_000 },
  'AdministrationConnection.unknown': { weight: 1_000 },
  'AdministrationConnection.uncertain': { weight: 1_000 },
  'AdministrationConnection.inhabitants': { weight: 2_000 },
  'PeerConnection.totalCount': { weight: 1_000 },
  'PeerConnection.unknown': { weight: 1_000 },
  'ConsortiumConnection.totalCount': { weight: 200 },
  'CatalogueRecordConnection.totalCount': { weight: 100 },
  'SolutionConnection.totalCount': { weight: 500 },
  'SolutionConnection.unknown': { weight: 500 },
  'SolutionConnection.facets': { weight: 500, length: 9 },
  'SolutionConnection.staleCatalogues': { weight: 100 },
  'SupplierConnection.totalCount': { weight: 200 },
  'CatalogueStatus.figures': { weight: 500 },
  'CatalogueStatus.entries': countedTogether,
  'CatalogueStatus.refused': countedTogether,
  'CatalogueStatus.usersNamed': countedTogether,
  'CatalogueStatus.usersMatched': countedTogether,
  'CatalogueStatus.disputedAddresses': countedTogether,
  'CatalogueStatus.unconfirmedAdoptions': countedTogether,
  'CatalogueStatus.unconfirmedMemberships': countedTogether,
  'CatalogueStatus.disputes': { weight: 100, length: 20 },
  'CatalogueStatus.unconfirmedStatements': { weight: 4_000, length: 20 },
  'CatalogueStatus.refusals': { weight: 100, length: 20 },
  'CatalogueStatus.openUsers': { weight: 9_000, length: 20 },
  // Rows of other tables for each parent, found or counted one by one.
  'Administration.adoptions': { weight: 10 },
  'Administration.population': { weight: 5 },
  'Administration.needs': { weight: 20 },
  'Consortium.needs': { weight: 20 },
  'Need.holders': { weight: 300 },
  'Need.statements': { length: 3 },
  'CodeList.titles': { length: 3 },
  'Code.labels': { length: 3 },
  'Code.mappings': { length: 10 },
  'CatalogueRecord.codes': { length: 5 },
  'Need.codes': { length: 5 },
  'NeedHolder.solutions': { length: 2 },
  'Consortium.members': { weight: 20 },
  'Consortium.coverage': { weight: 100 },
  'Consortium.claims': { weight: 10, length: 30 },
  'Consortium.portfolio': { weight: 20, length: 50 },
  'Consortium.records': { weight: 20 },
  'Consortium.terms': { weight: 10, length: 5 },
  'CatalogueRecord.terms': { weight: 10, length: 5 },
  'CatalogueRecord.portalReadiness': { weight: 10, length: 5 },
  'Terms.fees': { weight: 10, length: 20 },
  'Solution.adoptions': { weight: 10 },
  'Solution.adoptionFacets': { weight: 20, length: 9 },
  'Solution.reuse': { weight: 40 },
  'Solution.unconfirmedReuse': { weight: 10 },
  'Solution.claims': { weight: 10, length: 30 },
  'Solution.disputes': { weight: 10, length: 5 },
  'Solution.records': { length: 5 },
  'Solution.terms': { weight: 10, length: 5 },
  'Solution.mayJoin': { weight: 30 },
  'Supplier.contracts': { weight: 10, length: 200 },
  'Supplier.clients': { weight: 10, length: 20 },
  'Supplier.clientIds': { weight: 10 },
  'Supplier.solutions': { weight: 10, length: 20 },
  'Solution.partOf': { weight: 10 },
  'Solution.partOfId': { weight: 10 },
  'Solution.parts': { weight: 10, length: 200 },
  'Solution.derivatives': { weight: 10, length: 200 },
  'AdoptionConnection.totalCount': { weight: 60 },
  'CodeConnection.totalCount': { weight: 100 },
  'NeedConnection.totalCount': { weight: 100 },
  // A need can have thousands of holders.
  'NeedMatchConnection.totalCount': { weight: 500 },
  // Over all holders.
  'NeedMatchConnection.countries': { weight: 20_000, length: 20 },
  'NeedMatchConnection.notConsidered': { weight: 100, length: countries.length },
  'NeedCountryCount.states': { length: 5 },
  'NeedStateCount.amounts': { length: 2 },
  'NeedMatchEdge.path': { length: 2 },
  'Crosswalk.matches': { length: 500 },
  'Crosswalk.counts': { length: 5 },
  'Crosswalk.notConsidered': { weight: 100, length: countries.length },
  'CrosswalkMatch.path': { length: 2 },
  'Solution.codes': { weight: 10, length: 5 },
  'Solution.topics': { weight: 50, length: 10 },
  'NeedHolderConnection.totalCount': { weight: 300 },
  'NeedHolderConnection.states': { weight: 600, length: 5 },
  'MembershipConnection.totalCount': { weight: 50 },
  'SuccessionConnection.totalCount': { weight: 100 },
  // A point for each day of the series, whatever is selected of it.
  'Consortium.growth': { weight: 50, length: seriesLength },
  'Solution.growth': { weight: 10, length: seriesLength },
  // Written as YAML, and read again to validate it.
  'CatalogueRecord.publiccode': { weight: 400 },
  'CatalogueRecord.publiccodeFile': { weight: 400 },
  // Read with the row of each change, which has one of them.
  'Change.administration': { weight: 3, isAlternative: true },
  'Change.consortium': { weight: 3, isAlternative: true },
  'Change.membership': { weight: 3, isAlternative: true },
  'Change.claim': { weight: 3, isAlternative: true },
  'Change.record': { weight: 3, isAlternative: true },
  'Change.portfolioEntry': { weight: 3, isAlternative: true },
  'Change.adoption': { weight: 3, isAlternative: true },
  'Change.codeList': { weight: 3, isAlternative: true },
  'Change.code': { weight: 3, isAlternative: true },
  'Change.codeMapping': { weight: 3, isAlternative: true },
  'Change.need': { weight: 3, isAlternative: true },
  'Change.needHolder': { weight: 3, isAlternative: true },
  'Change.terms': { weight: 3, isAlternative: true },
  'Change.contract': { weight: 3, isAlternative: true },
  // Lists whose length is known.
  'Query.catalogues': { length: perCountry },
  'Facet.values': { length: 100 },
};

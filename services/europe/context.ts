import { today } from '../shared/dates.js';
import {
  createLoader,
  createListLoader,
  createDatedListLoader,
  createRowLoader,
  groupBy,
} from '../kit/graphql/loaders.js';
import type { Page } from '../kit/graphql/pagination.js';
import type { Query } from './index-database.js';
import type { ListedAdoption } from './list-keys.js';
import { type AdoptionSelection, createAdoptionRepository } from './repositories/adoptions.js';
import { type Concept, conceptKey, findMatches, toSteps } from './crosswalk/crosswalk.js';
import type { NeedHolderRow, StatedMatch } from './need-rows.js';
import { createCodeRepository } from './repositories/codes.js';
import { createCrosswalkRepository } from './repositories/crosswalk.js';
import { createNeedRepository, type HolderFilter } from './repositories/needs.js';
import { createOrganisationRepository } from './repositories/organisations.js';
import { createPeerRepository } from './repositories/peers.js';
import { createSolutionChangeRepository } from './repositories/solution-changes.js';
import type { AdministrationKind } from './generated/resolver-types.js';
import { createReuseCheckRepository } from './repositories/reuse-check.js';
import { createReuseRepository, type ReuseRow } from './repositories/reuse.js';
import { createSolutionRepository } from './repositories/solutions.js';
import { createStatusRepository } from './repositories/status.js';
import { createTermsRepository } from './repositories/terms.js';
import type { SolutionParent } from './rows.js';

/** The SQL statements on the index. */
export const createRepositories = (query: Query) => ({
  query,
  solutions: createSolutionRepository(query),
  reuse: createReuseRepository(query),
  reuseChecks: createReuseCheckRepository(query),
  solutionChanges: createSolutionChangeRepository(query),
  adoptions: createAdoptionRepository(query),
  organisations: createOrganisationRepository(query),
  codes: createCodeRepository(query),
  crosswalk: createCrosswalkRepository(query),
  needs: createNeedRepository(query),
  peers: createPeerRepository(query),
  status: createStatusRepository(query),
  terms: createTermsRepository(query),
});

export type Repositories = ReturnType<typeof createRepositories>;

/** What the resolvers of one request share. Each request has its own loaders, so no request gets what another one cached. */
export const createContext = (repositories: Repositories) => ({ repositories, loaders: createLoaders(repositories) });

export type Context = ReturnType<typeof createContext>;

/** The solution and the day that a row belongs to. */
interface DatedParent {
  readonly parentId: string;
  readonly parentDay: string;
}

const createLoaders = ({
  solutions,
  reuse,
  reuseChecks,
  adoptions,
  organisations,
  status,
  codes,
  crosswalk,
  needs,
  terms,
}: Repositories) => ({
  /** The solution at an address; its row is null if no catalogue describes it. */
  solution: createLoader<string, SolutionParent>(async (addresses) => {
    const rows = new Map((await solutions.findByAddresses(addresses)).map((row) => [row.requestedAddress, row]));
    return addresses.map((address) => ({ address, row: rows.get(address) ?? null }));
  }),
  /** Whether an adoption, a portfolio entry or another solution names an address. */
  named: createRowLoader(solutions.findNamed, ({ address }) => address),
  records: createListLoader(solutions.findRecords),
  maintainers: createListLoader((ids) => solutions.findMaintainers(ids, today())),
  whole: createRowLoader(solutions.findWholes, ({ id }) => id),
  parts: createListLoader(solutions.findParts),
  bases: createListLoader(solutions.findBases),
  derivatives: createListLoader(solutions.findDerivatives),
  claims: createCountryLoader(solutions.findClaims),
  terms: createCountryLoader(terms.findTerms),
  termsOfSolution: createListLoader(terms.findTermsOfSolutions),
  contractsOfSupplier: createListLoader(terms.findContracts),
  languages: createRowLoader(status.findLanguages, ({ country }) => country),
  knownOrganisation: createRowLoader(organisations.findKnown, ({ id }) => id),
  disputes: createListLoader(status.findDisputes),
  disputesOfCountry: createListLoader(status.findDisputesOfCountries),
  unconfirmedStatements: createListLoader(status.findUnconfirmed),
  counts: createRowLoader(status.findCounts, ({ country }) => country),
  refusals: createListLoader(status.findRefusals),
  openUsers: createListLoader(status.findOpenUsers),
  adoptionPage: createDatedListLoader<AdoptionSelection & { readonly page: Page }, ListedAdoption & DatedParent>(
    adoptions.findPages,
  ),
  adoptionCount: createDatedListLoader(adoptions.count),
  adoptionFacets: createDatedListLoader(adoptions.countFacets),
  reuse: createDatedListLoader<AdministrationKind | null, ReuseRow>(reuse.findReuse),
  claimsOfSolution: createDatedListLoader<null, Awaited<ReturnType<typeof solutions.findClaimsOfSolutions>>[number]>(
    solutions.findClaimsOfSolutions,
  ),
  evidence: createDatedListLoader(reuseChecks.findEvidence),
  countedUses: createListLoader(reuse.findCountedUses),
  /** A code by its key. */
  code: createRowLoader(codes.findByKeys, conceptKey),
  codeList: createCodeListLoader(codes.findLists),
  mappingsOfCode: createListLoader(codes.findMappings),
  codesOfSolution: createListLoader(codes.findOfSolutions),
  /** What a code or topic leads to. */
  matches: createLoader<Concept, readonly StatedMatch[], string>(async (concepts) => {
    const steps = toSteps(await crosswalk.findMappings(concepts));
    return concepts.map((concept) => findMatches(concept, steps));
  }, conceptKey),
  need: createRowLoader(needs.findByIds, ({ id }) => id),
  holderPage: createDatedListLoader<HolderFilter & { readonly page: Page }, NeedHolderRow & DatedParent>(
    needs.findHolders,
  ),
  holderCount: createDatedListLoader(needs.countHolders),
  holderStates: createDatedListLoader(needs.countHolderStates),
  unconfirmedReuse: createDatedListLoader<null, Awaited<ReturnType<typeof reuse.findUnconfirmedReuse>>[number]>(
    reuse.findUnconfirmedReuse,
  ),
});

interface CodeListKey {
  readonly country: string;
  readonly scheme: string;
}

const codeListKey = ({ country, scheme }: CodeListKey): string => `${country} ${scheme}`;

const createCodeListLoader = <Row extends CodeListKey>(
  find: (keys: readonly CodeListKey[]) => Promise<readonly Row[]>,
) =>
  createLoader<CodeListKey, Row | null, string>(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [codeListKey(row), row]));
    return keys.map((key) => rows.get(codeListKey(key)) ?? null);
  }, codeListKey);

interface CountryKey {
  readonly address: string;
  readonly country: string;
}

const countryKey = ({ address, country }: CountryKey): string => `${country} ${address}`;

const createCountryLoader = <Row extends CountryKey>(find: (keys: readonly CountryKey[]) => Promise<readonly Row[]>) =>
  createLoader<CountryKey, readonly Row[], string>(async (keys) => {
    const rows = groupBy(await find(keys), countryKey);
    return keys.map((key) => rows.get(countryKey(key)) ?? []);
  }, countryKey);

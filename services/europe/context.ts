import { today } from '../shared/dates.js';
import {
  createLoader,
  createListLoader,
  createDatedListLoader,
  createRowLoader,
  groupBy,
} from '../kit/graphql/loaders.js';
import type { Page } from '../kit/graphql/pagination.js';
import { lazyObjects } from '../kit/lazy-object.js';
import type { RequestContext } from '../kit/observability/request-context.js';
import type { IndexDatabase, Query } from './index-database.js';
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
export const createRepositories = lazyObjects<[Query]>()({
  query: (query) => query,
  solutions: createSolutionRepository,
  reuse: createReuseRepository,
  reuseChecks: createReuseCheckRepository,
  solutionChanges: createSolutionChangeRepository,
  adoptions: createAdoptionRepository,
  organisations: createOrganisationRepository,
  codes: createCodeRepository,
  crosswalk: createCrosswalkRepository,
  needs: createNeedRepository,
  peers: createPeerRepository,
  status: createStatusRepository,
  terms: createTermsRepository,
});

export type Repositories = ReturnType<typeof createRepositories>;

/** What the resolvers of one request share. Each request has its own loaders, so no request gets what another one cached. */
export function createContext(index: Pick<IndexDatabase, 'forRequest'>, request: RequestContext) {
  const repositories = createRepositories(index.forRequest(request));
  return { request, repositories, loaders: createLoaders(repositories, request) };
}

export type Context = ReturnType<typeof createContext>;

/** The solution and the day that a row belongs to. */
interface DatedParent {
  readonly parentId: string;
  readonly parentDay: string;
}

const createLoaders = lazyObjects<[Repositories, RequestContext]>()({
  /** The solution at an address; its row is null if no catalogue describes it. */
  solution: ({ solutions }, request) =>
    createLoader<string, SolutionParent>(request, async (addresses) => {
      const rows = new Map((await solutions.findByAddresses(addresses)).map((row) => [row.requestedAddress, row]));
      return addresses.map((address) => ({ address, row: rows.get(address) ?? null }));
    }),
  /** Whether an adoption, a portfolio entry or another solution names an address. */
  named: ({ solutions }, request) => createRowLoader(request, solutions.findNamed, ({ address }) => address),
  records: ({ solutions }, request) => createListLoader(request, solutions.findRecords),
  recordById: ({ solutions }, request) => createRowLoader(request, solutions.findRecordsByIds, ({ id }) => id),
  maintainers: ({ solutions }, request) => createListLoader(request, (ids) => solutions.findMaintainers(ids, today())),
  whole: ({ solutions }, request) => createRowLoader(request, solutions.findWholes, ({ id }) => id),
  parts: ({ solutions }, request) => createListLoader(request, solutions.findParts),
  bases: ({ solutions }, request) => createListLoader(request, solutions.findBases),
  derivatives: ({ solutions }, request) => createListLoader(request, solutions.findDerivatives),
  claims: ({ solutions }, request) => createCountryLoader(request, solutions.findClaims),
  terms: ({ terms }, request) => createCountryLoader(request, terms.findTerms),
  termsOfSolution: ({ terms }, request) => createListLoader(request, terms.findTermsOfSolutions),
  contractsOfSupplier: ({ terms }, request) => createListLoader(request, terms.findContracts),
  languages: ({ status }, request) => createRowLoader(request, status.findLanguages, ({ country }) => country),
  knownOrganisation: ({ organisations }, request) => createRowLoader(request, organisations.findKnown, ({ id }) => id),
  disputes: ({ status }, request) => createListLoader(request, status.findDisputes),
  disputesOfCountry: ({ status }, request) => createListLoader(request, status.findDisputesOfCountries),
  unconfirmedStatements: ({ status }, request) => createListLoader(request, status.findUnconfirmed),
  counts: ({ status }, request) => createRowLoader(request, status.findCounts, ({ country }) => country),
  figures: ({ status }, request) =>
    createRowLoader(
      request,
      (countries) => status.findFigures(countries, today()),
      ({ country }) => country,
    ),
  refusals: ({ status }, request) => createListLoader(request, status.findRefusals),
  openUsers: ({ status }, request) => createListLoader(request, status.findOpenUsers),
  adoptionPage: ({ adoptions }, request) =>
    createDatedListLoader<AdoptionSelection & { readonly page: Page }, ListedAdoption & DatedParent>(
      request,
      adoptions.findPages,
    ),
  adoptionCount: ({ adoptions }, request) => createDatedListLoader(request, adoptions.count),
  adoptionFacets: ({ adoptions }, request) => createDatedListLoader(request, adoptions.countFacets),
  reuse: ({ reuse }, request) => createDatedListLoader<AdministrationKind | null, ReuseRow>(request, reuse.findReuse),
  reuseNumbers: ({ reuse }, request) => createDatedListLoader<null, ReuseRow>(request, reuse.findReuseNumbers),
  claimsOfSolution: ({ solutions }, request) =>
    createDatedListLoader<null, Awaited<ReturnType<typeof solutions.findClaimsOfSolutions>>[number]>(
      request,
      solutions.findClaimsOfSolutions,
    ),
  evidence: ({ reuseChecks }, request) => createDatedListLoader(request, reuseChecks.findEvidence),
  checkedAdministration: ({ reuseChecks }, request) =>
    createRowLoader(request, reuseChecks.findAdministrations, ({ id }) => id),
  joiningFacts: ({ reuseChecks }, request) => createDatedListLoader(request, reuseChecks.findJoiningFacts),
  useChanges: ({ reuse }, request) => createListLoader(request, reuse.findUseChanges),
  /** A code by its key. */
  code: ({ codes }, request) => createRowLoader(request, codes.findByKeys, conceptKey),
  codeList: ({ codes }, request) => createCodeListLoader(request, codes.findLists),
  mappingsOfCode: ({ codes }, request) => createListLoader(request, codes.findMappings),
  codesOfSolution: ({ codes }, request) => createListLoader(request, codes.findOfSolutions),
  /** What a code or topic leads to. */
  matches: ({ crosswalk }, request) =>
    createLoader<Concept, readonly StatedMatch[], string>(
      request,
      async (concepts) => {
        const steps = toSteps(await crosswalk.findMappings(concepts));
        return concepts.map((concept) => findMatches(concept, steps));
      },
      conceptKey,
    ),
  need: ({ needs }, request) => createRowLoader(request, needs.findByIds, ({ id }) => id),
  holderPage: ({ needs }, request) =>
    createDatedListLoader<HolderFilter & { readonly page: Page }, NeedHolderRow & DatedParent>(
      request,
      needs.findHolders,
    ),
  holderCount: ({ needs }, request) => createDatedListLoader(request, needs.countHolders),
  holderStates: ({ needs }, request) => createDatedListLoader(request, needs.countHolderStates),
  unconfirmedReuse: ({ reuse }, request) =>
    createDatedListLoader<null, Awaited<ReturnType<typeof reuse.findUnconfirmedReuse>>[number]>(
      request,
      reuse.findUnconfirmedReuse,
    ),
});

interface CodeListKey {
  readonly country: string;
  readonly scheme: string;
}

const codeListKey = ({ country, scheme }: CodeListKey): string => `${country} ${scheme}`;

const createCodeListLoader = <Row extends CodeListKey>(
  request: RequestContext,
  find: (keys: readonly CodeListKey[]) => Promise<readonly Row[]>,
) =>
  createLoader<CodeListKey, Row | null, string>(
    request,
    async (keys) => {
      const rows = new Map((await find(keys)).map((row) => [codeListKey(row), row]));
      return keys.map((key) => rows.get(codeListKey(key)) ?? null);
    },
    codeListKey,
  );

interface CountryKey {
  readonly address: string;
  readonly country: string;
}

const countryKey = ({ address, country }: CountryKey): string => `${country} ${address}`;

const createCountryLoader = <Row extends CountryKey>(
  request: RequestContext,
  find: (keys: readonly CountryKey[]) => Promise<readonly Row[]>,
) =>
  createLoader<CountryKey, readonly Row[], string>(
    request,
    async (keys) => {
      const rows = groupBy(await find(keys), countryKey);
      return keys.map((key) => rows.get(countryKey(key)) ?? []);
    },
    countryKey,
  );

import type { Database, StatementRunner } from '../../kit/database/database.js';
import { lazyObjects } from '../../kit/lazy-object.js';
import type { RequestContext, RequestScope } from '../../kit/observability/request-context.js';
import type { Day } from '../../shared/dates.js';
import { createLoader, createListLoader, createDatedListLoader, createRowLoader } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';

import type { Editor } from '../auth/editor.js';
import { findRowWidths } from './row-widths.js';
import type { Catalogue } from '../model/national-catalogue.js';
import type { Code } from '../model/identifiers.js';
import { createAuditRepository } from '../repositories/audit.js';
import { createCodeRepository } from '../repositories/codes.js';
import { createNeedRepository, type HeldFilter, type HolderFilter } from '../repositories/needs.js';
import { createChangeRepository } from '../repositories/changes.js';
import { createCoverageRepository } from '../repositories/coverage.js';
import { createFactRepository } from '../repositories/facts.js';
import { createMembershipRepository, type MemberFilter } from '../repositories/memberships.js';
import { createOrganisationRepository } from '../repositories/organisations.js';
import { createSuccessionRepository } from '../repositories/successions.js';
import { createSolutionRepository, type PublishedSelection } from '../repositories/solutions.js';
import { createTermsRepository } from '../repositories/terms.js';
import { createWebhookRepository } from '../repositories/webhooks.js';
import { createMutationRepository, type MutationRepository } from '../repositories/mutations.js';
import type { ParentColumns } from '../repositories/sql-fragments.js';
import type { ListedMembership } from '../model/list-keys.js';
import { formatCode } from '../model/codes.js';
import type { NeedHolderParent } from '../model/need-rows.js';
import type { AdoptionParent, RecordParent } from '../model/rows.js';
import type { NeedStateCount } from '../generated/resolver-types.js';

/** Every access to the database. */
export const createRepositories = lazyObjects<[Catalogue, StatementRunner, RequestContext]>()({
  organisations: (catalogue, database, request) =>
    createOrganisationRepository(database, catalogue.code, findRowWidths(request, catalogue).organisations),
  memberships: (catalogue, database, request) =>
    createMembershipRepository(database, findRowWidths(request, catalogue)),
  facts: (_catalogue, database) => createFactRepository(database),
  coverage: ({ code }, database) => createCoverageRepository(database, code),
  solutions: (_catalogue, database) => createSolutionRepository(database),
  codes: (_catalogue, database) => createCodeRepository(database),
  needs: ({ code }, database) => createNeedRepository(database, code),
  terms: (_catalogue, database) => createTermsRepository(database),
  changes: (_catalogue, database) => createChangeRepository(database),
  successions: (_catalogue, database) => createSuccessionRepository(database),
  audit: (_catalogue, database) => createAuditRepository(database),
  webhooks: (_catalogue, database) => createWebhookRepository(database),
  /** Runs an editor's mutation in one transaction. */
  write:
    (_catalogue, database) =>
    <Result>(work: (rows: MutationRepository) => Promise<Result>): Promise<Result> =>
      database.transaction((query) => work(createMutationRepository(query))),
});

export type Repositories = ReturnType<typeof createRepositories>;

/** What the resolvers of one request share. Its loaders end with the request, so that no request reads what another loaded. */
export interface Context extends RequestScope {
  readonly catalogue: Catalogue;
  readonly repositories: Repositories;
  /** Null: the client is not logged in. */
  readonly editor: Editor | null;
  /** Whether this catalogue accepts logins at all. */
  readonly hasLogin: boolean;
  /** Whether this catalogue sends changes to webhooks. */
  readonly hasWebhooks: boolean;
  loaders: ReturnType<typeof createLoaders>;
}

export function createContext(
  catalogue: Catalogue,
  database: Pick<Database, 'forRequest'>,
  request: RequestContext,
  editor: Editor | null,
  { hasLogin = true, hasWebhooks = true } = {},
): Context {
  const repositories = createRepositories(catalogue, database.forRequest(request), request);
  return {
    request,
    catalogue,
    repositories,
    editor,
    hasLogin,
    hasWebhooks,
    loaders: createLoaders(repositories, request),
  };
}

/** Discards what was loaded: a write has changed it. */
export function renewLoaders(context: Context): void {
  context.loaders = createLoaders(context.repositories, context.request);
}

type ParentCount = ParentColumns & { readonly count: number };

/** A code, and the day on which it is held. */
type DatedCode = Code & { readonly asOf: Day | null };

const createLoaders = lazyObjects<[Repositories, RequestContext]>()({
  organisation: ({ organisations }, request) => createRowLoader(request, organisations.findByIds, (row) => row.id),
  administrationByCode: ({ organisations }, request) => createCodeLoader(request, organisations.findByCodes),
  predecessors: ({ organisations }, request) =>
    createListLoader(request, (ids) => organisations.findSuccession(ids, 'predecessors')),
  successors: ({ organisations }, request) =>
    createListLoader(request, (ids) => organisations.findSuccession(ids, 'successors')),
  identifiers: ({ facts }, request) => createDatedListLoader(request, facts.findIdentifiers),
  population: ({ facts }, request) => createDatedListLoader(request, facts.findPopulations),
  memberships: ({ memberships }, request) => createDatedListLoader(request, memberships.findByMembers),
  memberPage: ({ memberships }, request) =>
    createDatedListLoader<MemberFilter & { readonly page: Page }, ListedMembership & ParentColumns>(
      request,
      memberships.findPages,
    ),
  memberCount: ({ memberships }, request) => createDatedListLoader(request, memberships.count),
  coverage: ({ coverage }, request) => createDatedListLoader(request, coverage.findCoverage),
  claims: ({ coverage }, request) => createDatedListLoader(request, coverage.findClaims),
  countedMembers: ({ coverage }, request) => createListLoader(request, coverage.findCountedMembers),
  membership: ({ memberships }, request) => createRowLoader(request, memberships.findByIds, (row) => row.id),
  claim: ({ solutions }, request) => createRowLoader(request, solutions.findClaimsByIds, (row) => row.id),
  record: ({ solutions }, request) => createRowLoader(request, solutions.findRecordsByIds, (row) => row.id),
  portfolioEntry: ({ solutions }, request) =>
    createRowLoader(request, solutions.findPortfolioEntriesByIds, (row) => row.id),
  adoption: ({ solutions }, request) => createRowLoader(request, solutions.findAdoptionsByIds, (row) => row.id),
  terms: ({ terms }, request) => createRowLoader(request, terms.findByIds, (row) => row.id),
  webhookState: ({ webhooks }, request) => createRowLoader(request, webhooks.findStates, (row) => row.id),
  contract: ({ terms }, request) => createRowLoader(request, terms.findContractsByIds, (row) => row.id),
  termsOfConsortium: ({ terms }, request) => createListLoader(request, terms.findByConsortia),
  termsOfSolution: ({ terms }, request) => createListLoader(request, terms.findByAddresses),
  fees: ({ terms }, request) => createListLoader(request, terms.findFees),
  claimsOfSolution: ({ solutions }, request) => createListLoader(request, solutions.findClaimsOfSolutions),
  portfolio: ({ solutions }, request) => createDatedListLoader(request, solutions.findPortfolios),
  recordPage: ({ solutions }, request) =>
    createDatedListLoader<PublishedSelection & { readonly page: Page }, RecordParent & ParentColumns>(
      request,
      solutions.findRecordsOfPublishers,
    ),
  recordCount: ({ solutions }, request) =>
    createDatedListLoader<PublishedSelection, ParentCount>(request, solutions.countRecordsOfPublishers),
  adoptionPage: ({ solutions }, request) =>
    createDatedListLoader<{ readonly page: Page }, AdoptionParent & ParentColumns>(request, solutions.findAdoptions),
  adoptionCount: ({ solutions }, request) =>
    createDatedListLoader<null, ParentCount>(request, solutions.countAdoptions),
  codeList: ({ codes }, request) => createRowLoader(request, codes.findListsByIds, (row) => row.id),
  codeListByScheme: ({ codes }, request) => createRowLoader(request, codes.findListsBySchemes, (row) => row.scheme),
  codeById: ({ codes }, request) => createRowLoader(request, codes.findCodesByIds, (row) => row.id),
  /** By `scheme:notation`. */
  code: ({ codes }, request) => createRowLoader(request, codes.findCodesByTexts, formatCode),
  mappingsOfCode: ({ codes }, request) => createListLoader(request, codes.findMappingsOfCodes),
  codeMapping: ({ codes }, request) => createRowLoader(request, codes.findMappingsByIds, (row) => row.id),
  need: ({ needs }, request) => createRowLoader(request, needs.findNeedsByIds, (row) => row.id),
  needHolder: ({ needs }, request) => createRowLoader(request, needs.findHoldersByIds, (row) => row.id),
  holderPage: ({ needs }, request) =>
    createDatedListLoader<HolderFilter & { readonly page: Page }, NeedHolderParent & ParentColumns>(
      request,
      needs.findHolders,
    ),
  holderCount: ({ needs }, request) => createDatedListLoader<HolderFilter, ParentCount>(request, needs.countHolders),
  holderStates: ({ needs }, request) =>
    createDatedListLoader<HolderFilter, NeedStateCount & ParentColumns>(request, needs.countHolderStates),
  heldPage: ({ needs }, request) =>
    createDatedListLoader<HeldFilter & { readonly page: Page }, NeedHolderParent & ParentColumns>(
      request,
      needs.findHeld,
    ),
  heldCount: ({ needs }, request) => createDatedListLoader<HeldFilter, ParentCount>(request, needs.countHeld),
  heldStates: ({ needs }, request) =>
    createDatedListLoader<HeldFilter, NeedStateCount & ParentColumns>(request, needs.countHeldStates),
});

const codeKey = ({ scheme, notation, asOf }: DatedCode): string => JSON.stringify([scheme, notation, asOf]);

const createCodeLoader = <Row extends DatedCode>(
  request: RequestContext,
  find: (codes: readonly DatedCode[]) => Promise<readonly Row[]>,
) =>
  createLoader<DatedCode, Row | null, string>(
    request,
    async (codes) => {
      const rows = new Map((await find(codes)).map((row) => [codeKey(row), row]));
      return codes.map((code) => rows.get(codeKey(code)) ?? null);
    },
    codeKey,
  );

import type { Database } from '../../kit/database/database.js';
import type { Day } from '../../shared/dates.js';
import { createLoader, createListLoader, createDatedListLoader, createRowLoader } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';

import type { Editor } from '../auth/editor.js';
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
import { createMutationRepository, type MutationRepository } from '../repositories/mutations.js';
import type { ParentColumns } from '../repositories/sql-fragments.js';
import type { ListedMembership } from '../model/list-keys.js';
import { formatCode } from '../model/codes.js';
import type { NeedHolderParent } from '../model/need-rows.js';
import type { AdoptionParent, RecordParent } from '../model/rows.js';
import type { NeedStateCount } from '../generated/resolver-types.js';

/** Every access to the database. */
export const createRepositories = (catalogue: Catalogue, database: Pick<Database, 'query' | 'transaction'>) => ({
  organisations: createOrganisationRepository(database, catalogue.code),
  memberships: createMembershipRepository(database),
  facts: createFactRepository(database),
  coverage: createCoverageRepository(database, catalogue.code),
  solutions: createSolutionRepository(database),
  codes: createCodeRepository(database),
  needs: createNeedRepository(database, catalogue.code),
  terms: createTermsRepository(database),
  changes: createChangeRepository(database),
  successions: createSuccessionRepository(database),
  audit: createAuditRepository(database),
  /** Runs an editor's mutation in one transaction. */
  write: <Result>(work: (rows: MutationRepository) => Promise<Result>): Promise<Result> =>
    database.transaction((query) => work(createMutationRepository(query))),
});

export type Repositories = ReturnType<typeof createRepositories>;

/** What the resolvers of one request share. Its loaders end with the request, so that no request reads what another loaded. */
export interface Context {
  readonly catalogue: Catalogue;
  readonly repositories: Repositories;
  /** Null: the client is not logged in. */
  readonly editor: Editor | null;
  /** Whether this catalogue accepts logins at all. */
  readonly hasLogin: boolean;
  loaders: ReturnType<typeof createLoaders>;
}

export const createContext = (
  catalogue: Catalogue,
  repositories: Repositories,
  editor: Editor | null,
  hasLogin = true,
): Context => ({ catalogue, repositories, editor, hasLogin, loaders: createLoaders(repositories) });

/** Discards what was loaded: a write has changed it. */
export function renewLoaders(context: Context): void {
  context.loaders = createLoaders(context.repositories);
}

type ParentCount = ParentColumns & { readonly count: number };

/** A code, and the day on which it is held. */
type DatedCode = Code & { readonly asOf: Day | null };

const createLoaders = ({
  organisations,
  memberships,
  facts,
  coverage,
  solutions,
  codes,
  needs,
  terms,
}: Repositories) => ({
  organisation: createRowLoader(organisations.findByIds, (row) => row.id),
  administrationByCode: createCodeLoader(organisations.findByCodes),
  predecessors: createListLoader((ids) => organisations.findSuccession(ids, 'predecessors')),
  successors: createListLoader((ids) => organisations.findSuccession(ids, 'successors')),
  identifiers: createDatedListLoader(facts.findIdentifiers),
  population: createDatedListLoader(facts.findPopulations),
  memberships: createDatedListLoader(memberships.findByMembers),
  memberPage: createDatedListLoader<MemberFilter & { readonly page: Page }, ListedMembership & ParentColumns>(
    memberships.findPages,
  ),
  memberCount: createDatedListLoader(memberships.count),
  coverage: createDatedListLoader(coverage.findCoverage),
  claims: createDatedListLoader(coverage.findClaims),
  countedMembers: createListLoader(coverage.findCountedMembers),
  membership: createRowLoader(memberships.findByIds, (row) => row.id),
  claim: createRowLoader(solutions.findClaimsByIds, (row) => row.id),
  record: createRowLoader(solutions.findRecordsByIds, (row) => row.id),
  portfolioEntry: createRowLoader(solutions.findPortfolioEntriesByIds, (row) => row.id),
  adoption: createRowLoader(solutions.findAdoptionsByIds, (row) => row.id),
  terms: createRowLoader(terms.findByIds, (row) => row.id),
  contract: createRowLoader(terms.findContractsByIds, (row) => row.id),
  termsOfConsortium: createListLoader(terms.findByConsortia),
  termsOfSolution: createListLoader(terms.findByAddresses),
  fees: createListLoader(terms.findFees),
  claimsOfSolution: createListLoader(solutions.findClaimsOfSolutions),
  portfolio: createDatedListLoader(solutions.findPortfolios),
  recordPage: createDatedListLoader<PublishedSelection & { readonly page: Page }, RecordParent & ParentColumns>(
    solutions.findRecordsOfPublishers,
  ),
  recordCount: createDatedListLoader<PublishedSelection, ParentCount>(solutions.countRecordsOfPublishers),
  adoptionPage: createDatedListLoader<{ readonly page: Page }, AdoptionParent & ParentColumns>(solutions.findAdoptions),
  adoptionCount: createDatedListLoader<null, ParentCount>(solutions.countAdoptions),
  codeList: createRowLoader(codes.findListsByIds, (row) => row.id),
  codeListByScheme: createRowLoader(codes.findListsBySchemes, (row) => row.scheme),
  codeById: createRowLoader(codes.findCodesByIds, (row) => row.id),
  /** By `scheme:notation`. */
  code: createRowLoader(codes.findCodesByTexts, formatCode),
  mappingsOfCode: createListLoader(codes.findMappingsOfCodes),
  codeMapping: createRowLoader(codes.findMappingsByIds, (row) => row.id),
  need: createRowLoader(needs.findNeedsByIds, (row) => row.id),
  needHolder: createRowLoader(needs.findHoldersByIds, (row) => row.id),
  holderPage: createDatedListLoader<HolderFilter & { readonly page: Page }, NeedHolderParent & ParentColumns>(
    needs.findHolders,
  ),
  holderCount: createDatedListLoader<HolderFilter, ParentCount>(needs.countHolders),
  holderStates: createDatedListLoader<HolderFilter, NeedStateCount & ParentColumns>(needs.countHolderStates),
  heldPage: createDatedListLoader<HeldFilter & { readonly page: Page }, NeedHolderParent & ParentColumns>(
    needs.findHeld,
  ),
  heldCount: createDatedListLoader<HeldFilter, ParentCount>(needs.countHeld),
  heldStates: createDatedListLoader<HeldFilter, NeedStateCount & ParentColumns>(needs.countHeldStates),
});

const codeKey = ({ scheme, notation, asOf }: DatedCode): string => JSON.stringify([scheme, notation, asOf]);

const createCodeLoader = <Row extends DatedCode>(find: (codes: readonly DatedCode[]) => Promise<readonly Row[]>) =>
  createLoader<DatedCode, Row | null, string>(async (codes) => {
    const rows = new Map((await find(codes)).map((row) => [codeKey(row), row]));
    return codes.map((code) => rows.get(codeKey(code)) ?? null);
  }, codeKey);

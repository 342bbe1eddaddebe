import { connectionResolvers, resolvePage } from '../../kit/graphql/pagination.js';
import { findPossibleFees } from '../../shared/fees.js';
import { parseSearch } from '../../shared/name-search.js';
import { requireSolutionAddress } from '../../shared/solution-address.js';
import type { QueryResolvers, ResolversOf } from '../generated/resolver-types.js';
import { supplierKey } from '../list-keys.js';
import type { SupplierSelection } from '../repositories/terms.js';
import { catalogueStubs, requireValidId, stubForId } from '../stubs.js';

/** The content of terms has the names of the contract; only references are resolved, and fees selected. */
export const termsResolvers: ResolversOf<'Terms'> = {
  consortium: ({ consortiumId }) => (consortiumId === null ? null : stubForId(consortiumId)),
  solution: ({ solutionAddress }, _args, { loaders }) =>
    solutionAddress === null ? null : loaders.solution.load(solutionAddress),
  fees: ({ fees }, { population = null, kind = null, isMember = null, asOf = null }) =>
    findPossibleFees(fees, { population, kind, isMember, day: asOf }),
};

export const supplierQueries: Required<Pick<QueryResolvers, 'suppliers'>> = {
  suppliers: (_root, { search, filter, ...pageArguments }, { repositories: { terms } }) => {
    // Rejects a country without a catalogue.
    if (filter?.countries) catalogueStubs(filter.countries);
    requireValidId(filter?.client);
    const solution = filter?.solution == null ? null : requireSolutionAddress(filter.solution);
    const selection: SupplierSelection = { search: parseSearch(search), filter: { ...filter, solution } };
    return resolvePage(pageArguments, {
      scope: 'suppliers',
      key: supplierKey,
      find: (page) => terms.findSuppliers(selection, page),
      count: () => terms.countSuppliers(selection),
    });
  },
};

export const supplierConnectionResolvers: ResolversOf<'SupplierConnection'> = connectionResolvers;

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value) => value !== null))].sort();

export const supplierResolvers: ResolversOf<'Supplier'> = {
  contracts: ({ id }, _args, { loaders }) => loaders.contractsOfSupplier.load(id),
  clientIds: async ({ id }, _args, { loaders }) =>
    distinct((await loaders.contractsOfSupplier.load(id)).map(({ clientId }) => clientId)),
  clients: async ({ id }, _args, { loaders }) =>
    distinct((await loaders.contractsOfSupplier.load(id)).map(({ clientId }) => clientId)).map(stubForId),
  solutions: async ({ id }, _args, { loaders }) => {
    const addresses = distinct((await loaders.contractsOfSupplier.load(id)).map((row) => row.solutionAddress));
    const solutions = await Promise.all(addresses.map((address) => loaders.solution.load(address)));
    // Several addresses may lead to the same one.
    return [...new Map(solutions.map((solution) => [solution.row?.id ?? solution.address, solution])).values()];
  },
};

export const supplierContractResolvers: ResolversOf<'SupplierContract'> = {
  client: ({ clientId }) => (clientId === null ? null : stubForId(clientId)),
  solution: ({ solutionAddress }, _args, { loaders }) =>
    solutionAddress === null ? null : loaders.solution.load(solutionAddress),
};

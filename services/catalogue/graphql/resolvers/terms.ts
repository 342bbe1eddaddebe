import { findPossibleFees } from '../../../shared/fees.js';
import { resolvePage } from '../../../kit/graphql/pagination.js';
import type { ResolversOf } from '../../generated/resolver-types.js';
import { idKey } from '../../model/list-keys.js';
import { toPeriod } from '../../model/periods.js';
import { onlyOfType } from './membership.js';

export const termsResolvers: ResolversOf<'Terms'> = {
  country: (_terms, _args, { catalogue }) => catalogue.country.code,
  consortium: async ({ consortiumId }, _args, { loaders }) =>
    consortiumId === null ? null : onlyOfType(await loaders.organisation.load(consortiumId), 'CONSORTIUM'),
  solutionAddress: ({ address }) => address,
  solution: ({ address }) => (address === null ? null : { address }),
  fees: async ({ id }, { population = null, kind = null, isMember = null, asOf = null }, { loaders }) => {
    const fees = (await loaders.fees.load(id)).map(({ amount, currency, ...fee }) => ({
      ...fee,
      amount: { amount, currency },
      during: toPeriod(fee),
    }));
    return findPossibleFees(fees, { population, kind, isMember, day: asOf });
  },
};

export const contractResolvers: ResolversOf<'Contract'> = {
  country: (_contract, _args, { catalogue }) => catalogue.country.code,
  client: ({ clientId }, _args, { loaders }) => (clientId === null ? null : loaders.organisation.load(clientId)),
  solutionAddress: ({ address }) => address,
  solution: ({ address }) => (address === null ? null : { address }),
  during: toPeriod,
};

export const termsLists: Pick<ResolversOf<'NationalCatalogue'>, 'terms' | 'contracts'> = {
  terms: (_catalogue, pageArguments, { catalogue, repositories: { terms } }) =>
    resolvePage(pageArguments, {
      scope: `${catalogue.code} terms`,
      key: idKey,
      find: terms.findPage,
      count: terms.count,
    }),
  contracts: (_catalogue, pageArguments, { catalogue, repositories: { terms } }) =>
    resolvePage(pageArguments, {
      scope: `${catalogue.code} contracts`,
      key: idKey,
      find: terms.findContractPage,
      count: terms.countContracts,
    }),
};

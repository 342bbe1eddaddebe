import type { RecordContractInput } from '../../../generated/resolver-types.js';
import type { ContractParent } from '../../../model/rows.js';
import { contracts } from '../../../repositories/audited-tables.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { inputToContract } from './input.js';

export const recordContract: Mutation<RecordContractInput, { readonly contract: ContractParent }> = {
  action: 'recordContract',
  execute: async (input, unitOfWork, catalogue) => {
    const contract = await inputToContract(unitOfWork, catalogue, newId(catalogue, 'contract'), input);
    return { contract: await unitOfWork.insert(contracts, contract, null) };
  },
};

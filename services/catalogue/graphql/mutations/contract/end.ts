import type { EndContractInput } from '../../../generated/resolver-types.js';
import { toPeriod } from '../../../model/periods.js';
import type { ContractParent } from '../../../model/rows.js';
import { contracts } from '../../../repositories/audited-tables.js';
import { reject } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';
import { inputToContract } from './input.js';

const fields = { end: ['end'], end_precision: ['endPrecision'] };

export const endContract: Mutation<EndContractInput, { readonly contract: ContractParent | null }> = {
  action: 'endContract',
  execute: async (input, unitOfWork, catalogue) => {
    const { contractId: id, expectedRevision, provenance } = input;
    const before = await findOne(unitOfWork, contracts, { id, expectedRevision }, 'contractId');
    if (toPeriod(before).ended === true) reject('ENDED', ['contractId'], `${id} has ended already.`);
    const during = { ...toPeriod(before), end: input.end, endPrecision: input.endPrecision ?? null, ended: true };
    const values = { ...before, solutionAddress: before.address, during, provenance };
    const to = await inputToContract(unitOfWork, catalogue, id, values, fields);
    const [contract = null] = await unitOfWork.update(contracts, [{ before, to }]);
    return { contract };
  },
};

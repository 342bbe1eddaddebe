import type { StateNeedHolderInput } from '../../../generated/resolver-types.js';
import type { NeedHolderParent } from '../../../model/need-rows.js';
import { needHolders } from '../../../repositories/audited-tables.js';
import { reject } from '../core/failures.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { checkNeedHolder, findHolder, inputToNeedHolder } from './holder-input.js';

export const stateNeedHolder: Mutation<StateNeedHolderInput, { readonly needHolder: NeedHolderParent }> = {
  action: 'stateNeedHolder',
  ownerOf: ({ holderId }) => holderId ?? null,
  execute: async (input, unitOfWork, catalogue) => {
    const { needId } = input;
    if (!(await unitOfWork.rows.findNeed(needId)))
      reject('NOT_FOUND', ['needId'], `This catalogue has no need ${JSON.stringify(needId.slice(0, 80))}.`);
    const organisations = await findHolder(unitOfWork, input.holderId);
    const row = inputToNeedHolder(catalogue, organisations, newId(catalogue, 'need-holder'), input);
    await checkNeedHolder(unitOfWork, organisations, row, ['during']);
    return { needHolder: await unitOfWork.insert(needHolders, row, null) };
  },
};

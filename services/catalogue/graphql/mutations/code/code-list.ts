import type {
  CorrectCodeListInput,
  PublishCodeListInput,
  WithdrawCodeListInput,
} from '../../../generated/resolver-types.js';
import type { CodeListParent } from '../../../model/need-rows.js';
import { codeLists, codeMappings, codes } from '../../../repositories/audited-tables.js';
import { reject } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';
import { inputToCodeList } from './input.js';

export const publishCodeList: Mutation<PublishCodeListInput, { readonly codeList: CodeListParent }> = {
  action: 'publishCodeList',
  execute: async (input, unitOfWork, catalogue) => ({
    codeList: await unitOfWork.insert(codeLists, inputToCodeList(catalogue, input.scheme, input), ['scheme']),
  }),
};

export const correctCodeList: Mutation<CorrectCodeListInput, { readonly codeList: CodeListParent | null }> = {
  action: 'correctCodeList',
  execute: async (input, unitOfWork, catalogue) => {
    const { codeListId: id, expectedRevision } = input;
    const before = await findOne(unitOfWork, codeLists, { id, expectedRevision }, 'codeListId');
    const to = inputToCodeList(catalogue, before.scheme, input);
    const [codeList = null] = await unitOfWork.update(codeLists, [{ before, to }]);
    return { codeList };
  },
};

/** Withdraws a list with its codes and their mappings. Records and needs that name its codes keep them: a code need not be known. */
export const withdrawCodeList: Mutation<WithdrawCodeListInput, { readonly codeListId: string }> = {
  action: 'withdrawCodeList',
  execute: async ({ codeListId: id, expectedRevision, expectedCodes }, unitOfWork) => {
    const list = await findOne(unitOfWork, codeLists, { id, expectedRevision }, 'codeListId');
    await unitOfWork.rows.lock([`code list ${list.scheme}`]);
    const withdrawn = await unitOfWork.rows.findOfScheme(codes, list.scheme);
    if (withdrawn.length !== expectedCodes)
      reject(
        'REVISION_CONFLICT',
        ['expectedCodes'],
        `${id} has ${withdrawn.length} codes, not ${expectedCodes}: read it again before you withdraw it.`,
      );
    await unitOfWork.remove(codeMappings, ...(await unitOfWork.rows.findOfScheme(codeMappings, list.scheme)));
    await unitOfWork.remove(codes, ...withdrawn);
    await unitOfWork.remove(codeLists, list);
    return { codeListId: id };
  },
};

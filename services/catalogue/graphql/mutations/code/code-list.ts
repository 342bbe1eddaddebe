import type { CorrectCodeListInput, PublishCodeListInput } from '../../../generated/resolver-types.js';
import type { CodeListParent } from '../../../model/need-rows.js';
import { codeLists } from '../../../repositories/audited-tables.js';
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

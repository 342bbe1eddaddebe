import type { CorrectCodeInput, PublishCodesInput, WithdrawCodeInput } from '../../../generated/resolver-types.js';
import type { CodeParent } from '../../../model/need-rows.js';
import { codes } from '../../../repositories/audited-tables.js';
import { invalidValue, MutationError, reject } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import type { Mutation } from '../core/run-mutation.js';
import { checkBroader, inputToCode } from './input.js';

/** More codes are for the tables. */
const maxCodes = 200;

export const publishCodes: Mutation<PublishCodesInput, { readonly codes: readonly CodeParent[] }> = {
  action: 'publishCodes',
  execute: async ({ scheme, codes: given, provenance }, unitOfWork, catalogue) => {
    if (given.length === 0 || given.length > maxCodes)
      throw new MutationError([invalidValue(['codes'], `must have 1 to ${maxCodes} codes`)]);
    if (!(await unitOfWork.rows.findScheme(scheme)))
      reject('NOT_FOUND', ['scheme'], `This catalogue has no code list ${JSON.stringify(scheme.slice(0, 80))}.`);
    const fieldOf = (index: number, name: string) => ['codes', `${index}`, name];
    const rows = given.map((code, index) => inputToCode(catalogue, scheme, code, provenance, ['codes', `${index}`]));
    await checkBroader(unitOfWork, scheme, rows, (code) => fieldOf(rows.indexOf(code), 'broaderNotation'));
    const written = await unitOfWork.insertAll(codes, rows, (index) => fieldOf(index, 'notation'));
    return { codes: written };
  },
};

export const correctCode: Mutation<CorrectCodeInput, { readonly code: CodeParent | null }> = {
  action: 'correctCode',
  execute: async (input, unitOfWork, catalogue) => {
    const { codeId: id, expectedRevision, labels, broaderNotation, provenance } = input;
    const before = await findOne(unitOfWork, codes, { id, expectedRevision }, 'codeId');
    const { scheme, notation } = before;
    const to = inputToCode(catalogue, scheme, { notation, labels, broaderNotation }, provenance);
    await checkBroader(unitOfWork, scheme, [to], () => ['broaderNotation']);
    const [code = null] = await unitOfWork.update(codes, [{ before, to }]);
    return { code };
  },
};

export const withdrawCode: Mutation<WithdrawCodeInput, { readonly codeId: string }> = {
  action: 'withdrawCode',
  execute: async ({ codeId: id, expectedRevision }, unitOfWork) => {
    const before = await findOne(unitOfWork, codes, { id, expectedRevision }, 'codeId');
    await unitOfWork.rows.lock([`code list ${before.scheme}`]);
    const narrower = await unitOfWork.rows.findNarrowerCode(before);
    if (narrower !== null) reject('IN_USE', ['codeId'], `${narrower} is narrower: correct or withdraw it first.`);
    await unitOfWork.remove(codes, before);
    return { codeId: id };
  },
};

import type { ChangeNeedStateInput, CorrectNeedHolderInput } from '../../../generated/resolver-types.js';
import { checkPeriod } from '../../../import/tables/row-checks.js';
import type { NeedHolderParent, NeedHolderRow } from '../../../model/need-rows.js';
import { toPeriod } from '../../../model/periods.js';
import { needHolders } from '../../../repositories/audited-tables.js';
import { reject } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import { mapRowErrors } from '../core/input-to-row.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import type { UnitOfWork } from '../core/unit-of-work.js';
import { checkNeedHolder, findHolder, holderOf, inputToNeedHolder } from './holder-input.js';

/** Finds the statement of an input, which must be about the holder that the input names. */
function findStatement(
  unitOfWork: UnitOfWork,
  { holderId, needHolderId: id, expectedRevision }: ChangeNeedStateInput | CorrectNeedHolderInput,
): Promise<NeedHolderParent> {
  const isMeant = (row: NeedHolderRow): boolean => row.holderId === (holderId ?? null);
  return findOne(unitOfWork, needHolders, { id, expectedRevision }, 'needHolderId', isMeant);
}

interface Changed {
  readonly former: NeedHolderParent | null;
  readonly needHolder: NeedHolderParent;
}

const on = ['on'];

export const changeNeedState: Mutation<ChangeNeedStateInput, Changed> = {
  action: 'changeNeedState',
  ownerOf: ({ holderId }) => holderId ?? null,
  execute: async (input, unitOfWork, catalogue) => {
    const organisations = await findHolder(unitOfWork, input.holderId);
    const before = await findStatement(unitOfWork, input);
    if (toPeriod(before).ended === true)
      reject('ENDED', ['needHolderId'], `${before.id} has ended already: use stateNeedHolder to state the need again.`);
    const [start, startPrecision] = [input.on, input.onPrecision ?? 'DAY'];
    mapRowErrors({ end: on }, () => {
      const began = before.startDate ?? before.observedOn;
      checkPeriod({ start: began, start_precision: null, end: start, end_precision: null });
    });
    // The new state shows that the former one has ended; its source and its day of observation remain.
    const to = { ...before, endDate: start, endPrecision: startPrecision, ended: true };
    const [former = null] = await unitOfWork.update(needHolders, [{ before, to }]);
    const next = inputToNeedHolder(
      catalogue,
      organisations,
      newId(catalogue, 'need-holder'),
      { ...input, ...holderOf(before), needId: before.needId, during: { start, startPrecision } },
      { start: on, start_precision: ['onPrecision'] },
    );
    await checkNeedHolder(unitOfWork, organisations, next, on);
    return { former, needHolder: await unitOfWork.insert(needHolders, next, null) };
  },
};

export const correctNeedHolder: Mutation<CorrectNeedHolderInput, { readonly needHolder: NeedHolderParent | null }> = {
  action: 'correctNeedHolder',
  ownerOf: ({ holderId }) => holderId ?? null,
  execute: async (input, unitOfWork, catalogue) => {
    const organisations = await findHolder(unitOfWork, input.holderId);
    const before = await findStatement(unitOfWork, input);
    const values = { ...input, ...holderOf(before), needId: before.needId };
    const to = inputToNeedHolder(catalogue, organisations, before.id, values);
    await checkNeedHolder(unitOfWork, organisations, to, ['during']);
    const [needHolder = null] = await unitOfWork.update(needHolders, [{ before, to }]);
    return { needHolder };
  },
};

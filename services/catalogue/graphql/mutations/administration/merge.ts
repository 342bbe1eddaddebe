import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import { succession } from '../../../model/entities.js';
import type { MergeAdministrationsInput } from '../../../generated/resolver-types.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { insertAdministration } from './input.js';
import { endOrganisation } from '../organisation/find.js';
import { type FieldPath, invalidValue, reject, MutationError } from '../core/failures.js';
import type { Mutation } from '../core/run-mutation.js';
import { inputToProvenance } from '../core/input-to-row.js';
import type { RevisionFields, UnitOfWork } from '../core/unit-of-work.js';
import { organisations } from '../../../repositories/audited-tables.js';

const maxMerged = 50;

export const mergeAdministrations: Mutation<
  MergeAdministrationsInput,
  { readonly administration: OrganisationParent }
> = {
  action: 'mergeAdministrations',
  execute: async (input, unitOfWork, catalogue) => {
    checkOrganisations(input);
    const { absorbedBy } = input;
    const requested = [
      ...input.merged.map((row, index) => ({ ...row, fields: revisionFields(['merged', `${index}`]) })),
      ...(absorbedBy == null ? [] : [{ ...absorbedBy, fields: revisionFields(['absorbedBy']) }]),
    ];
    const found = await unitOfWork.findForChange(organisations, requested, ({ type }) => type === 'ADMINISTRATION');
    const merged = found.slice(0, input.merged.length);
    await endMerged(unitOfWork, input, merged);
    const absorbing = found[merged.length];
    const administration = absorbing
      ? await absorb(unitOfWork, input, merged, absorbing)
      : await insertSuccessor(unitOfWork, catalogue, input, merged);
    await unitOfWork.rows.addTo(
      succession,
      merged.map(({ id }) => ({ predecessorId: id, successorId: administration.id })),
    );
    return { administration };
  },
};

const revisionFields = (at: FieldPath): RevisionFields => ({
  id: [...at, 'id'],
  expectedRevision: [...at, 'expectedRevision'],
});

/** @throws MutationError INVALID_VALUE unless the input names administrations to merge and exactly one successor. */
function checkOrganisations({ merged, successor, absorbedBy }: MergeAdministrationsInput): void {
  if ((successor == null) === (absorbedBy == null)) {
    throw new MutationError([invalidValue(['successor'], 'or `absorbedBy` is required, but not both')]);
  }
  const min = successor == null ? 1 : 2;
  if (merged.length < min || merged.length > maxMerged) {
    throw new MutationError([
      invalidValue(['merged'], `has ${merged.length} administrations; ${min} to ${maxMerged} are allowed`),
    ]);
  }
  const ids = [...merged.map(({ id }) => id), ...(absorbedBy == null ? [] : [absorbedBy.id])];
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
  if (duplicate !== undefined) {
    throw new MutationError([
      invalidValue(['merged'], `contains ${duplicate} twice, or as the administration that absorbs it`),
    ]);
  }
}

async function endMerged(
  unitOfWork: UnitOfWork,
  input: MergeAdministrationsInput,
  merged: readonly OrganisationParent[],
): Promise<void> {
  const { on, precision, successor, absorbedBy } = input;
  const end = { on, precision, field: ['on'], provenance: inputToProvenance(input.provenance) };
  const related = { successors: [successor?.id ?? absorbedBy?.id] };
  const changes = merged.map((before, index) => ({
    before,
    to: endOrganisation(before, ['merged', `${index}`, 'id'], end),
    related,
  }));
  await unitOfWork.update(organisations, changes);
}

/** The absorbing administration does not change; its audit entry records its new predecessors. */
async function absorb(
  unitOfWork: UnitOfWork,
  { on }: MergeAdministrationsInput,
  merged: readonly OrganisationParent[],
  absorbing: OrganisationParent,
): Promise<OrganisationParent> {
  const { id, startDate, endDate, ended: hasEnded } = absorbing;
  if (endDate === null ? hasEnded === true : endDate <= on) {
    reject('ENDED', ['absorbedBy', 'id'], `${id} had ended by ${on}.`);
  }
  if (startDate !== null && startDate > on) {
    throw new MutationError([invalidValue(['absorbedBy', 'id'], `begins on ${startDate}, after ${on}`)]);
  }
  const [administration] = await unitOfWork.update(organisations, [
    { before: absorbing, to: absorbing, related: { predecessors: merged.map(({ id: mergedId }) => mergedId) } },
  ]);
  return administration as OrganisationParent;
}

const insertSuccessor = (
  unitOfWork: UnitOfWork,
  catalogue: NationalCatalogue,
  { successor, on, precision, provenance }: MergeAdministrationsInput,
  merged: readonly OrganisationParent[],
): Promise<OrganisationParent> =>
  insertAdministration(
    unitOfWork,
    catalogue,
    {
      input: successor as NonNullable<typeof successor>,
      at: ['successor'],
      existed: { start: on, startPrecision: precision ?? null },
      periodFields: { start: ['on'], start_precision: ['precision'] },
      provenance,
    },
    { predecessors: merged.map(({ id }) => id) },
  );

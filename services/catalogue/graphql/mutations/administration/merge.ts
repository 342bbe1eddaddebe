import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import { succession } from '../../../model/entities.js';
import type { MergeAdministrationsInput } from '../../../generated/resolver-types.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { insertAdministration } from './input.js';
import { ended } from '../organisation/find.js';
import { type Field, invalid, refuse, WriteRefused } from '../core/failures.js';
import type { Write } from '../core/run-mutation.js';
import { provenanceOfInput } from '../core/input-to-row.js';
import type { ReadFields, Store } from '../core/unit-of-work.js';
import { bodies } from '../../../repositories/audited-tables.js';

const mostMerged = 50;

export const mergeAdministrations: Write<MergeAdministrationsInput, { readonly administration: OrganisationParent }> = {
  action: 'mergeAdministrations',
  perform: async (input, store, catalogue) => {
    checkParts(input);
    const { absorbedBy } = input;
    const asked = [
      ...input.merged.map((read, index) => ({ ...read, fields: readFields(['merged', `${index}`]) })),
      ...(absorbedBy == null ? [] : [{ ...absorbedBy, fields: readFields(['absorbedBy']) }]),
    ];
    const found = await store.findForChange(bodies, asked, ({ type }) => type === 'ADMINISTRATION');
    const merged = found.slice(0, input.merged.length);
    await endMerged(store, input, merged);
    const absorbing = found[merged.length];
    const administration = absorbing
      ? await absorb(store, input, merged, absorbing)
      : await begin(store, catalogue, input, merged);
    await store.rows.addTo(
      succession,
      merged.map(({ id }) => ({ predecessorId: id, successorId: administration.id })),
    );
    return { administration };
  },
};

const readFields = (at: Field): ReadFields => ({ id: [...at, 'id'], expectedRevision: [...at, 'expectedRevision'] });

/** @throws WriteRefused INVALID_VALUE where it is not said who ends, or who takes their place. */
function checkParts({ merged, successor, absorbedBy }: MergeAdministrationsInput): void {
  if ((successor == null) === (absorbedBy == null)) {
    throw new WriteRefused([invalid(['successor'], 'or `absorbedBy` is needed, and not both')]);
  }
  const fewest = successor == null ? 1 : 2;
  if (merged.length < fewest || merged.length > mostMerged) {
    throw new WriteRefused([
      invalid(['merged'], `has ${merged.length} administrations; it can have ${fewest} to ${mostMerged}`),
    ]);
  }
  const ids = [...merged.map(({ id }) => id), ...(absorbedBy == null ? [] : [absorbedBy.id])];
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new WriteRefused([invalid(['merged'], `has ${twice} twice, or it absorbs itself`)]);
}

async function endMerged(
  store: Store,
  input: MergeAdministrationsInput,
  merged: readonly OrganisationParent[],
): Promise<void> {
  const { on, precision, successor, absorbedBy } = input;
  const end = { on, precision, field: ['on'], provenance: provenanceOfInput(input.provenance) };
  const beside = { successors: [successor?.id ?? absorbedBy?.id] };
  const changes = merged.map((before, index) => ({
    before,
    to: ended(before, ['merged', `${index}`, 'id'], end),
    beside,
  }));
  await store.update(bodies, changes);
}

/** The one that absorbs stays as it is; the audit trail has whom it absorbed. */
async function absorb(
  store: Store,
  { on }: MergeAdministrationsInput,
  merged: readonly OrganisationParent[],
  absorbing: OrganisationParent,
): Promise<OrganisationParent> {
  const { id, startDate, endDate, ended: hasEnded } = absorbing;
  if (endDate === null ? hasEnded === true : endDate <= on) {
    refuse('ENDED', ['absorbedBy', 'id'], `${id} was no more on ${on}.`);
  }
  if (startDate !== null && startDate > on) {
    throw new WriteRefused([invalid(['absorbedBy', 'id'], `begins on ${startDate}, after ${on}`)]);
  }
  const [administration] = await store.update(bodies, [
    { before: absorbing, to: absorbing, beside: { predecessors: merged.map((body) => body.id) } },
  ]);
  return administration as OrganisationParent;
}

const begin = (
  store: Store,
  catalogue: NationalCatalogue,
  { successor, on, precision, provenance }: MergeAdministrationsInput,
  merged: readonly OrganisationParent[],
): Promise<OrganisationParent> =>
  insertAdministration(
    store,
    catalogue,
    {
      said: successor as NonNullable<typeof successor>,
      at: ['successor'],
      existed: { start: on, startPrecision: precision ?? null },
      periodFields: { start: ['on'], start_precision: ['precision'] },
      provenance,
    },
    { predecessors: merged.map(({ id }) => id) },
  );

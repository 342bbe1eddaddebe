import type {
  HolderRuleInput,
  InputMaybe,
  MoneyInput,
  NeedState,
  PeriodInput,
  ProvenanceInput,
} from '../../../generated/resolver-types.js';
import * as tables from '../../../import/tables/table-definitions.js';
import { toNeedHolderRow } from '../../../import/tables/to-need-rows.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { NeedHolderRow } from '../../../model/need-rows.js';
import type { OrganisationRow } from '../../../model/rows.js';
import { type FieldPath, reject } from '../core/failures.js';
import {
  inputToRow,
  periodCells,
  periodFields,
  provenanceCells,
  provenanceFields,
  toReferences,
} from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';
import { checkStart } from '../membership/input.js';

type Organisations = ReadonlyMap<string, OrganisationRow>;

interface NeedHolderInput {
  readonly needId: string;
  readonly holderId?: InputMaybe<string> | undefined;
  readonly rule?: InputMaybe<HolderRuleInput> | undefined;
  readonly rawName?: string | null;
  readonly state: NeedState;
  readonly during?: InputMaybe<PeriodInput> | undefined;
  readonly amount?: InputMaybe<MoneyInput> | undefined;
  readonly metBy?: InputMaybe<readonly string[]> | undefined;
  readonly provenance: ProvenanceInput;
}

const defaultFields = {
  need: ['needId'],
  holder: ['holderId'],
  holders_kind: ['rule'],
  holders_nuts: ['rule', 'nuts'],
  amount: ['amount', 'amount'],
  currency: ['amount', 'currency'],
  met_by: ['metBy'],
  ...periodFields('during'),
  ...provenanceFields,
};

/** Finds the holder, if the input has its id. */
export const findHolder = (
  unitOfWork: UnitOfWork,
  holderId: InputMaybe<string> | undefined,
): ReturnType<UnitOfWork['findOrganisations']> => unitOfWork.findOrganisations(holderId == null ? {} : { holderId });

/**
 * Converts an input to the row of a holder of a need that exists.
 *
 * @param fields the fields from which columns are filled if they differ from the default ones.
 * @throws MutationError INVALID_VALUE where an import would reject it.
 */
export function inputToNeedHolder(
  catalogue: NationalCatalogue,
  organisations: Organisations,
  id: string,
  input: NeedHolderInput,
  fields: Readonly<Record<string, FieldPath>> = {},
): NeedHolderRow {
  const cells = {
    id,
    need: input.needId,
    holder: input.holderId,
    holders_kind: input.rule?.kind,
    holders_nuts: input.rule?.nuts,
    state: input.state,
    ...periodCells(input.during),
    amount: input.amount?.amount,
    currency: input.amount?.currency,
    met_by: input.metBy,
    raw_name: input.rawName,
    ...provenanceCells(input.provenance),
  };
  const references = toReferences(input.provenance, organisations.keys());
  return inputToRow(
    tables.needHolders,
    { cells, fields: { ...defaultFields, ...fields } },
    toNeedHolderRow(catalogue, references, new Set([input.needId])),
  );
}

/** Who holds a need, as an input names them. */
export const holderOf = ({ holderId, holdersKind, holdersNuts, rawName }: NeedHolderRow) => ({
  holderId,
  rule: holdersKind === null ? null : { kind: holdersKind, nuts: holdersNuts },
  rawName,
});

/**
 * Checks that the holder exists when a statement begins, and that it overlaps no other statement about the same holder, need and
 * state. Locks such statements until the transaction ends.
 *
 * @throws MutationError ENDED or OVERLAP.
 */
export async function checkNeedHolder(
  { rows }: UnitOfWork,
  organisations: Organisations,
  row: NeedHolderRow,
  field: FieldPath,
): Promise<void> {
  const { needId, holderId, holdersKind, holdersNuts, state } = row;
  if (holderId !== null) checkStart(organisations, { holderId }, row);
  const holder = holderId ?? `${holdersKind ?? ''} ${holdersNuts ?? ''}`;
  await rows.lock([`need ${needId} ${holder}`]);
  const other = await rows.findOtherNeedHolder(row);
  if (other)
    reject('OVERLAP', field, `${needId} is ${state} for this holder already, by ${other.id}: correct that statement.`);
}

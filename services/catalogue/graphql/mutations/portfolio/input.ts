import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { InputMaybe, PeriodInput, ProvenanceInput } from '../../../generated/resolver-types.js';
import { toPortfolioRow } from '../../../import/tables/to-solution-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { OrganisationRow, PortfolioRow } from '../../../model/rows.js';
import { type FieldPath, invalidValue, reject, MutationError } from '../core/failures.js';
import { checkStart } from '../membership/input.js';
import {
  provenanceCells,
  provenanceFields,
  periodCells,
  periodFields,
  toReferences,
  inputToRow,
} from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

type Organisations = ReadonlyMap<string, OrganisationRow>;

interface PortfolioInput {
  readonly consortiumId: string;
  readonly solutionAddress: string;
  readonly stage?: InputMaybe<string> | undefined;
  readonly level?: InputMaybe<string> | undefined;
  readonly during?: InputMaybe<PeriodInput> | undefined;
  readonly endReason?: InputMaybe<string> | undefined;
  readonly provenance: ProvenanceInput;
}

/** The fields from which columns are filled if they differ from the default ones. */
export type PortfolioFields = Readonly<Record<string, FieldPath>>;

/**
 * Converts an input to the row of a portfolio entry.
 *
 * @throws MutationError INVALID_VALUE where an import would reject it, or if the consortium is not a consortium.
 */
export function inputToPortfolioEntry(
  organisations: Organisations,
  id: string,
  input: PortfolioInput,
  fields: PortfolioFields = {},
): PortfolioRow {
  if (parseOrganisationId(input.consortiumId)?.type !== 'consortium') {
    throw new MutationError([invalidValue(['consortiumId'], 'must be the id of a consortium')]);
  }
  const cells = {
    id,
    consortium: input.consortiumId,
    address: input.solutionAddress,
    stage: input.stage,
    level: input.level,
    ...periodCells(input.during),
    end_reason: input.endReason,
    ...provenanceCells(input.provenance),
  };
  const references = toReferences(input.provenance, organisations.keys());
  const defaultFields = { consortium: ['consortiumId'], address: ['solutionAddress'], end_reason: ['endReason'] };
  return inputToRow(
    tables.portfolio,
    { cells, fields: { ...defaultFields, ...periodFields('during'), ...provenanceFields, ...fields } },
    toPortfolioRow(references),
  );
}

/**
 * Checks that the consortium exists when a portfolio entry begins, and that the entry overlaps no other one of the same
 * solution. Locks the solution in this portfolio until the transaction ends.
 *
 * @throws MutationError ENDED or OVERLAP.
 */
export async function checkPortfolioEntry(
  { rows }: UnitOfWork,
  organisations: Organisations,
  entry: PortfolioRow,
  field: FieldPath,
): Promise<void> {
  const { consortiumId, address } = entry;
  checkStart(organisations, { consortiumId }, entry);
  await rows.lock([`place ${consortiumId} ${address}`]);
  const other = await rows.findOtherPortfolioEntry(entry);
  if (other)
    reject('OVERLAP', field, `${address} is in this portfolio already, by ${other.id}: move that entry instead.`);
}

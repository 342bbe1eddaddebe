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

/** All that is said of a place in a portfolio. */
interface PortfolioInput {
  readonly consortiumId: string;
  readonly solutionAddress: string;
  readonly stage?: InputMaybe<string> | undefined;
  readonly level?: InputMaybe<string> | undefined;
  readonly during?: InputMaybe<PeriodInput> | undefined;
  readonly endReason?: InputMaybe<string> | undefined;
  readonly provenance: ProvenanceInput;
}

/** Where in an input the columns are from, if not under the names of a place. */
export type PortfolioFields = Readonly<Record<string, FieldPath>>;

/**
 * The row of a place in a portfolio.
 *
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, and where the consortium is none.
 */
export function inputToPortfolioEntry(organisations: Organisations, id: string, said: PortfolioInput, fields: PortfolioFields = {}): PortfolioRow {
  if (parseOrganisationId(said.consortiumId)?.type !== 'consortium') {
    throw new MutationError([invalidValue(['consortiumId'], 'must be the id of a consortium')]);
  }
  const cells = {
    id,
    consortium: said.consortiumId,
    address: said.solutionAddress,
    stage: said.stage,
    level: said.level,
    ...periodCells(said.during),
    end_reason: said.endReason,
    ...provenanceCells(said.provenance),
  };
  const references = toReferences(said.provenance, organisations.keys());
  const usual = { consortium: ['consortiumId'], address: ['solutionAddress'], end_reason: ['endReason'] };
  return inputToRow(
    tables.portfolio,
    { cells, fields: { ...usual, ...periodFields('during'), ...provenanceFields, ...fields } },
    toPortfolioRow(references),
  );
}

/**
 * Sees to it that a place begins while its consortium is there, and that its solution has no other in the same portfolio on a
 * day on which it has this. Until this is over nobody else gives it one.
 *
 * @throws WriteRefused ENDED or OVERLAP.
 */
export async function checkPortfolioEntry({ rows }: UnitOfWork, organisations: Organisations, place: PortfolioRow, field: FieldPath): Promise<void> {
  const { consortiumId, address } = place;
  checkStart(organisations, { consortiumId }, place);
  await rows.lock([`place ${consortiumId} ${address}`]);
  const other = await rows.findOtherPlace(place);
  if (other)
    reject('OVERLAP', field, `${address} has a place in this portfolio by ${other.id} already: move that one.`);
}

import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { InputMaybe, PeriodInput, ProvenanceInput } from '../../../generated/resolver-types.js';
import { toPortfolioRow } from '../../../import/tables/to-solution-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { OrganisationRow, PortfolioRow } from '../../../model/rows.js';
import { type Field, invalid, refuse, WriteRefused } from '../core/failures.js';
import { checkBegins } from '../membership/input.js';
import {
  originCells,
  originFields,
  periodCells,
  periodFields,
  referencesOf,
  rowOfInput,
} from '../core/input-to-row.js';
import type { Store } from '../core/unit-of-work.js';

type Bodies = ReadonlyMap<string, OrganisationRow>;

/** All that is said of a place in a portfolio. */
interface Said {
  readonly consortiumId: string;
  readonly solutionAddress: string;
  readonly stage?: InputMaybe<string> | undefined;
  readonly level?: InputMaybe<string> | undefined;
  readonly during?: InputMaybe<PeriodInput> | undefined;
  readonly endReason?: InputMaybe<string> | undefined;
  readonly provenance: ProvenanceInput;
}

/** Where in an input the columns are from, if not under the names of a place. */
export type PlaceFields = Readonly<Record<string, Field>>;

/**
 * The row of a place in a portfolio.
 *
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, and where the consortium is none.
 */
export function placeOf(bodies: Bodies, id: string, said: Said, fields: PlaceFields = {}): PortfolioRow {
  if (parseOrganisationId(said.consortiumId)?.type !== 'consortium') {
    throw new WriteRefused([invalid(['consortiumId'], 'must be the id of a consortium')]);
  }
  const cells = {
    id,
    consortium: said.consortiumId,
    address: said.solutionAddress,
    stage: said.stage,
    level: said.level,
    ...periodCells(said.during),
    end_reason: said.endReason,
    ...originCells(said.provenance),
  };
  const references = referencesOf(said.provenance, bodies.keys());
  const usual = { consortium: ['consortiumId'], address: ['solutionAddress'], end_reason: ['endReason'] };
  return rowOfInput(
    tables.portfolio,
    { cells, fields: { ...usual, ...periodFields('during'), ...originFields, ...fields } },
    toPortfolioRow(references),
  );
}

/**
 * Sees to it that a place begins while its consortium is there, and that its solution has no other in the same portfolio on a
 * day on which it has this. Until this is over nobody else gives it one.
 *
 * @throws WriteRefused ENDED or OVERLAP.
 */
export async function checkPlace({ rows }: Store, bodies: Bodies, place: PortfolioRow, field: Field): Promise<void> {
  const { consortiumId, address } = place;
  checkBegins(bodies, { consortiumId }, place);
  await rows.lock([`place ${consortiumId} ${address}`]);
  const other = await rows.findOtherPlace(place);
  if (other)
    refuse('OVERLAP', field, `${address} has a place in this portfolio by ${other.id} already: move that one.`);
}

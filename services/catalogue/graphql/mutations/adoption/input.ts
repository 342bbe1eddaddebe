import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { AdoptionStatus, InputMaybe, PeriodInput, ProvenanceInput } from '../../../generated/resolver-types.js';
import { toAdoptionRow } from '../../../import/tables/to-solution-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { AdoptionRow, OrganisationRow } from '../../../model/rows.js';
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

/** All that is said of an adoption. */
interface Said {
  readonly administrationId?: InputMaybe<string> | undefined;
  readonly group?: InputMaybe<string> | undefined;
  readonly solutionAddress: string;
  readonly status: AdoptionStatus;
  readonly during?: InputMaybe<PeriodInput> | undefined;
  readonly version?: InputMaybe<string> | undefined;
  readonly rawName?: string | null;
  readonly matchConfidence?: number | null;
  readonly provenance: ProvenanceInput;
}

const usual = {
  administration: ['administrationId'],
  address: ['solutionAddress'],
  ...periodFields('during'),
  ...originFields,
};

/** The user of an adoption, if it has an id: it must be there. */
export const findUser = (store: Store, administrationId: InputMaybe<string> | undefined): Promise<Bodies> =>
  store.findBodies(administrationId == null ? {} : { administrationId });

/**
 * The row of an adoption.
 *
 * @param fields where in an input the columns are from, if not under the names of an adoption.
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, and where the user is no administration.
 */
export function adoptionOf(
  catalogue: NationalCatalogue,
  bodies: Bodies,
  id: string,
  said: Said,
  fields: Readonly<Record<string, Field>> = {},
): AdoptionRow {
  const { administrationId } = said;
  if (administrationId != null && parseOrganisationId(administrationId)?.type !== 'administration') {
    throw new WriteRefused([invalid(['administrationId'], 'must be the id of an administration')]);
  }
  const cells = {
    id,
    administration: administrationId,
    group: said.group,
    address: said.solutionAddress,
    status: said.status,
    ...periodCells(said.during),
    version: said.version,
    raw_name: said.rawName,
    match_confidence: said.matchConfidence,
    ...originCells(said.provenance),
  };
  const references = referencesOf(said.provenance, bodies.keys());
  return rowOfInput(tables.adoptions, { cells, fields: { ...usual, ...fields } }, toAdoptionRow(catalogue, references));
}

/**
 * Sees to it that an adoption begins while its user is there, and that no other of the same user, solution and status counts on
 * a day on which it does. Until this is over nobody else writes one.
 *
 * @throws WriteRefused ENDED or OVERLAP.
 */
export async function checkAdoption({ rows }: Store, bodies: Bodies, adoption: AdoptionRow): Promise<void> {
  const { administrationId, address, status } = adoption;
  // Who stands behind the name of a group nobody can tell.
  if (administrationId === null) return;
  checkBegins(bodies, { administrationId }, adoption);
  await rows.lock([`adoption ${administrationId} ${address} ${status}`]);
  const other = await rows.findOtherAdoption(adoption);
  if (other)
    refuse('OVERLAP', ['during'], `${administrationId} uses ${address} so by ${other.id} already: end that one.`);
}

import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { AdoptionStatus, InputMaybe, PeriodInput, ProvenanceInput } from '../../../generated/resolver-types.js';
import { toAdoptionRow } from '../../../import/tables/to-solution-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { AdoptionRow, OrganisationRow } from '../../../model/rows.js';
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

/** All that is said of an adoption. */
interface AdoptionInput {
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

const defaultFields = {
  administration: ['administrationId'],
  address: ['solutionAddress'],
  ...periodFields('during'),
  ...provenanceFields,
};

/** The user of an adoption, if it has an id: it must be there. */
export const findUser = (unitOfWork: UnitOfWork, administrationId: InputMaybe<string> | undefined): Promise<Organisations> =>
  unitOfWork.findOrganisations(administrationId == null ? {} : { administrationId });

/**
 * The row of an adoption.
 *
 * @param fields where in an input the columns are from, if not under the names of an adoption.
 * @throws WriteRefused INVALID_VALUE as an import would refuse it, and where the user is no administration.
 */
export function inputToAdoption(
  catalogue: NationalCatalogue,
  organisations: Organisations,
  id: string,
  said: AdoptionInput,
  fields: Readonly<Record<string, FieldPath>> = {},
): AdoptionRow {
  const { administrationId } = said;
  if (administrationId != null && parseOrganisationId(administrationId)?.type !== 'administration') {
    throw new MutationError([invalidValue(['administrationId'], 'must be the id of an administration')]);
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
    ...provenanceCells(said.provenance),
  };
  const references = toReferences(said.provenance, organisations.keys());
  return inputToRow(tables.adoptions, { cells, fields: { ...defaultFields, ...fields } }, toAdoptionRow(catalogue, references));
}

/**
 * Sees to it that an adoption begins while its user is there, and that no other of the same user, solution and status counts on
 * a day on which it does. Until this is over nobody else writes one.
 *
 * @throws WriteRefused ENDED or OVERLAP.
 */
export async function checkAdoption({ rows }: UnitOfWork, organisations: Organisations, adoption: AdoptionRow): Promise<void> {
  const { administrationId, address, status } = adoption;
  // Who stands behind the name of a group nobody can tell.
  if (administrationId === null) return;
  checkStart(organisations, { administrationId }, adoption);
  await rows.lock([`adoption ${administrationId} ${address} ${status}`]);
  const other = await rows.findOtherAdoption(adoption);
  if (other)
    reject('OVERLAP', ['during'], `${administrationId} uses ${address} so by ${other.id} already: end that one.`);
}

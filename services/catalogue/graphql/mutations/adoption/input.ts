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

/** Finds the user of an adoption, if the input has its id. */
export const findUser = (
  unitOfWork: UnitOfWork,
  administrationId: InputMaybe<string> | undefined,
): Promise<Organisations> => unitOfWork.findOrganisations(administrationId == null ? {} : { administrationId });

/**
 * Converts an input to the row of an adoption.
 *
 * @param fields the fields from which columns are filled if they differ from the default ones.
 * @throws MutationError INVALID_VALUE where an import would reject it, or if the user is not an administration.
 */
export function inputToAdoption(
  catalogue: NationalCatalogue,
  organisations: Organisations,
  id: string,
  input: AdoptionInput,
  fields: Readonly<Record<string, FieldPath>> = {},
): AdoptionRow {
  const { administrationId } = input;
  if (administrationId != null && parseOrganisationId(administrationId)?.type !== 'administration') {
    throw new MutationError([invalidValue(['administrationId'], 'must be the id of an administration')]);
  }
  const cells = {
    id,
    administration: administrationId,
    group: input.group,
    address: input.solutionAddress,
    status: input.status,
    ...periodCells(input.during),
    version: input.version,
    raw_name: input.rawName,
    match_confidence: input.matchConfidence,
    ...provenanceCells(input.provenance),
  };
  const references = toReferences(input.provenance, organisations.keys());
  return inputToRow(
    tables.adoptions,
    { cells, fields: { ...defaultFields, ...fields } },
    toAdoptionRow(catalogue, references),
  );
}

/**
 * Checks that the user exists when an adoption begins, and that it overlaps no other adoption of the same user, solution and
 * status. Locks such adoptions until the transaction ends.
 *
 * @throws MutationError ENDED or OVERLAP.
 */
export async function checkAdoption(
  { rows }: UnitOfWork,
  organisations: Organisations,
  adoption: AdoptionRow,
): Promise<void> {
  const { administrationId, address, status } = adoption;
  // It is unknown which administrations belong to a group.
  if (administrationId === null) return;
  checkStart(organisations, { administrationId }, adoption);
  await rows.lock([`adoption ${administrationId} ${address} ${status}`]);
  const other = await rows.findOtherAdoption(adoption);
  if (other)
    reject(
      'OVERLAP',
      ['during'],
      `${administrationId} has an adoption of ${address} with this status already, ${other.id}: end that adoption.`,
    );
}

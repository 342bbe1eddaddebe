import type { InputMaybe, PeriodInput, ProvenanceInput } from '../../../generated/resolver-types.js';
import { toContractRow } from '../../../import/tables/to-terms-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { ContractRow } from '../../../model/rows.js';
import type { FieldPath } from '../core/failures.js';
import {
  inputToRow,
  periodCells,
  periodFields,
  provenanceCells,
  provenanceFields,
  toReferences,
} from '../core/input-to-row.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

interface ContractInput {
  readonly supplierName: string;
  readonly supplierIdentifier?: InputMaybe<string> | undefined;
  readonly clientId?: InputMaybe<string> | undefined;
  readonly solutionAddress?: InputMaybe<string> | undefined;
  readonly during?: InputMaybe<PeriodInput> | undefined;
  readonly url?: InputMaybe<string> | undefined;
  readonly provenance: ProvenanceInput;
}

const defaultFields = {
  supplier_name: ['supplierName'],
  supplier_identifier: ['supplierIdentifier'],
  client: ['clientId'],
  address: ['solutionAddress'],
  ...periodFields('during'),
  ...provenanceFields,
};

/**
 * Converts an input to the row of a contract.
 *
 * @param fields the fields from which columns are filled if they differ from the default ones.
 * @throws MutationError INVALID_VALUE where an import would reject it, or NOT_FOUND.
 */
export async function inputToContract(
  unitOfWork: UnitOfWork,
  catalogue: NationalCatalogue,
  id: string,
  input: ContractInput,
  fields: Readonly<Record<string, FieldPath>> = {},
): Promise<ContractRow> {
  const { clientId } = input;
  const organisations = await unitOfWork.findOrganisations(clientId == null ? {} : { clientId });
  const cells = {
    id,
    supplier_name: input.supplierName,
    supplier_identifier: input.supplierIdentifier,
    client: clientId,
    address: input.solutionAddress,
    ...periodCells(input.during),
    url: input.url,
    ...provenanceCells(input.provenance),
  };
  const references = toReferences(input.provenance, organisations.keys());
  return inputToRow(
    tables.contracts,
    { cells, fields: { ...defaultFields, ...fields } },
    toContractRow(catalogue, references),
  );
}

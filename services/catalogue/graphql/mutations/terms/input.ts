import { parseOrganisationId } from '../../../../../schema/values/organisation-id.js';
import type { LocalisedText } from '../../../../shared/languages.js';
import type { FeeInput, InputMaybe, ProvenanceInput, TermsInput } from '../../../generated/resolver-types.js';
import { toFeeRow, toTermsRow } from '../../../import/tables/to-terms-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { FeeRow, TermsRow } from '../../../model/rows.js';
import { type FieldPath, invalidValue, MutationError } from '../core/failures.js';
import {
  inputToRow,
  periodCells,
  periodFields,
  provenanceCells,
  provenanceFields,
  toReferences,
} from '../core/input-to-row.js';
import { newId } from '../core/new-id.js';
import { parseTexts } from '../core/texts.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

interface TermsWithProvenance {
  readonly consortiumId?: InputMaybe<string> | undefined;
  readonly terms: TermsInput;
  readonly provenance: ProvenanceInput;
}

const termsField = (name: keyof TermsInput): FieldPath => ['terms', name];

const fields = {
  consortium: ['consortiumId'],
  address: termsField('solutionAddress'),
  open_to_kinds: termsField('openToKinds'),
  open_to_nuts: termsField('openToNuts'),
  eligibility_: termsField('eligibility'),
  conditions_: termsField('conditions'),
  support_: termsField('support'),
  agreement_url: termsField('agreement'),
  exception_ground: termsField('exceptionGround'),
  exception_reason_: termsField('exceptionReason'),
  ...provenanceFields,
};

/** The rows of an input: the terms, and their fees. */
interface TermsRows {
  readonly row: TermsRow;
  readonly fees: readonly FeeRow[];
}

/**
 * Converts an input to the rows of terms and their fees.
 *
 * @throws MutationError INVALID_VALUE where an import would reject them, or NOT_FOUND.
 */
export async function inputToTerms(
  unitOfWork: UnitOfWork,
  catalogue: NationalCatalogue,
  id: string,
  { consortiumId, terms, provenance }: TermsWithProvenance,
): Promise<TermsRows> {
  const organisations = await unitOfWork.findOrganisations(consortiumId == null ? {} : { consortiumId });
  if (consortiumId != null && parseOrganisationId(consortiumId)?.type !== 'consortium')
    throw new MutationError([invalidValue(['consortiumId'], 'must be the id of a consortium')]);
  const cells = {
    id,
    consortium: consortiumId,
    address: terms.solutionAddress,
    open_to_kinds: terms.openToKinds,
    open_to_nuts: terms.openToNuts,
    agreement_url: terms.agreement,
    exception_ground: terms.exceptionGround,
    ...provenanceCells(provenance),
  };
  const texts: Readonly<Record<string, readonly LocalisedText[]>> = {
    eligibility_: parseTexts(terms.eligibility, fields.eligibility_),
    conditions_: parseTexts(terms.conditions, fields.conditions_),
    support_: parseTexts(terms.support, fields.support_),
    exception_reason_: parseTexts(terms.exceptionReason, fields.exception_reason_),
  };
  const references = toReferences(provenance, organisations.keys());
  const row = inputToRow(tables.terms, { cells, fields, texts }, toTermsRow(catalogue, references));
  const toFee = toFeeRow(catalogue, references, new Set([id]));
  const fees = (terms.fees ?? []).map((fee, index) => {
    const path = [...termsField('fees'), `${index}`];
    const feeCells = toFeeCells(fee, newId(catalogue, 'fee'), id, provenance);
    return inputToRow(tables.fees, { cells: feeCells, fields: feeFields(path) }, toFee);
  });
  return { row, fees };
}

const toFeeCells = (fee: FeeInput, id: string, termsId: string, provenance: ProvenanceInput) => ({
  id,
  terms: termsId,
  kind: fee.kind,
  member_kind: fee.memberKind,
  population_min: fee.populationMin,
  population_max: fee.populationMax,
  for_members: fee.forMembers,
  amount: fee.amount.amount,
  currency: fee.amount.currency,
  ...periodCells(fee.during),
  ...provenanceCells(provenance),
});

const feeFields = (path: FieldPath): Readonly<Record<string, FieldPath>> => {
  const period = Object.entries(periodFields('during')).map(([column, field]) => [column, [...path, ...field]]);
  return {
    ...(Object.fromEntries(period) as Readonly<Record<string, FieldPath>>),
    kind: [...path, 'kind'],
    member_kind: [...path, 'memberKind'],
    population_min: [...path, 'populationMin'],
    population_max: [...path, 'populationMax'],
    for_members: [...path, 'forMembers'],
    amount: [...path, 'amount', 'amount'],
    currency: [...path, 'amount', 'currency'],
    ...provenanceFields,
  };
};

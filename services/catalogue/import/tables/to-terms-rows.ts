import type { LocalisedText } from '../../../shared/languages.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { ContractRow, FeeRow, TermsRow } from '../../model/rows.js';
import type { ReadRow } from './read-table.js';
import { RowError } from '../core/row-error.js';
import {
  checkAreas,
  checkPeriod,
  requireKnown,
  requireKnownIfDomestic,
  requireOwnRowId,
  toProvenance,
  type References,
} from './row-checks.js';
import * as tables from './table-definitions.js';

/** What the contract allows for a text. */
const maxTextLength = 2_000;

/** The texts of a row in the columns with a prefix, one for each language. */
function toTexts(row: Pick<ReadRow<tables.Table>, 'texts'>, prefix: string): LocalisedText[] {
  const texts = row.texts(prefix);
  for (const { language, text } of texts) {
    const column = `${prefix}${language}`;
    if (text.length > maxTextLength) throw new RowError(column, `is longer than ${maxTextLength} characters`);
    if (texts.filter((other) => other.language === language).length > 1)
      throw new RowError(column, 'has several texts: one per language is allowed');
  }
  return texts;
}

export const toTermsRow =
  (national: NationalCatalogue, references: References) =>
  (row: ReadRow<typeof tables.terms>): TermsRow => {
    const { cells } = row;
    if (cells.consortium === null && cells.address === null)
      throw new RowError('consortium', 'is required unless there is an address: terms are those of one of them');
    checkAreas(cells.open_to_nuts);
    const exceptionReason = toTexts(row, 'exception_reason_');
    if (cells.exception_ground === null && exceptionReason.length > 0)
      throw new RowError('exception_ground', 'is empty, but there is an exception_reason: it belongs to a ground');
    if (cells.exception_ground !== null && cells.address === null)
      throw new RowError(
        'exception_ground',
        'is given without an address: only a solution can be excepted from sharing',
      );
    return {
      id: requireOwnRowId(national, cells.id),
      consortiumId: cells.consortium === null ? null : requireKnown(references, 'consortium', cells.consortium),
      address: cells.address,
      openToKinds: cells.open_to_kinds.length > 0 ? cells.open_to_kinds : null,
      openToNuts: cells.open_to_nuts.length > 0 ? cells.open_to_nuts : null,
      eligibility: toTexts(row, 'eligibility_'),
      conditions: toTexts(row, 'conditions_'),
      support: toTexts(row, 'support_'),
      agreement: cells.agreement_url,
      exceptionGround: cells.exception_ground,
      exceptionReason,
      provenance: toProvenance(references, cells),
    };
  };

/** @param terms the ids of the terms of the catalogue. */
export const toFeeRow =
  (national: NationalCatalogue, references: References, terms: ReadonlySet<string>) =>
  ({ cells }: ReadRow<typeof tables.fees>): FeeRow => {
    checkPeriod(cells);
    if (!terms.has(cells.terms)) throw new RowError('terms', 'are not terms of this catalogue: add them to terms.csv');
    const { population_min: min, population_max: max } = cells;
    if (min !== null && max !== null && min > max)
      throw new RowError('population_max', `${max} is below population_min, ${min}`);
    return {
      id: requireOwnRowId(national, cells.id),
      termsId: cells.terms,
      kind: cells.kind,
      memberKind: cells.member_kind,
      populationMin: min,
      populationMax: max,
      forMembers: cells.for_members,
      amount: cells.amount,
      currency: cells.currency,
      ...tables.toPeriodColumns(cells),
      provenance: toProvenance(references, cells),
    };
  };

export const toContractRow =
  (national: NationalCatalogue, references: References) =>
  ({ cells }: ReadRow<typeof tables.contracts>): ContractRow => {
    checkPeriod(cells);
    if (cells.client === null && cells.address === null)
      throw new RowError(
        'client',
        'is required unless there is an address: a contract has a client or is about a solution',
      );
    return {
      id: requireOwnRowId(national, cells.id),
      supplierName: cells.supplier_name,
      supplierIdentifier: cells.supplier_identifier,
      clientId: cells.client === null ? null : requireKnownIfDomestic(national, references, 'client', cells.client),
      address: cells.address,
      ...tables.toPeriodColumns(cells),
      url: cells.url,
      provenance: toProvenance(references, cells),
    };
  };

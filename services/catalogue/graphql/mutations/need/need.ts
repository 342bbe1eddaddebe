import type {
  CorrectNeedInput,
  NeedInput,
  ProvenanceInput,
  StateNeedInput,
  WithdrawNeedInput,
} from '../../../generated/resolver-types.js';
import * as tables from '../../../import/tables/table-definitions.js';
import { toNeedRow } from '../../../import/tables/to-need-rows.js';
import { formatCode } from '../../../model/codes.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { NeedParent, NeedRow } from '../../../model/need-rows.js';
import { needs } from '../../../repositories/audited-tables.js';
import { reject } from '../core/failures.js';
import { findOne } from '../core/find-one.js';
import { inputToRow, provenanceCells, provenanceFields, toReferences } from '../core/input-to-row.js';
import { newId } from '../core/new-id.js';
import type { Mutation } from '../core/run-mutation.js';
import { parseTexts } from '../core/texts.js';

const fields = {
  statement_: ['need', 'statements'],
  codes: ['need', 'codes'],
  legal_basis: ['need', 'legalBasis'],
  url: ['need', 'url'],
  ...provenanceFields,
};

/** @throws MutationError INVALID_VALUE where an import would reject it. */
function inputToNeed(catalogue: NationalCatalogue, id: string, need: NeedInput, provenance: ProvenanceInput): NeedRow {
  const cells = {
    id,
    codes: need.codes?.map(formatCode),
    legal_basis: need.legalBasis,
    url: need.url,
    ...provenanceCells(provenance),
  };
  const texts = { statement_: parseTexts(need.statements, fields.statement_) };
  return inputToRow(tables.needs, { cells, fields, texts }, toNeedRow(catalogue, toReferences(provenance, [])));
}

export const stateNeed: Mutation<StateNeedInput, { readonly need: NeedParent }> = {
  action: 'stateNeed',
  execute: async ({ need, provenance }, unitOfWork, catalogue) => {
    const row = inputToNeed(catalogue, newId(catalogue, 'need'), need, provenance);
    return { need: await unitOfWork.insert(needs, row, null) };
  },
};

export const correctNeed: Mutation<CorrectNeedInput, { readonly need: NeedParent | null }> = {
  action: 'correctNeed',
  execute: async ({ needId: id, expectedRevision, need: content, provenance }, unitOfWork, catalogue) => {
    const before = await findOne(unitOfWork, needs, { id, expectedRevision }, 'needId');
    const to = inputToNeed(catalogue, id, content, provenance);
    const [need = null] = await unitOfWork.update(needs, [{ before, to }]);
    return { need };
  },
};

export const withdrawNeed: Mutation<WithdrawNeedInput, { readonly needId: string }> = {
  action: 'withdrawNeed',
  execute: async ({ needId: id, expectedRevision }, unitOfWork) => {
    const before = await findOne(unitOfWork, needs, { id, expectedRevision }, 'needId');
    const holder = await unitOfWork.rows.findAnyHolder(id);
    if (holder !== null)
      reject('IN_USE', ['needId'], `It has holders, such as ${holder}: change their state to WITHDRAWN instead.`);
    await unitOfWork.remove(needs, before);
    return { needId: id };
  },
};

import type { StateMappingInput, WithdrawMappingInput } from '../../../generated/resolver-types.js';
import * as tables from '../../../import/tables/table-definitions.js';
import { toMappingRow } from '../../../import/tables/to-need-rows.js';
import type { CodeMappingParent } from '../../../model/need-rows.js';
import { codeMappings } from '../../../repositories/audited-tables.js';
import { findOne } from '../core/find-one.js';
import { inputToRow, provenanceCells, provenanceFields, toReferences } from '../core/input-to-row.js';
import type { Mutation } from '../core/run-mutation.js';

const fields = {
  scheme: ['code', 'scheme'],
  notation: ['code', 'notation'],
  to_scheme: ['toCode', 'scheme'],
  to_notation: ['toCode', 'notation'],
  ...provenanceFields,
};

export const stateMapping: Mutation<StateMappingInput, { readonly mapping: CodeMappingParent }> = {
  action: 'stateMapping',
  execute: async ({ code, relation, toCode, topic, provenance }, unitOfWork, catalogue) => {
    const cells = {
      ...code,
      relation,
      to_scheme: toCode?.scheme,
      to_notation: toCode?.notation,
      topic,
      ...provenanceCells(provenance),
    };
    const toRow = toMappingRow(catalogue, toReferences(provenance, []));
    const row = inputToRow(tables.mappings, { cells, fields }, toRow);
    return { mapping: await unitOfWork.insert(codeMappings, row, topic == null ? ['toCode'] : ['topic']) };
  },
};

export const withdrawMapping: Mutation<WithdrawMappingInput, { readonly mappingId: string }> = {
  action: 'withdrawMapping',
  execute: async ({ mappingId: id, expectedRevision }, unitOfWork) => {
    await unitOfWork.remove(
      codeMappings,
      await findOne(unitOfWork, codeMappings, { id, expectedRevision }, 'mappingId'),
    );
    return { mappingId: id };
  },
};

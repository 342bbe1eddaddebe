import type { CorrectRecordInput } from '../../../generated/resolver-types.js';
import { keepFieldsWithoutColumn, toSearchColumns } from '../../../import/tables/to-solution-rows.js';
import type { RecordParent } from '../../../model/rows.js';
import { findOne } from '../core/find-one.js';
import { inputToRecord } from './input.js';
import type { Mutation } from '../core/run-mutation.js';
import { records } from '../../../repositories/audited-tables.js';

export const correctRecord: Mutation<CorrectRecordInput, { readonly record: RecordParent | null }> = {
  action: 'correctRecord',
  execute: async (input, unitOfWork, catalogue) => {
    const { recordId: id, expectedRevision } = input;
    const before = await findOne(unitOfWork, records, { id, expectedRevision }, 'recordId');
    const values = await inputToRecord(unitOfWork, catalogue, id, input);
    const content = keepFieldsWithoutColumn(values.content, before.content);
    const issues = before.issues.filter(({ path }) => !correctedPaths.test(path));
    const to = { ...values, content, issues, ...toSearchColumns(content) };
    const [record = null] = await unitOfWork.update(records, [{ before, to }]);
    return { record };
  },
};

/** Paths of a publiccode.yml whose issues no longer apply when an editor corrects the record. */
const correctedPaths =
  /^(?:name|url|landingURL|applicationSuite|isBasedOn|releaseDate|developmentStatus|softwareType|categories|platforms|legal\.license|maintenance\.type|description\.[^.]+\.(?:localisedName|shortDescription))(?:\.|$)/;

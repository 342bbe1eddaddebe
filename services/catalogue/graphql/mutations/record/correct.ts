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
    const said = await inputToRecord(unitOfWork, catalogue, id, input);
    const content = keepFieldsWithoutColumn(said.content, before.content);
    const issues = before.issues.filter(({ path }) => !correctedPaths.test(path));
    const to = { ...said, content, issues, ...toSearchColumns(content) };
    const [record = null] = await unitOfWork.update(records, [{ before, to }]);
    return { record };
  },
};

/** What a publiccode.yml got wrong, where an editor says it anew. */
const correctedPaths =
  /^(?:name|url|landingURL|applicationSuite|isBasedOn|releaseDate|developmentStatus|softwareType|categories|platforms|legal\.license|maintenance\.type|description\.[^.]+\.(?:localisedName|shortDescription))(?:\.|$)/;

import type { CorrectRecordInput } from '../../../generated/resolver-types.js';
import { keepFieldsWithoutColumn, toSearchColumns } from '../../../import/tables/to-solution-rows.js';
import type { RecordParent } from '../../../model/rows.js';
import { findOne } from '../core/find-one.js';
import { recordOf } from './input.js';
import type { Write } from '../core/run-mutation.js';
import { records } from '../../../repositories/audited-tables.js';

export const correctRecord: Write<CorrectRecordInput, { readonly record: RecordParent | null }> = {
  action: 'correctRecord',
  perform: async (input, store, catalogue) => {
    const { recordId: id, expectedRevision } = input;
    const before = await findOne(store, records, { id, expectedRevision }, 'recordId');
    const said = await recordOf(store, catalogue, id, input);
    const content = keepFieldsWithoutColumn(said.content, before.content);
    const issues = before.issues.filter(({ path }) => !isSaid.test(path));
    const to = { ...said, content, issues, ...toSearchColumns(content) };
    const [record = null] = await store.update(records, [{ before, to }]);
    return { record };
  },
};

/** What a publiccode.yml got wrong, where an editor says it anew. */
const isSaid =
  /^(?:name|url|landingURL|applicationSuite|isBasedOn|releaseDate|developmentStatus|softwareType|categories|platforms|legal\.license|maintenance\.type|description\.[^.]+\.(?:localisedName|shortDescription))(?:\.|$)/;

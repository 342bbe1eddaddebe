import type { FoundConsortiumInput } from '../../../generated/resolver-types.js';
import { toConsortiumRow } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { invalidValue, MutationError } from '../core/failures.js';
import { addIdentifiers, inputToIdentifiers } from '../organisation/identifiers.js';
import type { Mutation } from '../core/run-mutation.js';
import {
  provenanceCells,
  provenanceFields,
  periodCells,
  periodFields,
  toReferences,
  inputToRow,
} from '../core/input-to-row.js';
import { organisations } from '../../../repositories/audited-tables.js';
import { parseTags, parseTexts } from '../core/texts.js';

const fields = {
  legal_form: ['legalForm'],
  official_languages: ['officialLanguages'],
  open_to_kinds: ['openTo', 'kinds'],
  open_to_nuts: ['openTo', 'nuts'],
  members_complete_since: ['membersCompleteSince'],
  status: ['status'],
  name_: ['names'],
  ...periodFields('existed'),
  ...provenanceFields,
};

export const foundConsortium: Mutation<FoundConsortiumInput, { readonly consortium: OrganisationParent }> = {
  action: 'foundConsortium',
  execute: async (input, unitOfWork, catalogue) => {
    const { openTo } = input;
    if (openTo?.kinds.length === 0) throw new MutationError([invalidValue(['openTo', 'kinds'], 'names no kind')]);
    const references = toReferences(input.provenance, [input.id]);
    const cells = {
      id: input.id,
      kind: input.kind,
      legal_form: input.legalForm,
      official_languages: parseTags(input.officialLanguages, ['officialLanguages']),
      homepage: input.homepage,
      ...periodCells(input.existed),
      open_to_kinds: openTo?.kinds,
      open_to_nuts: openTo?.nuts,
      members_complete_since: input.membersCompleteSince,
      // Only tables state what a register showed on a day in the past.
      complete_members_start: null,
      complete_members_end: null,
      complete_members_kinds: [],
      // That it is founded does not say what becomes of it: `stateConsortiumStatus` states a status with a source of its own.
      status: null,
      status_source: null,
      status_observed_on: null,
      status_method: null,
      status_note: null,
      ...provenanceCells(input.provenance),
    };
    const texts = {
      name_: parseTexts(input.names, ['names']),
      alternative_names_: parseTexts(input.alternativeNames, ['alternativeNames']),
      open_to_description_: parseTexts(openTo?.description, ['openTo', 'description']),
    };
    const row = inputToRow(tables.consortia, { cells, fields, texts }, toConsortiumRow(catalogue, references));
    const identifiers = inputToIdentifiers(catalogue, references, row.id, input.identifiers, ['identifiers']);
    const consortium = await unitOfWork.insert(organisations, row, ['id'], { identifiers });
    await addIdentifiers(unitOfWork, row, identifiers, ['identifiers']);
    return { consortium };
  },
};

import type { FoundConsortiumInput } from '../../../generated/resolver-types.js';
import { toConsortiumRow } from '../../../import/tables/to-rows.js';
import * as tables from '../../../import/tables/table-definitions.js';
import type { OrganisationParent } from '../../../model/rows.js';
import { invalid, WriteRefused } from '../core/failures.js';
import { addIdentifiers, identifiersOf } from '../organisation/identifiers.js';
import type { Write } from '../core/run-mutation.js';
import {
  originCells,
  originFields,
  periodCells,
  periodFields,
  referencesOf,
  rowOfInput,
} from '../core/input-to-row.js';
import { bodies } from '../../../repositories/audited-tables.js';
import { readTags, readTexts } from '../core/texts.js';

const fields = {
  legal_form: ['legalForm'],
  official_languages: ['officialLanguages'],
  open_to_kinds: ['openTo', 'kinds'],
  open_to_nuts: ['openTo', 'nuts'],
  members_complete_since: ['membersCompleteSince'],
  name_: ['names'],
  ...periodFields('existed'),
  ...originFields,
};

export const foundConsortium: Write<FoundConsortiumInput, { readonly consortium: OrganisationParent }> = {
  action: 'foundConsortium',
  perform: async (input, store, catalogue) => {
    const { openTo } = input;
    if (openTo?.kinds.length === 0) throw new WriteRefused([invalid(['openTo', 'kinds'], 'names no kind')]);
    const references = referencesOf(input.provenance, [input.id]);
    const cells = {
      id: input.id,
      kind: input.kind,
      legal_form: input.legalForm,
      official_languages: readTags(input.officialLanguages, ['officialLanguages']),
      homepage: input.homepage,
      ...periodCells(input.existed),
      open_to_kinds: openTo?.kinds,
      open_to_nuts: openTo?.nuts,
      members_complete_since: input.membersCompleteSince,
      ...originCells(input.provenance),
    };
    const texts = {
      name_: readTexts(input.names, ['names']),
      alternative_names_: readTexts(input.alternativeNames, ['alternativeNames']),
      open_to_description_: readTexts(openTo?.description, ['openTo', 'description']),
    };
    const row = rowOfInput(tables.consortia, { cells, fields, texts }, toConsortiumRow(catalogue, references));
    const identifiers = identifiersOf(catalogue, references, row.id, input.identifiers, ['identifiers']);
    const consortium = await store.insert(bodies, row, ['id'], { identifiers });
    await addIdentifiers(store, row, identifiers, ['identifiers']);
    return { consortium };
  },
};

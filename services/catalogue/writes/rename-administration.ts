import type { LocalisedText } from '../../shared/languages.js';
import type { RenameAdministrationInput } from '../generated/resolver-types.js';
import { namesOf } from '../import/rows-of-tables.js';
import type { OrganisationParent, OrganisationRow } from '../rows.js';
import { findBody } from './body.js';
import type { Write } from './resolve-write.js';
import { heldTo, provenanceOfInput } from './row-of-input.js';
import { bodies } from './subjects.js';
import { readTexts } from './texts.js';

export const renameAdministration: Write<RenameAdministrationInput, { readonly administration: OrganisationParent }> = {
  action: 'renameAdministration',
  perform: async (input, store, catalogue) => {
    const before = await findBody(store, 'ADMINISTRATION', 'administrationId', {
      id: input.administrationId,
      expectedRevision: input.expectedRevision,
    });
    const names = readTexts(input.names, ['names']);
    const texts: Record<string, LocalisedText[]> = {
      name_: names,
      alternative_names_: otherNames(before, names, input.isCorrection ?? false),
    };
    const to = {
      ...before,
      ...heldTo({ name_: ['names'] }, () =>
        namesOf(catalogue, before.id, before.officialLanguages, { texts: (beginning) => texts[beginning] ?? [] }),
      ),
      provenance: provenanceOfInput(input.provenance),
    };
    const [administration] = await store.update(bodies, [{ before, to }]);
    return { administration: administration as OrganisationParent };
  },
};

/** The names that are not its names any more stay among its others, unless they never were right. */
function otherNames(
  { names: former, alternativeNames }: OrganisationRow,
  names: readonly LocalisedText[],
  isCorrection: boolean,
): LocalisedText[] {
  const isNone = (text: LocalisedText, of: readonly LocalisedText[]): boolean =>
    !of.some((other) => other.language === text.language && other.text === text.text);
  const kept = isCorrection ? [] : former.filter((text) => isNone(text, alternativeNames));
  return [...alternativeNames, ...kept].filter((text) => isNone(text, names));
}

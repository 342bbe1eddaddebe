import type { LocalisedText } from '../../../../shared/languages.js';
import type { RenameAdministrationInput } from '../../../generated/resolver-types.js';
import { toNameColumns } from '../../../import/tables/to-rows.js';
import type { OrganisationParent, OrganisationRow } from '../../../model/rows.js';
import { findOrganisation } from '../organisation/find.js';
import type { Mutation } from '../core/run-mutation.js';
import { mapRowErrors, inputToProvenance } from '../core/input-to-row.js';
import { organisations } from '../../../repositories/audited-tables.js';
import { parseTexts } from '../core/texts.js';

export const renameAdministration: Mutation<
  RenameAdministrationInput,
  { readonly administration: OrganisationParent }
> = {
  action: 'renameAdministration',
  execute: async (input, unitOfWork, catalogue) => {
    const before = await findOrganisation(unitOfWork, 'ADMINISTRATION', 'administrationId', {
      id: input.administrationId,
      expectedRevision: input.expectedRevision,
    });
    const names = parseTexts(input.names, ['names']);
    const texts: Record<string, LocalisedText[]> = {
      name_: names,
      alternative_names_: toAlternativeNames(before, names, input.isCorrection ?? false),
    };
    const to = {
      ...before,
      ...mapRowErrors({ name_: ['names'] }, () =>
        toNameColumns(catalogue, before.id, before.officialLanguages, { texts: (prefix) => texts[prefix] ?? [] }),
      ),
      provenance: inputToProvenance(input.provenance),
    };
    const [administration] = await unitOfWork.update(organisations, [{ before, to }]);
    return { administration: administration as OrganisationParent };
  },
};

/** Former names become alternative names, unless the input corrects them. */
function toAlternativeNames(
  { names: former, alternativeNames }: OrganisationRow,
  names: readonly LocalisedText[],
  isCorrection: boolean,
): LocalisedText[] {
  const isNotIn = (text: LocalisedText, of: readonly LocalisedText[]): boolean =>
    !of.some((other) => other.language === text.language && other.text === text.text);
  const formerNames = isCorrection ? [] : former.filter((text) => isNotIn(text, alternativeNames));
  return [...alternativeNames, ...formerNames].filter((text) => isNotIn(text, names));
}

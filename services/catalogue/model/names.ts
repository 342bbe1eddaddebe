import { type LocalisedText, parseLanguage, findText } from '../../shared/languages.js';
import type { NationalCatalogue } from './national-catalogue.js';
import type { OrganisationRow } from './rows.js';

/**
 * Chooses an organisation's text by the rule for names: in the requested language, else in the organisation's own, else in the
 * first of the catalogue's languages that has one, else the first. Null if there is no text at all. Its language need not
 * be the requested one.
 */
export const chooseText = (
  { languages }: Pick<NationalCatalogue, 'languages'>,
  texts: readonly LocalisedText[],
  officialLanguages: readonly string[],
  requested: string | null | undefined,
): LocalisedText | null =>
  // Nearly all texts are in one language.
  (texts.length === 1 && requested == null
    ? texts[0]
    : (findText(texts, [...parseLanguage(requested), ...officialLanguages, ...languages]) ?? texts[0])) ?? null;

/** Chooses an organisation's name by the rule for names; its id if it has no name. */
export const chooseName = (
  catalogue: Pick<NationalCatalogue, 'languages'>,
  { id, names, officialLanguages }: Pick<OrganisationRow, 'id' | 'names' | 'officialLanguages'>,
  requested?: string | null,
): string => chooseText(catalogue, names, officialLanguages, requested)?.text ?? id;

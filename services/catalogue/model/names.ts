import { type LocalisedText, parseLanguage, findText } from '../../shared/languages.js';
import type { NationalCatalogue } from './national-catalogue.js';
import type { OrganisationRow } from './rows.js';

/**
 * A body's text by the rule for names: in the language asked for, else in the body's own, else in the first of the
 * catalogue's that has one, else the first there is. Null when there is none at all.
 */
export const chooseText = (
  { languages }: Pick<NationalCatalogue, 'languages'>,
  texts: readonly LocalisedText[],
  officialLanguages: readonly string[],
  asked: string | null | undefined,
): string | null =>
  findText(texts, [...parseLanguage(asked), ...officialLanguages, ...languages]) ?? texts[0]?.text ?? null;

/** A body's name by the rule for names. */
export const chooseName = (
  catalogue: Pick<NationalCatalogue, 'languages'>,
  { id, names, officialLanguages }: Pick<OrganisationRow, 'id' | 'names' | 'officialLanguages'>,
  asked?: string | null,
): string => chooseText(catalogue, names, officialLanguages, asked) ?? id;

import { createHash } from 'node:crypto';

import { codeScheme, maxNotationLength } from '../../../schema/values/code-forms.js';
import { isPlainText } from '../../../schema/values/plain-text.js';
import { toRowId, type NationalCatalogue } from './national-catalogue.js';
import type { CodeKey, CodeMappingRow } from './need-rows.js';

/** A code as tables and rows contain it: `DK_KLE:00.22`. */
export const formatCode = ({ scheme, notation }: CodeKey): string => `${scheme}:${notation}`;

/** The code of a text `scheme:notation`; null if it is not one. A notation may contain colons. */
export function parseCodeText(text: string): CodeKey | null {
  const colon = text.indexOf(':');
  const [scheme, notation] = [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1)];
  return codeScheme.isValid(scheme) && isNotation(notation) ? { scheme, notation } : null;
}

/** Whether a text can be a code of a list. The tables separate codes by vertical bars. */
export const isNotation = (text: string): boolean =>
  text.length > 0 &&
  text.length <= maxNotationLength &&
  isPlainText(text) &&
  !text.includes('|') &&
  text.trim() === text;

const toSlug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

// The ids of codes follow from the codes, which identify them in every table. Two codes of one list that differ only by case and
// punctuation have the same id, and the second is rejected.

export const toCodeListId = (catalogue: Pick<NationalCatalogue, 'code'>, scheme: string): string =>
  toRowId(catalogue, 'code-list', toSlug(scheme));

export const toCodeId = (catalogue: Pick<NationalCatalogue, 'code'>, code: CodeKey): string =>
  toRowId(catalogue, 'code', toSlug(formatCode(code)));

/** As much of an id's local part as may be shortened is cut off, and replaced by a hash of the whole. */
const maxLocalLength = 100;

export function toMappingId(
  catalogue: Pick<NationalCatalogue, 'code'>,
  {
    toScheme,
    toNotation,
    topic,
    ...code
  }: Pick<CodeMappingRow, 'scheme' | 'notation' | 'toScheme' | 'toNotation' | 'topic'>,
): string {
  const target = topic ?? formatCode({ scheme: toScheme ?? '', notation: toNotation ?? '' });
  const local = toSlug(`${formatCode(code)} ${target}`);
  if (local.length <= maxLocalLength) return toRowId(catalogue, 'code-mapping', local);
  const hash = createHash('sha256')
    .update(`${formatCode(code)}\0${target}`)
    .digest('hex')
    .slice(0, 12);
  return toRowId(catalogue, 'code-mapping', `${local.slice(0, maxLocalLength - 13).replace(/-$/, '')}-${hash}`);
}

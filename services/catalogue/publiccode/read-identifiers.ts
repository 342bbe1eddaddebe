import { textWith, toWebAddress } from './read-values.js';
import { quoted } from './rules.js';
import type { Location } from './section.js';
import { countryCodes, supportsAliases } from './vocabulary.js';

/** A language tag (BCP 47) in canonical form. */
export const language = textWith(100, toLanguage);

/** The canonical form of a language tag: `it_it` is `it-IT`, `ita` is `it`. */
export function toLanguage(written: string, place: Location): string | null {
  const tag = canonicalTag(written.trim().replaceAll('_', '-'));
  if (tag === null) place.issue('unknown-value', `${quoted(written)} is no language tag (BCP 47); it is left out`);
  else if (tag !== written) place.issue('language-form', `${quoted(written)} was taken for ${quoted(tag)}`);
  return tag;
}

function canonicalTag(text: string): string | null {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text);
    // Five to eight letters would do for BCP 47, but no language has such a subtag: it is a language's name.
    return /^[a-z]{2,3}(?:-|$)/.test(tag) && tag.length <= 35 ? tag : null;
  } catch {
    return null;
  }
}

/** An ISO 3166-1 alpha-2 code, in upper case since version 0.5. */
export const country = textWith(100, (written, place) => {
  const code = written.toUpperCase();
  if (!countryCodes.has(code)) {
    place.issue('unknown-value', `${quoted(written)} is no country code (ISO 3166-1 alpha-2); it is left out`);
    return null;
  }
  if (code !== written) place.issue('country-case', `${quoted(written)} was taken for ${quoted(code)}`);
  return code;
});

const italianUrnPrefix = 'urn:x-italian-pa:';

/** The URN of an Italian body, by its code in the IPA, which has many shapes and is the same in any case. */
export const italianOrganisation = textWith(100, toItalianUrn);

function toItalianUrn(code: string, place: Location): string | null {
  if (/^[\w-]+$/.test(code)) return `${italianUrnPrefix}${code.toLowerCase()}`;
  place.issue('unknown-value', `${quoted(code)} is no IPA code; it is left out`);
  return null;
}

/** The URI of an organisation, or of a standard: a URN or a web address. */
export const uri = textWith(2000, toUri);

function toUri(text: string, place: Location): string | null {
  if (text.toLowerCase().startsWith(italianUrnPrefix)) return toItalianUrn(text.slice(italianUrnPrefix.length), place);
  return /^urn:[a-z0-9][a-z0-9-]{0,31}:[!-~]{1,200}$/i.test(text) ? text : toWebAddress(text, place);
}

/** What a solution supports: one of the aliases of the standard, or a URI. */
export const supported = textWith(2000, (text, place) => {
  const [, alias] = /^alias:(.*)$/i.exec(text) ?? [];
  if (alias === undefined) return toUri(text, place);
  const name = alias.toLowerCase();
  if (supportsAliases.has(name)) return `alias:${name}`;
  place.issue('unknown-value', `${quoted(alias)} is no alias of the standard; it is left out`);
  return null;
});

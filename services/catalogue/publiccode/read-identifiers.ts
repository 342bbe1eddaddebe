import { textWith, toWebAddress } from './read-values.js';
import { quoted } from './rules.js';
import type { Location } from './section.js';
import { countryCodes, supportsAliases } from './vocabulary.js';

/** A language tag (BCP 47) in canonical form. */
export const language = textWith(100, toLanguage);

/** The canonical form of a language tag: `it_it` is `it-IT`, `ita` is `it`. */
export function toLanguage(written: string, location: Location): string | null {
  const tag = canonicalTag(written.trim().replaceAll('_', '-'));
  if (tag === null) location.issue('unknown-value', `${quoted(written)} is not a language tag (BCP 47); it is ignored`);
  else if (tag !== written) location.issue('language-form', `${quoted(written)} was read as ${quoted(tag)}`);
  return tag;
}

function canonicalTag(text: string): string | null {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text);
    // BCP 47 allows five to eight letters, but no language has such a subtag: it is the name of a language.
    return /^[a-z]{2,3}(?:-|$)/.test(tag) && tag.length <= 35 ? tag : null;
  } catch {
    return null;
  }
}

/** An ISO 3166-1 alpha-2 code, in upper case since version 0.5. */
export const country = textWith(100, (written, location) => {
  const code = written.toUpperCase();
  if (!countryCodes.has(code)) {
    location.issue('unknown-value', `${quoted(written)} is not a country code (ISO 3166-1 alpha-2); it is ignored`);
    return null;
  }
  if (code !== written) location.issue('country-case', `${quoted(written)} was read as ${quoted(code)}`);
  return code;
});

const italianUrnPrefix = 'urn:x-italian-pa:';

/** The URN of an Italian organisation, by its IPA code, which is case-insensitive. */
export const italianOrganisation = textWith(100, toItalianUrn);

function toItalianUrn(code: string, location: Location): string | null {
  if (/^[\w-]+$/.test(code)) return `${italianUrnPrefix}${code.toLowerCase()}`;
  location.issue('unknown-value', `${quoted(code)} is not an IPA code; it is ignored`);
  return null;
}

/** The URI of an organisation, or of a standard: a URN or a web address. */
export const uri = textWith(2000, toUri);

function toUri(text: string, location: Location): string | null {
  if (text.toLowerCase().startsWith(italianUrnPrefix))
    return toItalianUrn(text.slice(italianUrnPrefix.length), location);
  return /^urn:[a-z0-9][a-z0-9-]{0,31}:[!-~]{1,200}$/i.test(text) ? text : toWebAddress(text, location);
}

/** What a solution supports: one of the aliases of the standard, or a URI. */
export const supported = textWith(2000, (text, location) => {
  const [, alias] = /^alias:(.*)$/i.exec(text) ?? [];
  if (alias === undefined) return toUri(text, location);
  const name = alias.toLowerCase();
  if (supportsAliases.has(name)) return `alias:${name}`;
  location.issue('unknown-value', `${quoted(alias)} is not an alias of the standard; it is ignored`);
  return null;
});

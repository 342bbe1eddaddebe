import extendedLanguages from 'language-subtag-registry/data/json/extlang.json' with { type: 'json' };
import languages from 'language-subtag-registry/data/json/language.json' with { type: 'json' };
import regions from 'language-subtag-registry/data/json/region.json' with { type: 'json' };
import scripts from 'language-subtag-registry/data/json/script.json' with { type: 'json' };
import variants from 'language-subtag-registry/data/json/variant.json' with { type: 'json' };

import { textWith, toWebAddress } from './read-values.js';
import { quoted } from './rules.js';
import type { Location } from './section.js';
import { countryCodes, supportsAliases } from './vocabulary.js';

/** A language tag (BCP 47) in canonical form. */
export const language = textWith(100, toLanguage);

/** The canonical form of a language tag: `it_it` is `it-IT`, `ita` is `it`. */
export function toLanguage(written: string, location: Location): string | null {
  const tag = canonicalTag(written.trim().replaceAll('_', '-'));
  if (tag === null) {
    location.issue('unknown-value', `${quoted(written)} is not a language tag (BCP 47); it is ignored`);
    return null;
  }
  if (tag !== written) {
    const rule = tag.toLowerCase() === written.toLowerCase() ? 'language-case' : 'language-form';
    location.issue(rule, `${quoted(written)} was read as ${quoted(tag)}`);
  }
  if (!isRegistered(tag)) location.issue('language-unknown', `${quoted(tag)} has a part that IANA has not registered`);
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

/** Whether the IANA registry has the language, the script, the region and the variants of a tag. */
function isRegistered(tag: string): boolean {
  const [language = '', ...subtags] = tag.toLowerCase().split('-');
  // Extensions and private subtags follow a single character.
  const end = subtags.findIndex(({ length }) => length === 1);
  return (
    (language in languages || /^q[a-t][a-z]$/.test(language)) &&
    subtags.slice(0, end === -1 ? subtags.length : end).every((subtag) => subtagKinds.some((kind) => subtag in kind))
  );
}

const subtagKinds = [extendedLanguages, scripts, regions, variants];

/** An ISO 3166-1 alpha-2 code, in upper case since version 0.5. */
export const country = textWith(100, (written, location) => {
  const code = written.toUpperCase();
  if (!countryCodes.has(code)) {
    location.issue('unknown-value', `${quoted(written)} is not a country code (ISO 3166-1 alpha-2); it is ignored`);
    return null;
  }
  if (code !== written) {
    const rule = written === written.toLowerCase() ? 'country-case' : 'mapped-value';
    location.issue(rule, `${quoted(written)} was read as ${quoted(code)}`);
  }
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

import exceptionIds from 'spdx-exceptions/index.json' with { type: 'json' };
import parseExpression from 'spdx-expression-parse';
import deprecatedIds from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import licenceIds from 'spdx-license-ids/index.json' with { type: 'json' };

interface ReadLicence {
  /** The SPDX expression, or the text as written if it is not one. */
  readonly licence: string;
  readonly isSpdx: boolean;
  /** Whether it is one as it is written; SPDX ignores the case of identifiers, but not that of operators. */
  readonly isWrittenAsSpdx: boolean;
  /** Whether it uses a licence identifier that SPDX has deprecated. */
  readonly isDeprecated: boolean;
}

/** Exceptions of the SPDX list of May 2026 that `spdx-exceptions` 2.5.0, and so the parser, does not have yet. */
const newerExceptionIds = [
  'Asterisk-linking-protocols-exception',
  'CGAL-linking-exception',
  'Classpath-exception-2.0-short',
  'Digia-Qt-LGPL-exception-1.1',
  'erlang-otp-linking-exception',
  'Google-Patent-WebM',
  'GPL-3.0-389-ds-base-exception',
  'harbour-exception',
  'Independent-modules-exception',
  'kvirc-openssl-exception',
  'mxml-exception',
  'PCRE2-exception',
  'polyparse-exception',
  'romic-exception',
  'RRDtool-FLOSS-exception-2.0',
  'rsync-linking-exception',
  'Simple-Library-Usage-exception',
  'sqlitestudio-OpenSSL-exception',
];

const byLowerCase = (ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(ids.map((id) => [id.toLowerCase(), id]));
const licences = byLowerCase([...deprecatedIds, ...licenceIds]);
const exceptions = byLowerCase([...exceptionIds, ...newerExceptionIds]);
const deprecated = new Set(deprecatedIds);

/** `EUPL 1.2`, `EUPL v1.2` and `EUPL-1.2 License` all become `eupl12`. */
const normalisedLicence = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b(?:the|licen[cs]es?|version|v(?=[\d.]))/g, '')
    .replace(/[^a-z0-9]/g, '');

/** Licence identifiers by their normalised form; null if several share one. */
const byNormalisedLicence = new Map<string, string | null>();
for (const id of licenceIds) {
  const key = normalisedLicence(id);
  byNormalisedLicence.set(key, byNormalisedLicence.has(key) ? null : id);
}

/**
 * Reads a licence: as an SPDX expression with identifiers in any case, else as an identifier with other punctuation.
 * `EUPL-1.2-or-later` is neither, since SPDX has no such licence and a reader cannot know what was meant.
 */
export function readLicence(text: string): ReadLicence {
  const canonical = canonicalExpression(text);
  const expression = canonical ?? byNormalisedLicence.get(normalisedLicence(text)) ?? null;
  const isDeprecated = expression !== null && expression.split(/[\s()]+/).some((word) => deprecated.has(word));
  const isWrittenAsSpdx =
    canonical !== null && tokensOf(text).every((token) => !operator.test(token) || token === token.toUpperCase());
  return { licence: expression ?? text, isSpdx: expression !== null, isWrittenAsSpdx, isDeprecated };
}

/** The SPDX expression in canonical form, or null if the text is not a valid expression. */
function canonicalExpression(text: string): string | null {
  const tokens = tokensOf(text).map(canonicalToken);
  if (tokens.includes(undefined)) return null;
  const expression = tokens.join(' ').replaceAll('( ', '(').replaceAll(' )', ')');
  return isExpression(expression) ? expression : null;
}

const tokensOf = (text: string): readonly string[] => text.match(/[()]|[^\s()]+/g) ?? [];
const operator = /^(?:[()]|and|or|with)$/i;

function canonicalToken(token: string): string | undefined {
  if (operator.test(token)) return token.toUpperCase();
  if (/^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(token)) return token;
  return canonicalLicence(token) ?? exceptions.get(token.toLowerCase());
}

function canonicalLicence(token: string): string | undefined {
  const [, gnu, version] = /^((?:a|l)?gpl|gfdl)-(\d\.\d)\+$/i.exec(token) ?? [];
  const orLater = gnu === undefined ? undefined : licences.get(`${gnu}-${version ?? ''}-or-later`.toLowerCase());
  const plain = licences.get(token.toLowerCase());
  if (orLater !== undefined || plain !== undefined) return orLater ?? plain;
  const later = token.endsWith('+') ? licences.get(token.slice(0, -1).toLowerCase()) : undefined;
  return later === undefined ? undefined : `${later}+`;
}

function isExpression(expression: string): boolean {
  // The parser skips empty brackets.
  if (expression.includes('()')) return false;
  const knownToParser = newerExceptionIds.reduce(
    (text, id) => text.replaceAll(` WITH ${id}`, ' WITH Classpath-exception-2.0'),
    expression,
  );
  try {
    parseExpression(knownToParser);
    return true;
  } catch {
    return false;
  }
}

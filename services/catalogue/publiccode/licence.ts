import { deprecatedLicenceIds, exceptionIds, licenceIds } from './spdx-ids.js';

export interface ReadLicence {
  /** The SPDX expression, or the text as written where there is none. */
  readonly licence: string;
  readonly isSpdx: boolean;
  /** Whether it names a licence by an identifier that SPDX has deprecated. */
  readonly isDeprecated: boolean;
}

const byLowerCase = (ids: readonly string[]): ReadonlyMap<string, string> =>
  new Map(ids.map((id) => [id.toLowerCase(), id]));
const licences = byLowerCase([...deprecatedLicenceIds, ...licenceIds]);
const deprecated = new Set(deprecatedLicenceIds);
const exceptions = byLowerCase(exceptionIds);

/** `EUPL 1.2`, `EUPL v1.2` and `EUPL-1.2 License` are all `eupl12`. */
const squeezed = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b(?:the|licen[cs]es?|version|v(?=[\d.]))/g, '')
    .replace(/[^a-z0-9]/g, '');

/** Licences by what their identifiers say beside punctuation, where that is one licence only. */
const bySqueezed = new Map<string, string | null>();
for (const id of licenceIds) bySqueezed.set(squeezed(id), bySqueezed.has(squeezed(id)) ? null : id);

/**
 * Reads a licence: as an SPDX expression, its identifiers in any case; else as an identifier that is only punctuated
 * otherwise. `EUPL-1.2-or-later` is neither, since SPDX knows no such licence: what was meant is not for a reader to say.
 */
export function readLicence(text: string): ReadLicence {
  const expression = readExpression(text) ?? bySqueezed.get(squeezed(text)) ?? null;
  const isDeprecated = expression !== null && expression.split(/[\s()]+/).some((word) => deprecated.has(word));
  return { licence: expression ?? text, isSpdx: expression !== null, isDeprecated };
}

/** The expression in canonical form, or null. */
function readExpression(text: string): string | null {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  const written: string[] = [];
  // What the next token must be: a licence (or an opening bracket), or something behind one.
  let expectsLicence = true;
  let open = 0;
  for (const [index, token] of tokens.entries()) {
    const operator = /^(?:and|or|with)$/i.test(token) ? token.toUpperCase() : null;
    if (expectsLicence) {
      const licence = token === '(' ? token : readId(token);
      const exception = tokens[index - 1]?.toUpperCase() === 'WITH' ? exceptions.get(token.toLowerCase()) : undefined;
      const found = tokens[index - 1]?.toUpperCase() === 'WITH' ? exception : licence;
      if (found === undefined) return null;
      if (found === '(') open += 1;
      else expectsLicence = false;
      written.push(found);
    } else if (token === ')') {
      open -= 1;
      if (open < 0) return null;
      written.push(token);
    } else {
      if (operator === null) return null;
      expectsLicence = true;
      written.push(operator);
    }
  }
  if (expectsLicence || open > 0) return null;
  return written.join(' ').replace(/\( /g, '(').replace(/ \)/g, ')');
}

function readId(token: string): string | undefined {
  if (/^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(token)) return token;
  const [, gnu, version] = /^((?:a|l)?gpl|gfdl)-(\d\.\d)\+$/i.exec(token) ?? [];
  const orLater = gnu === undefined ? undefined : licences.get(`${gnu}-${version ?? ''}-or-later`.toLowerCase());
  const plain = licences.get(token.toLowerCase());
  if (orLater !== undefined || plain !== undefined) return orLater ?? plain;
  const later = token.endsWith('+') ? licences.get(token.slice(0, -1).toLowerCase()) : undefined;
  return later === undefined ? undefined : `${later}+`;
}

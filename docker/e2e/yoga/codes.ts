import { quoted, refuse } from './refuse.js';
import type { Code } from './types.js';

const weights = [2, 7, 6, 5, 4, 3, 2, 1];

/** The weighted sum of the digits of a CVR number divides by eleven. */
const isCvr = (notation: string): boolean =>
  Array.from(notation).reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0) % 11 === 0;

/** The registers whose codes lead to bodies here. */
export const schemes = [
  {
    scheme: 'DK_KOMMUNE',
    title: 'Municipality code (kommunekode), four digits with leading zero',
    agency: null,
    pattern: '^[0-9]{4}$',
  },
  {
    scheme: 'DK_CVR',
    title: 'Number in the Central Business Register (CVR), eight digits, the last a check digit',
    agency: 'Erhvervsstyrelsen',
    pattern: '^[0-9]{8}$',
  },
  {
    scheme: 'EU_NUTS',
    title: 'Nomenclature of territorial units for statistics, 2021',
    agency: 'Eurostat',
    pattern: '^DK[0-9A-Z]{1,3}$',
  },
  {
    scheme: 'EU_LAU',
    title: 'Local administrative unit, behind the country and an underscore',
    agency: 'Eurostat',
    pattern: '^DK_[0-9A-Z]{1,10}$',
  },
] as const;

/** Where a code can be read about. Null: nowhere that is known. */
export const uriOf = ({ scheme, notation }: Code): string | null =>
  scheme === 'EU_NUTS' ? `http://data.europa.eu/nuts/code/${notation}` : null;

/** A code that a client sent, as its register writes it. */
export function readCode({ scheme: name, notation }: Code): Code {
  const scheme = schemes.find((one) => one.scheme === name);
  if (!scheme) {
    const known = schemes.map((one) => one.scheme).join(', ');
    throw refuse('UNKNOWN_SCHEME', `${quoted(name)} is no scheme of this catalogue; it knows ${known}.`);
  }
  const kept = notation.replace(/[.\s]/g, '').toUpperCase();
  if (!new RegExp(scheme.pattern).test(kept)) {
    throw refuse('INVALID_IDENTIFIER', `${quoted(kept)} has not the form of a ${name} code: ${scheme.pattern}.`);
  }
  if (name === 'DK_CVR' && !isCvr(kept)) {
    throw refuse('INVALID_IDENTIFIER', `${quoted(kept)} is no DK_CVR code: its check digits are wrong.`);
  }
  return { scheme: name, notation: kept };
}

const idForm = /^[a-z]{2}:(?:administration|consortium):[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export const isId = (text: string): boolean => idForm.test(text);

/** An id that a client sent. */
export function readId(id: string): string {
  if (isId(id)) return id;
  const form = 'country:administration:code or country:consortium:code, for example dk:administration:0820';
  throw refuse('INVALID_ID', `${quoted(id)} is no id; ids are ${form}.`);
}

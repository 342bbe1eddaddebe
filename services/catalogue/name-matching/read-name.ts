import { normalise } from '../../shared/normalise.js';
import type { AdministrationKind } from '../generated/resolver-types.js';

/** The parts of an organisation's name as it was written. */
export interface ReadName {
  /** The kind of organisation that the words around the name indicate; null if they indicate none. */
  readonly kind: AdministrationKind | null;
  /** The name without those words, normalised: `cava de tirreni`. */
  readonly name: string;
  /** The uninflected form of the name, if the language inflects it: `kobenhavn` of `kobenhavns`. */
  readonly stem: string | null;
  /** Normalised, with all its words. */
  readonly whole: string;
}

/** Words before a name, normalised, and the kind of organisation that they indicate. The longer ones first. */
const wordsBeforeName: readonly (readonly [words: RegExp, kind: AdministrationKind])[] = [
  [/^(?:provincia (?:autonoma|regionale)|citta metropolitana|libero consorzio comunale)\b/, 'PROVINCE'],
  [/^(?:provincia|province|provincie|provinz)\b/, 'PROVINCE'],
  [/^(?:regione autonoma|regione|region)\b/, 'REGION'],
  [/^(?:cpas|ocmw|oshz|centre public d action sociale)\b/, 'SOCIAL_WELFARE_CENTRE'],
  [/^(?:zone de police|politiezone|polizeizone)\b/, 'POLICE_ZONE'],
  [/^(?:zone de secours|hulpverleningszone|hilfeleistungszone)\b/, 'RESCUE_ZONE'],
  [/^comunita montana\b/, 'MOUNTAIN_COMMUNITY'],
  [/^(?:unione (?:(?:dei|di) )?comuni|unione|intercommunale|interkommunale|consorzio)\b/, 'INTERMUNICIPAL_BODY'],
  [/^(?:a usl|ausl|asl|a s l|azienda (?:usl|sanitaria|ospedalier[ao]))\b/, 'HEALTH_BODY'],
  [/^(?:administration communale|amministrazione comunale|gemeentebestuur)\b/, 'MUNICIPALITY'],
  [/^(?:comune|citta|municipio|commune|ville|gemeente|stad|gemeinde|stadt|municipality|city|town)\b/, 'MUNICIPALITY'],
];

/** Words after a name. */
const wordsAfterName: readonly (readonly [words: RegExp, kind: AdministrationKind])[] = [
  [/\b(?:regionskommune|kommune|municipality|municipal council)$/, 'MUNICIPALITY'],
  [/\bregion$/, 'REGION'],
];

/** Prepositions that join such words to the name: `Comune della Spezia`, `Ville d’Andenne`. */
const joiningWords = /^(?:d[iue]|del|della|dello|dell|dei|degli|delle|des|d|of|van|von)\b/;

/** Splits a name into its parts: `Comune di Cava de’ Tirreni` is the municipality `cava de tirreni`. */
export function readName(written: string): ReadName {
  const whole = normalise(written);
  for (const [words, kind] of wordsBeforeName) {
    const rest = whole.replace(words, '').trim();
    if (rest !== whole && rest !== '')
      return { kind, name: rest.replace(joiningWords, '').trim() || rest, stem: null, whole };
  }
  for (const [words, kind] of wordsAfterName) {
    const name = whole.replace(words, '').trim();
    if (name !== whole && name !== '')
      return { kind, name, stem: name.endsWith('s') ? name.slice(0, -1) : null, whole };
  }
  return { kind: null, name: whole, stem: null, whole };
}

/**
 * Splits a name from the detail after a dash or in brackets: a site or an office of the organisation, its acronym, or its
 * province. After an acronym, the detail is the name itself: `UCMAN (Unione dei Comuni Modenesi Area Nord)`.
 */
export function splitName(written: string): { readonly name: string; readonly detail: string } | null {
  const [, first, second] = /^(.+?)\s*(?:\s[-–—]+\s|\()\s*(.*?)\s*\)?$/.exec(written.trim().slice(0, 300)) ?? [];
  if (first === undefined || second === undefined) return null;
  const isAcronym = /^[\p{Lu}\p{N}.]{2,10}$/u.test(first) && readName(second).kind !== null;
  return isAcronym ? { name: second, detail: first } : { name: first, detail: second };
}

/** The name without spaces: `Santilario d'Enza` and `Sant’Ilario d’Enza` are `santilariodenza`. */
export const withoutSpaces = (name: string): string => name.replaceAll(' ', '');

const smallWords = new Set(
  `a al alla alle il lo la i gli le l in nell nella su sul sulla di del della dello dell dei degli delle e ed d de da
  du des les en sur sous lez op aan bij het der den am an im of von van zu`.split(/\s+/),
);

/** The name without articles and prepositions: `Reggio Emilia` and `Reggio nell’Emilia`. Null if it has no other words. */
export const withoutSmallWords = (name: string): string | null =>
  name
    .split(' ')
    .filter((word) => !smallWords.has(word))
    .join(' ') || null;

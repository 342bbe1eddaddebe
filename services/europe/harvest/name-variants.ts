import { normalise } from '../../shared/normalise.js';
import type { Content } from '../feed/entry-schemas.js';

/** What an index on texts takes. */
export const maxKeyLength = 300;

/**
 * How bodies of a kind are written with the word that says what they are, in the languages of the graph; `*` stands for the
 * name. A name without such a word is nobody's for certain, and never matched: ISPRA is an agency, though Ispra is a town.
 */
const nameForms: Readonly<Record<string, readonly string[]>> = {
  MUNICIPALITY: [
    '* kommune',
    '*s kommune',
    'kommune *',
    'gemeente *',
    'stad *',
    'gemeinde *',
    'stadt *',
    'commune de *',
    'commune d *',
    'ville de *',
    'ville d *',
    'administration communale de *',
    'comune di *',
    'citta di *',
    'municipality of *',
    'city of *',
    '* municipality',
  ],
  PROVINCE: ['provincie *', 'province de *', 'province du *', 'provinz *', 'provincia di *', 'province of *'],
  REGION: ['region *', 'regione *', 'region of *'],
  SOCIAL_WELFARE_CENTRE: ['cpas de *', 'cpas d *', 'ocmw *', 'oshz *'],
};

/** Everything that a source abroad may write for an administration, normalised. */
export function nameVariants({ kind, names, alternativeNames }: Content<'ADMINISTRATION'>): string[] {
  const known = [...names, ...alternativeNames].map(({ text }) => normalise(text)).filter((name) => name !== '');
  const written = known.flatMap((name) => (nameForms[kind] ?? []).map((form) => form.replace('*', () => name)));
  // A name that has the word in it already: `Aarhus Kommune`.
  const whole = known.filter((name) => (nameForms[kind] ?? []).some((form) => hasForm(name, form)));
  // What is longer is nobody's name, and no key of an index.
  return [...new Set([...written, ...whole])].filter(({ length }) => length <= maxKeyLength).sort();
}

function hasForm(name: string, form: string): boolean {
  const [before = '', after = ''] = form.split('*');
  return name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

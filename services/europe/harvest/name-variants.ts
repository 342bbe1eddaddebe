import { spellings } from '../../shared/normalise.js';
import type { Content } from '../feed/entry-schemas.js';

/** Longer keys do not fit into a PostgreSQL index. */
export const maxKeyLength = 300;

/**
 * How administrations of a kind are written with the word for their kind, in the languages of the graph; `*` is the place of the
 * name. A name without such a word is ambiguous and never matched: ISPRA is an agency, though Ispra is a town.
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

/** All names by which a source abroad may refer to an administration, normalised: `comune di roma`, `city of roma`. */
export function nameVariants({ kind, names, alternativeNames }: Content<'ADMINISTRATION'>): string[] {
  const known = [...names, ...alternativeNames].flatMap(({ text }) => spellings(text)).filter((name) => name !== '');
  const written = known.flatMap((name) => (nameForms[kind] ?? []).map((form) => form.replace('*', () => name)));
  // A name that already contains the word: `Aarhus Kommune`.
  const whole = known.filter((name) => (nameForms[kind] ?? []).some((form) => hasForm(name, form)));
  // Longer names are not real ones, and cannot be index keys.
  return [...new Set([...written, ...whole])].filter(({ length }) => length <= maxKeyLength).sort();
}

function hasForm(name: string, form: string): boolean {
  const [before = '', after = ''] = form.split('*');
  return name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

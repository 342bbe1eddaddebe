import { normalise } from '../../shared/normalise.js';
import type { Content } from '../feed/entry-schemas.js';
import { maxKeyLength } from './name-variants.js';

/** A key: no longer than a PostgreSQL index allows, and not cut within a character. */
export const toKey = (normalised: string): string => normalised.slice(0, maxKeyLength).replace(/\p{Cs}$/u, '');

/** How names are ordered and compared. */
export const toSortName = (text: string): string => toKey(normalise(text));

/** The columns of a period. */
export const periodColumns = ({ during, provenance }: Pick<Content<'PORTFOLIO'>, 'during' | 'provenance'>) => ({
  start_date: during.start,
  end_date: during.end,
  ended: during.ended,
  observed_on: provenance.observedOn,
});

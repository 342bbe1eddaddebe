import { isIn, membersOn } from '../counts.js';
import type { Store } from '../store.js';
import type { Administration, Day } from '../types.js';
import { populationOn } from './bodies.js';

export interface AdministrationFilter {
  readonly kind?: string | null;
  readonly level?: string | null;
  readonly nuts?: string | null;
  readonly population?: { readonly min?: number | null; readonly max?: number | null } | null;
  readonly memberOf?: string | null;
  readonly memberOfNone?: boolean | null;
}

/** What is left out, or null, does not restrict. */
export function isWanted(
  store: Store,
  body: Administration,
  { kind, level, nuts, population, memberOf, memberOfNone }: AdministrationFilter,
  day: Day,
): boolean {
  const belongsTo = (consortiumId: string): boolean => membersOn(store, consortiumId, day).includes(body);
  const isMember = (): boolean => store.all('CONSORTIUM').some(({ id }) => belongsTo(id));
  return (
    (kind == null || body.kind === kind) &&
    (level == null || body.level === level) &&
    (nuts == null || isIn(body, nuts)) &&
    (population == null || isBetween(populationOn(body, day)?.count, population)) &&
    (memberOf == null || belongsTo(memberOf)) &&
    (memberOfNone == null || memberOfNone !== isMember())
  );
}

const isBetween = (count: number | undefined, { min, max }: NonNullable<AdministrationFilter['population']>): boolean =>
  count !== undefined && count >= (min ?? -Infinity) && count <= (max ?? Infinity);

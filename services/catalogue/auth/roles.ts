import { parseOrganisationId } from '../../../schema/values/organisation-id.js';
import type { Grant } from './editor.js';

/** The roles as a login system spells them. A role for one organisation ends with its id. */
export const roleFormats = [
  'reader',
  'consortium-editor:<id of the consortium>',
  'administration-editor:<id of the administration>',
  'catalogue-editor',
  'administrator',
] as const;

/** Parses a role of a login system; null if it is not one of this catalogue's. `consortium-editor:be:consortium:0841470248` */
export function parseRole(role: string): Grant | null {
  const whole = wholeCatalogue.get(role);
  if (whole) return whole;
  const [, kind, id] = /^(consortium|administration)-editor:(.+)$/.exec(role) ?? [];
  if (id === undefined || parseOrganisationId(id)?.type !== kind) return null;
  return kind === 'consortium'
    ? { role: 'CONSORTIUM_EDITOR', consortiumId: id }
    : { role: 'ADMINISTRATION_EDITOR', administrationId: id };
}

const wholeCatalogue: ReadonlyMap<string, Grant> = new Map([
  ['reader', { role: 'READER' }],
  ['catalogue-editor', { role: 'CATALOGUE_EDITOR' }],
  ['administrator', { role: 'ADMINISTRATOR' }],
]);

/**
 * Parses the roles in a token's claim: a list, or a text with spaces between them. Roles of other systems are ignored.
 *
 * @param claim its name, or the path to it: `realm_access.roles`.
 */
export function parseGrants(claims: unknown, claim: string): Grant[] {
  const value = findClaim(claims, claim);
  const roles: readonly unknown[] = typeof value === 'string' ? value.split(/\s+/) : Array.isArray(value) ? value : [];
  return roles.flatMap((role) => (typeof role === 'string' ? (parseRole(role) ?? []) : []));
}

/** A claim's name can contain dots itself: `https://login.example/roles`. */
function findClaim(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined;
  if (Object.hasOwn(claims, path)) return (claims as Record<string, unknown>)[path];
  const [first = '', ...rest] = path.split('.');
  return rest.length > 0 && Object.hasOwn(claims, first)
    ? findClaim((claims as Record<string, unknown>)[first], rest.join('.'))
    : undefined;
}

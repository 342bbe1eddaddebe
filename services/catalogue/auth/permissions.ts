import { GraphQLError } from 'graphql';

import { parseOrganisationId } from '../../../schema/values/organisation-id.js';
import { unauthenticated } from '../../kit/auth/auth-errors.js';
import type { NationalCatalogue } from '../model/national-catalogue.js';
import type { Editor, Grant } from './editor.js';

type Role = Grant['role'];

/** What a permission is decided from: who makes a request, to which catalogue. */
export interface AuthContext {
  readonly catalogue: Pick<NationalCatalogue, 'code'>;
  /** Null: the client is not logged in. */
  readonly editor: Editor | null;
  /** Whether this catalogue accepts logins at all. */
  readonly hasLogin: boolean;
}

/** Who may do what, besides administrators: they may do all of it. Editors of one body may do it where the body is their own. */
const rules = {
  registerAdministration: ['CATALOGUE_EDITOR'],
  renameAdministration: ['CATALOGUE_EDITOR'],
  // Cannot be undone by law.
  mergeAdministrations: [],
  closeAdministration: [],
  foundConsortium: ['CATALOGUE_EDITOR'],
  closeConsortium: [],
  admitMember: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  endMembership: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  correctMembership: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  stateClaim: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  publishRecord: ['CATALOGUE_EDITOR'],
  correctRecord: ['CATALOGUE_EDITOR'],
  withdrawRecord: ['CATALOGUE_EDITOR'],
  placeInPortfolio: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  moveInPortfolio: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  recordAdoption: ['CATALOGUE_EDITOR', 'ADMINISTRATION_EDITOR'],
  endAdoption: ['CATALOGUE_EDITOR', 'ADMINISTRATION_EDITOR'],
} as const satisfies Readonly<Record<string, readonly Exclude<Role, 'ADMINISTRATOR'>[]>>;

/** A mutation, by its name in the schema. */
export type Action = keyof typeof rules;

/** Every mutation that somebody may do. */
export const actions = Object.keys(rules) as readonly Action[];

/** The body whose affair an action is, by its id; null when there is none. Asked only where the answer decides. */
export type OwnerOf = () => string | null | Promise<string | null>;

/**
 * Gives whoever is logged in, if they may do this. Every mutation calls it before it reads or writes anything.
 *
 * @throws GraphQLError UNAUTHENTICATED when nobody is logged in, FORBIDDEN, in the same words for every target, when they may not.
 */
export async function authorise(context: AuthContext, action: Action, ownerOf: OwnerOf = () => null): Promise<Editor> {
  const editor = requireEditor(context);
  const roles: readonly Role[] = ['ADMINISTRATOR', ...rules[action]];
  const grants = editor.grants.filter(({ role }) => roles.includes(role));
  if (grants.some((grant) => getOrganisationId(grant) === null)) return editor;
  const own = grants.map(getOrganisationId).filter((id) => id !== null && isInCountry(context.catalogue.code, id));
  if (own.length > 0 && own.includes(await ownerOf())) return editor;
  throw new ForbiddenError(action);
}

/** Of whom somebody may read the audit trail: null means everybody. */
export type AuditScope = readonly string[] | null;

/**
 * Whose entries of the audit trail may be read by whoever is logged in.
 *
 * @throws GraphQLError UNAUTHENTICATED when nobody is logged in, FORBIDDEN when none of them may.
 */
export function auditScope(context: AuthContext): AuditScope {
  const bodies = requireEditor(context).grants.map(getOrganisationId);
  if (bodies.includes(null)) return null;
  const own = bodies.filter((id) => id !== null && isInCountry(context.catalogue.code, id));
  if (own.length === 0) throw new ForbiddenError('auditTrail');
  return own as string[];
}

/** Whoever is logged in may not do this. */
export class ForbiddenError extends GraphQLError {
  /** What they may not: for the log, and not for them. */
  readonly action: Action | 'auditTrail';
  constructor(action: Action | 'auditTrail') {
    super('You may not do this here. Whoever keeps this catalogue decides who may.', {
      extensions: { code: 'FORBIDDEN' },
    });
    this.action = action;
  }
}

function requireEditor({ editor, hasLogin }: Pick<AuthContext, 'editor' | 'hasLogin'>): Editor {
  if (editor) return editor;
  throw unauthenticated(
    hasLogin
      ? 'This needs an access token of your login system: Authorization: Bearer …'
      : 'Nobody can log in here: this catalogue has no login configured.',
  );
}

/** The one body that a grant is about; null when it is about the whole catalogue. */
function getOrganisationId(grant: Grant): string | null {
  if (grant.role === 'CONSORTIUM_EDITOR') return grant.consortiumId;
  return grant.role === 'ADMINISTRATION_EDITOR' ? grant.administrationId : null;
}

/** Whatever an issuer says of bodies abroad counts for nothing here. */
const isInCountry = (country: string, id: string): boolean =>
  parseOrganisationId(id)?.country === country.toLowerCase();

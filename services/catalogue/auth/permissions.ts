import { GraphQLError } from 'graphql';

import { parseOrganisationId } from '../../../schema/values/organisation-id.js';
import { unauthenticated } from '../../kit/auth/auth-errors.js';
import type { NationalCatalogue } from '../model/national-catalogue.js';
import type { Editor, Grant } from './editor.js';

type Role = Grant['role'];

/** What permissions are derived from: the editor who sends the request, and the catalogue. */
export interface AuthContext {
  readonly catalogue: Pick<NationalCatalogue, 'code'>;
  /** Null: the client is not logged in. */
  readonly editor: Editor | null;
  /** Whether this catalogue accepts logins at all. */
  readonly hasLogin: boolean;
}

/** The roles that allow an action. Administrators are allowed every action; editors of one organisation only those on it. */
const rules = {
  registerAdministration: ['CATALOGUE_EDITOR'],
  renameAdministration: ['CATALOGUE_EDITOR'],
  // Cannot be undone by law.
  mergeAdministrations: [],
  closeAdministration: [],
  foundConsortium: ['CATALOGUE_EDITOR'],
  closeConsortium: [],
  stateConsortiumStatus: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
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
  publishCodeList: ['CATALOGUE_EDITOR'],
  correctCodeList: ['CATALOGUE_EDITOR'],
  withdrawCodeList: ['CATALOGUE_EDITOR'],
  publishCodes: ['CATALOGUE_EDITOR'],
  correctCode: ['CATALOGUE_EDITOR'],
  withdrawCode: ['CATALOGUE_EDITOR'],
  stateMapping: ['CATALOGUE_EDITOR'],
  withdrawMapping: ['CATALOGUE_EDITOR'],
  stateNeed: ['CATALOGUE_EDITOR'],
  correctNeed: ['CATALOGUE_EDITOR'],
  withdrawNeed: ['CATALOGUE_EDITOR'],
  stateNeedHolder: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR', 'ADMINISTRATION_EDITOR'],
  changeNeedState: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR', 'ADMINISTRATION_EDITOR'],
  correctNeedHolder: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR', 'ADMINISTRATION_EDITOR'],
  publishTerms: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  correctTerms: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  withdrawTerms: ['CATALOGUE_EDITOR', 'CONSORTIUM_EDITOR'],
  recordContract: ['CATALOGUE_EDITOR'],
  endContract: ['CATALOGUE_EDITOR'],
  registerWebhook: ['CATALOGUE_EDITOR'],
  rotateWebhookSecret: ['CATALOGUE_EDITOR'],
  enableWebhook: ['CATALOGUE_EDITOR'],
  withdrawWebhook: ['CATALOGUE_EDITOR'],
} as const satisfies Readonly<Record<string, readonly Exclude<Role, 'ADMINISTRATOR'>[]>>;

/** A mutation, by its name in the schema. */
export type Action = keyof typeof rules;

/** Every mutation for which there is a rule. */
export const actions = Object.keys(rules) as readonly Action[];

/** The id of the organisation that an action concerns; null if there is none. Called only if the permission depends on it. */
export type OwnerOf = () => string | null | Promise<string | null>;

/**
 * Returns the editor if their roles allow the action. Every mutation calls this before it reads or writes anything.
 *
 * @throws GraphQLError UNAUTHENTICATED if the client is not logged in; FORBIDDEN, with the same message for every target, if the
 * action is not allowed.
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

/** The ids of the organisations whose audit trail an editor is allowed to read; null: of all. */
export type AuditScope = readonly string[] | null;

/**
 * Returns which entries of the audit trail the editor is allowed to read.
 *
 * @throws GraphQLError UNAUTHENTICATED if the client is not logged in; FORBIDDEN if they are allowed to read none.
 */
export function auditScope(context: AuthContext): AuditScope {
  const organisationIds = requireEditor(context).grants.map(getOrganisationId);
  if (organisationIds.includes(null)) return null;
  const own = organisationIds.filter((id) => id !== null && isInCountry(context.catalogue.code, id));
  if (own.length === 0) throw new ForbiddenError('auditTrail');
  return own as string[];
}

/** The roles of the editor do not allow the action. */
export class ForbiddenError extends GraphQLError {
  /** The denied action: for the log, not for the client. */
  readonly action: Action | 'auditTrail';
  constructor(action: Action | 'auditTrail') {
    super("You are not allowed to do this. Ask the catalogue's administrator for a role.", {
      extensions: { code: 'FORBIDDEN' },
    });
    this.action = action;
  }
}

function requireEditor({ editor, hasLogin }: Pick<AuthContext, 'editor' | 'hasLogin'>): Editor {
  if (editor) return editor;
  throw unauthenticated(
    hasLogin
      ? 'This needs an access token of your login system: send `Authorization: Bearer <token>`.'
      : 'This catalogue has no login configured, so no client can log in.',
  );
}

/** The organisation that a grant is limited to; null if it covers the whole catalogue. */
function getOrganisationId(grant: Grant): string | null {
  if (grant.role === 'CONSORTIUM_EDITOR') return grant.consortiumId;
  return grant.role === 'ADMINISTRATION_EDITOR' ? grant.administrationId : null;
}

/** Roles for organisations of other countries have no effect. */
const isInCountry = (country: string, id: string): boolean =>
  parseOrganisationId(id)?.country === country.toLowerCase();

import { connectionResolvers } from '../../kit/pagination.js';
import type { MutationResolvers } from '../generated/resolver-types.js';
import { admitMember } from './admit-member.js';
import { auditTrail } from './audit-trail.js';
import { closeAdministration, closeConsortium } from './close-body.js';
import { correctMembership } from './correct-membership.js';
import { endMembership } from './end-membership.js';
import { foundConsortium } from './found-consortium.js';
import { mergeAdministrations } from './merge-administrations.js';
import { registerAdministration } from './register-administration.js';
import { renameAdministration } from './rename-administration.js';
import { resolveWrite } from './resolve-write.js';
import { stateClaim } from './state-claim.js';

const mutations: Required<MutationResolvers> = {
  registerAdministration: resolveWrite(registerAdministration),
  renameAdministration: resolveWrite(renameAdministration),
  mergeAdministrations: resolveWrite(mergeAdministrations),
  closeAdministration: resolveWrite(closeAdministration),
  foundConsortium: resolveWrite(foundConsortium),
  closeConsortium: resolveWrite(closeConsortium),
  admitMember: resolveWrite(admitMember),
  endMembership: resolveWrite(endMembership),
  correctMembership: resolveWrite(correctMembership),
  stateClaim: resolveWrite(stateClaim),
};

/** What a country's own door has beside what the gateway asks. */
export const writeResolvers = {
  Query: { auditTrail },
  Mutation: mutations,
  AuditEntryConnection: connectionResolvers,
};

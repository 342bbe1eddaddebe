import { connectionResolvers } from '../../kit/pagination.js';
import type { MutationResolvers } from '../generated/resolver-types.js';
import { admitMember } from './admit-member.js';
import { auditTrail } from './audit-trail.js';
import { resolveWrite } from './resolve-write.js';

const mutations: Required<MutationResolvers> = {
  admitMember: resolveWrite(admitMember),
};

/** What a country's own door has beside what the gateway asks. */
export const writeResolvers = {
  Query: { auditTrail },
  Mutation: mutations,
  AuditEntryConnection: connectionResolvers,
};

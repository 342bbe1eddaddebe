import { connectionResolvers } from '../../kit/graphql/pagination.js';
import type { MutationResolvers } from '../generated/resolver-types.js';
import { admitMember } from './admit-member.js';
import { auditTrail } from './audit-trail.js';
import { closeAdministration, closeConsortium } from './close-body.js';
import { correctMembership } from './correct-membership.js';
import { correctRecord } from './correct-record.js';
import { endAdoption } from './end-adoption.js';
import { endMembership } from './end-membership.js';
import { foundConsortium } from './found-consortium.js';
import { mergeAdministrations } from './merge-administrations.js';
import { moveInPortfolio } from './move-in-portfolio.js';
import { placeInPortfolio } from './place-in-portfolio.js';
import { publishRecord } from './publish-record.js';
import { recordAdoption } from './record-adoption.js';
import { registerAdministration } from './register-administration.js';
import { renameAdministration } from './rename-administration.js';
import { resolveWrite } from './resolve-write.js';
import { stateClaim } from './state-claim.js';
import { withdrawRecord } from './withdraw-record.js';

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
  publishRecord: resolveWrite(publishRecord),
  correctRecord: resolveWrite(correctRecord),
  withdrawRecord: resolveWrite(withdrawRecord),
  placeInPortfolio: resolveWrite(placeInPortfolio),
  moveInPortfolio: resolveWrite(moveInPortfolio),
  recordAdoption: resolveWrite(recordAdoption),
  endAdoption: resolveWrite(endAdoption),
};

/** What a country's own door has beside what the gateway asks. */
export const writeResolvers = {
  Query: { auditTrail },
  Mutation: mutations,
  AuditEntryConnection: connectionResolvers,
};

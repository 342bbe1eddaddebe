import { connectionResolvers } from '../../kit/pagination.js';
import type { MutationResolvers } from '../generated/resolver-types.js';
import { admitMember } from './admit-member.js';
import { auditTrail } from './audit-trail.js';
import { correctRecord } from './correct-record.js';
import { endAdoption } from './end-adoption.js';
import { moveInPortfolio } from './move-in-portfolio.js';
import { placeInPortfolio } from './place-in-portfolio.js';
import { publishRecord } from './publish-record.js';
import { recordAdoption } from './record-adoption.js';
import { resolveWrite } from './resolve-write.js';
import { withdrawRecord } from './withdraw-record.js';

const mutations: Required<MutationResolvers> = {
  admitMember: resolveWrite(admitMember),
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

import { connectionResolvers } from '../../../kit/graphql/pagination.js';
import type { AllResolvers, ResolversOf } from '../../generated/resolver-types.js';
import { toRowId } from '../../model/national-catalogue.js';
import { admitMember } from './membership/add.js';
import { auditTrail } from './core/audit-trail.js';
import { closeAdministration, closeConsortium } from './organisation/close.js';
import { correctMembership } from './membership/correct.js';
import { correctRecord } from './record/correct.js';
import { correctTerms } from './terms/correct.js';
import { endAdoption } from './adoption/end.js';
import { endContract } from './contract/end.js';
import { endMembership } from './membership/end.js';
import { foundConsortium } from './consortium/create.js';
import { mergeAdministrations } from './administration/merge.js';
import { moveInPortfolio } from './portfolio/move.js';
import { placeInPortfolio } from './portfolio/add.js';
import { publishRecord } from './record/publish.js';
import { publishTerms } from './terms/publish.js';
import { recordAdoption } from './adoption/record.js';
import { recordContract } from './contract/record.js';
import { registerAdministration } from './administration/register.js';
import { renameAdministration } from './administration/rename.js';
import { runMutation } from './core/run-mutation.js';
import { stateClaim } from './claim/create.js';
import { stateConsortiumStatus } from './consortium/state-status.js';
import { publishCodeList, correctCodeList, withdrawCodeList } from './code/code-list.js';
import { publishCodes, correctCode, withdrawCode } from './code/codes.js';
import { stateMapping, withdrawMapping } from './code/mapping.js';
import { stateNeed, correctNeed, withdrawNeed } from './need/need.js';
import { stateNeedHolder } from './need/state-holder.js';
import { changeNeedState, correctNeedHolder } from './need/change-holder.js';
import { withdrawRecord } from './record/withdraw.js';
import { withdrawTerms } from './terms/withdraw.js';
import { enableWebhook } from './webhook/enable.js';
import { registerWebhook } from './webhook/register.js';
import {
  listWebhooks,
  secretPayloadResolvers,
  webhookDeliveryResolvers,
  webhookResolvers,
} from './webhook/resolvers.js';
import { rotateWebhookSecret } from './webhook/rotate-secret.js';
import { withdrawWebhook } from './webhook/withdraw.js';

const mutations: ResolversOf<'Mutation'> = {
  registerAdministration: runMutation(registerAdministration),
  renameAdministration: runMutation(renameAdministration),
  mergeAdministrations: runMutation(mergeAdministrations),
  closeAdministration: runMutation(closeAdministration),
  foundConsortium: runMutation(foundConsortium),
  closeConsortium: runMutation(closeConsortium),
  stateConsortiumStatus: runMutation(stateConsortiumStatus),
  admitMember: runMutation(admitMember),
  endMembership: runMutation(endMembership),
  correctMembership: runMutation(correctMembership),
  stateClaim: runMutation(stateClaim),
  publishRecord: runMutation(publishRecord),
  correctRecord: runMutation(correctRecord),
  withdrawRecord: runMutation(withdrawRecord),
  placeInPortfolio: runMutation(placeInPortfolio),
  moveInPortfolio: runMutation(moveInPortfolio),
  recordAdoption: runMutation(recordAdoption),
  endAdoption: runMutation(endAdoption),
  publishCodeList: runMutation(publishCodeList),
  correctCodeList: runMutation(correctCodeList),
  withdrawCodeList: runMutation(withdrawCodeList),
  publishCodes: runMutation(publishCodes),
  correctCode: runMutation(correctCode),
  withdrawCode: runMutation(withdrawCode),
  stateMapping: runMutation(stateMapping),
  withdrawMapping: runMutation(withdrawMapping),
  stateNeed: runMutation(stateNeed),
  correctNeed: runMutation(correctNeed),
  withdrawNeed: runMutation(withdrawNeed),
  stateNeedHolder: runMutation(stateNeedHolder),
  changeNeedState: runMutation(changeNeedState),
  correctNeedHolder: runMutation(correctNeedHolder),
  publishTerms: runMutation(publishTerms),
  correctTerms: runMutation(correctTerms),
  withdrawTerms: runMutation(withdrawTerms),
  recordContract: runMutation(recordContract),
  endContract: runMutation(endContract),
  registerWebhook: runMutation(registerWebhook),
  rotateWebhookSecret: runMutation(rotateWebhookSecret),
  enableWebhook: runMutation(enableWebhook),
  withdrawWebhook: runMutation(withdrawWebhook),
};

type MutationTypes = Pick<
  AllResolvers,
  | 'Mutation'
  | 'AuditEntry'
  | 'AuditEntryConnection'
  | 'Webhook'
  | 'WebhookDelivery'
  | 'WebhookDeliveryConnection'
  | 'RegisterWebhookPayload'
  | 'RotateWebhookSecretPayload'
> & {
  readonly Query: Pick<ResolversOf<'Query'>, 'auditTrail' | 'webhooks'>;
};

/** The resolvers that only a country's own endpoint has, not its subgraph. */
export const mutationResolvers: MutationTypes = {
  Query: { auditTrail, webhooks: listWebhooks },
  Mutation: mutations,
  AuditEntry: { id: ({ id }, _args, { catalogue }) => toRowId(catalogue, 'audit', String(id)) },
  AuditEntryConnection: connectionResolvers,
  Webhook: webhookResolvers,
  WebhookDelivery: webhookDeliveryResolvers,
  WebhookDeliveryConnection: connectionResolvers,
  RegisterWebhookPayload: secretPayloadResolvers,
  RotateWebhookSecretPayload: secretPayloadResolvers,
};

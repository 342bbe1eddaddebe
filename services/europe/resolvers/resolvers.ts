import { createScalars } from '../../../schema/values/scalars.js';
import { InputError } from '../../kit/graphql/errors.js';
import type { AllResolvers } from '../generated/resolver-types.js';
import { connectionResolvers } from '../../kit/graphql/pagination.js';
import type { NodeParent } from '../rows.js';
import { administrationConnectionResolvers, lists } from './lists.js';
import { adoptionResolvers, catalogueRecordResolvers } from './records.js';
import {
  codeConnectionResolvers,
  codeListResolvers,
  codeQueries,
  codeReferenceResolvers,
  codeResolvers,
  crosswalkMatchResolvers,
  crosswalkResolvers,
  crosswalkStepResolvers,
} from './codes.js';
import {
  needHolderConnectionResolvers,
  needHolderResolvers,
  needMatchConnectionResolvers,
  needMatchEdgeResolvers,
  needQueries,
  needResolvers,
} from './needs.js';
import { joiningAssessmentResolvers } from './joining.js';
import { nodeQueries } from './nodes.js';
import { peerConnectionResolvers, peerQueries, peerResolvers } from './peers.js';
import {
  reuseCandidateResolvers,
  reuseCheckQueries,
  reuseCheckRecordResolvers,
  reuseCheckResolvers,
} from './reuse-check.js';
import { routes } from './routes.js';
import { addressDisputeResolvers, catalogueStatusResolvers, openUserResolvers } from './status.js';
import {
  solutionChangeConnectionResolvers,
  solutionChangeQueries,
  solutionChangeResolvers,
} from './solution-changes.js';
import { solutionConnectionResolvers, solutionQueries, solutionResolvers } from './solution.js';
import {
  supplierConnectionResolvers,
  supplierContractResolvers,
  supplierQueries,
  supplierResolvers,
  termsResolvers,
} from './terms.js';

const fields: AllResolvers = {
  Query: {
    ...routes,
    ...nodeQueries,
    ...lists,
    ...codeQueries,
    ...needQueries,
    ...peerQueries,
    ...reuseCheckQueries,
    ...solutionQueries,
    ...solutionChangeQueries,
    ...supplierQueries,
  },
  Solution: solutionResolvers,
  SolutionConnection: solutionConnectionResolvers,
  SolutionChange: solutionChangeResolvers,
  SolutionChangeConnection: solutionChangeConnectionResolvers,
  CatalogueRecord: catalogueRecordResolvers,
  Adoption: adoptionResolvers,
  AdoptionConnection: { ...connectionResolvers, complete: () => false },
  Terms: termsResolvers,
  Supplier: supplierResolvers,
  SupplierContract: supplierContractResolvers,
  SupplierConnection: supplierConnectionResolvers,
  CatalogueStatus: catalogueStatusResolvers,
  AddressDispute: addressDisputeResolvers,
  OpenUser: openUserResolvers,
  AdministrationConnection: administrationConnectionResolvers,
  ConsortiumConnection: connectionResolvers,
  ReuseCheck: reuseCheckResolvers,
  ReuseCandidate: reuseCandidateResolvers,
  JoiningAssessment: joiningAssessmentResolvers,
  ReuseCheckRecord: reuseCheckRecordResolvers,
  CodeReference: codeReferenceResolvers,
  CodeList: codeListResolvers,
  Code: codeResolvers,
  CodeConnection: codeConnectionResolvers,
  Crosswalk: crosswalkResolvers,
  CrosswalkMatch: crosswalkMatchResolvers,
  CrosswalkStep: crosswalkStepResolvers,
  Need: needResolvers,
  NeedHolder: needHolderResolvers,
  NeedHolderConnection: needHolderConnectionResolvers,
  NeedMatchConnection: needMatchConnectionResolvers,
  NeedMatchEdge: needMatchEdgeResolvers,
  Peer: peerResolvers,
  PeerConnection: peerConnectionResolvers,
};

const typeOf = ({ __typename }: NodeParent): string => __typename;

/** Europe's resolvers: which country has an organisation, and what the index contains. */
export const resolvers = {
  ...createScalars((code) => (message) => new InputError(code, message)),
  ...fields,
  Node: { __resolveType: typeOf },
  Organisation: { __resolveType: typeOf },
  Administration: { __resolveType: typeOf },
  Consortium: { __resolveType: typeOf },
  Catalogue: { __resolveType: typeOf },
};

import { compose } from './compose.js';
import type { Country } from '../values/countries.js';
import { readMutationsSdl } from '../files.js';
import { resolverTypes } from './resolver-types.js';
import { countrySdl, europeSdl } from '../sdl/subgraph-sdl.js';
import { readContract, subgraphSources } from './subgraph-sources.js';

/** No country in particular: the catalogue's resolvers are typed against it, because they serve every country. */
const anyCountry: Country = { code: 'XX', name: 'A country', folder: 'national', adjective: 'National', port: 0 };

/**
 * Every generated file of the project: its path from the root, and its expected content.
 *
 * @throws CompositionError when the subgraphs do not fit together.
 */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const contract = readContract();
  const subgraphs = subgraphSources(contract);
  // First, because subgraphs that do not compose have no types either, and its errors explain best why.
  const supergraph = compose(subgraphs);
  const catalogueTypes = await resolverTypes(countrySdl(contract, anyCountry, '') + readMutationsSdl(), {
    contextType: '../graphql/context.js#Context',
    mappers: {
      Organisation: '../model/rows.js#OrganisationParent',
      Administration: '../model/rows.js#OrganisationParent',
      Consortium: '../model/rows.js#OrganisationParent',
      NationalAdministration: '../model/rows.js#AdministrationParent',
      NationalConsortium: '../model/rows.js#ConsortiumParent',
      Catalogue: '../model/rows.js#CatalogueParent',
      NationalCatalogue: '../model/rows.js#CatalogueParent',
      Membership: '../model/rows.js#MembershipParent',
      AdministrationConnection: '../model/rows.js#AdministrationPage',
      ConsortiumConnection: '../model/rows.js#OrganisationPage',
      MembershipConnection: '../model/rows.js#MembershipPage',
      Succession: '../model/rows.js#DatedSuccession',
      SuccessionConnection: '../model/rows.js#SuccessionPage',
      Claim: '../model/rows.js#ClaimRow',
      CatalogueRecord: '../model/rows.js#RecordParent',
      QualityIssue: '../model/rows.js#QualityIssueParent',
      CatalogueRecordConnection: '../model/rows.js#RecordPage',
      PortfolioEntry: '../model/rows.js#PortfolioParent',
      Adoption: '../model/rows.js#AdoptionParent',
      AdoptionConnection: '../model/rows.js#AdoptionPage',
      CodeList: '../model/need-rows.js#CodeListParent',
      Code: '../model/need-rows.js#CodeParent',
      CodeReference: '../model/need-rows.js#CodeKey',
      CodeMapping: '../model/need-rows.js#CodeMappingParent',
      CodeConnection: '../model/need-rows.js#CodePage',
      Need: '../model/need-rows.js#NeedParent',
      NeedConnection: '../model/need-rows.js#NeedPage',
      NeedHolder: '../model/need-rows.js#NeedHolderParent',
      NeedHolderConnection: '../model/need-rows.js#NeedHolderPage',
      Terms: '../model/rows.js#TermsParent',
      TermsConnection: '../model/rows.js#TermsPage',
      Contract: '../model/rows.js#ContractParent',
      ContractConnection: '../model/rows.js#ContractPage',
      Change: '../model/rows.js#ChangeParent',
      ChangeConnection: '../model/rows.js#ChangePage',
      Eligibility: '../model/rows.js#EligibilityParent',
      AuditEntry: '../model/rows.js#AuditRow',
      AuditEntryConnection: '../model/rows.js#AuditPage',
      Webhook: '../model/webhook-rows.js#WebhookParent',
      WebhookDelivery: '../model/webhook-rows.js#DeliveryRow',
      WebhookDeliveryConnection: '../model/webhook-rows.js#DeliveryPage',
      RegisterWebhookPayload: '../model/webhook-rows.js#SecretPayload',
      RotateWebhookSecretPayload: '../model/webhook-rows.js#SecretPayload',
    },
  });
  const europeTypes = await resolverTypes(europeSdl(contract, []), {
    contextType: '../context.js#Context',
    mappers: {
      Node: '../rows.js#NodeParent',
      Organisation: '../stubs.js#Stub',
      Administration: '../stubs.js#Stub',
      Catalogue: '../stubs.js#CatalogueStub',
      Consortium: '../stubs.js#Stub',
      Solution: '../rows.js#SolutionParent',
      SolutionConnection: '../rows.js#SolutionPage',
      SolutionChange: '../rows.js#SolutionChangeRow',
      SolutionChangeConnection: '../rows.js#SolutionChangePage',
      CatalogueRecord: '../rows.js#RecordRow',
      Adoption: '../rows.js#AdoptionRow',
      AdoptionConnection: '../rows.js#AdoptionPage',
      Terms: '../rows.js#TermsContent',
      Supplier: '../rows.js#SupplierRow',
      SupplierContract: '../rows.js#SupplierContractRow',
      SupplierConnection: '../rows.js#SupplierPage',
      AdministrationConnection: '../rows.js#AdministrationPage',
      ConsortiumConnection: '../rows.js#StubPage',
      CatalogueStatus: '../rows.js#StatusRow',
      AddressDispute: '../rows.js#DisputeRow',
      OpenUser: '../rows.js#OpenUserRow',
      ReuseCheck: '../reuse-check/reuse-check.js#ReuseCheckParent',
      ReuseCandidate: '../reuse-check/reuse-check.js#CandidateParent',
      JoiningAssessment: '../reuse-check/may-join.js#Joining',
      ReuseCheckRecord: '../reuse-check/reuse-check.js#RecordParent',
      CodeReference: '../crosswalk/crosswalk.js#Concept',
      CodeList: '../need-rows.js#CodeListRow',
      Code: '../need-rows.js#CodeRow',
      CodeMapping: '../need-rows.js#CodeMappingRow',
      CodeConnection: '../need-rows.js#CodePage',
      Need: '../need-rows.js#NeedRow',
      NeedHolder: '../need-rows.js#NeedHolderRow',
      NeedHolderConnection: '../need-rows.js#NeedHolderPage',
      NeedMatchEdge: '../need-rows.js#NeedMatch',
      NeedMatchConnection: '../need-rows.js#NeedMatchPage',
      CrosswalkStep: '../need-rows.js#StatedStep',
      CrosswalkMatch: '../need-rows.js#StatedMatch',
      Crosswalk: '../need-rows.js#CrosswalkParent',
      Peer: '../rows.js#PeerRow',
      PeerConnection: '../rows.js#PeerPage',
    },
  });
  return new Map([
    ...subgraphs.map(({ name, sdl }) => [`services/${name}/schema.graphql`, sdl] as const),
    ['schema/supergraph.graphql', supergraph],
    ['services/catalogue/generated/resolver-types.ts', catalogueTypes],
    ['services/europe/generated/resolver-types.ts', europeTypes],
  ]);
}

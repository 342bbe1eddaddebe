import { compose, type SubgraphSource } from './compose.js';
import { countries, type Country, europe } from './countries.js';
import { readProjectFile } from './files.js';
import { resolverTypes } from './resolver-types.js';
import { countrySdl, europeSdl, type Contract } from './subgraph-sdl.js';

/** The committed texts of `schema/contract/`. */
export const readContract = (): Contract => ({
  shared: readProjectFile('schema/contract/shared.graphql'),
  country: readProjectFile('schema/contract/country.graphql'),
  europe: readProjectFile('schema/contract/europe.graphql'),
});

/** No country in particular: the catalogue's resolvers are typed against it, because they serve every country. */
const anyCountry: Country = { code: 'XX', name: 'A country', folder: 'national', adjective: 'National', port: 0 };

/** The subgraphs of the contract: the countries in their order, then Europe. */
export function subgraphSources(contract: Contract = readContract()): SubgraphSource[] {
  const local = (port: number): string => `http://127.0.0.1:${port}/subgraph`;
  return [
    ...countries.map((country) => ({
      name: country.folder,
      url: local(country.port),
      sdl: countrySdl(contract, country, readProjectFile(`services/${country.folder}/national.graphql`)),
    })),
    { name: europe.folder, url: local(europe.port), sdl: europeSdl(contract, countries) },
  ];
}

/** Every generated file of the project: its path from the root, and what must stand in it. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const contract = readContract();
  const subgraphs = subgraphSources(contract);
  const catalogueTypes = await resolverTypes(countrySdl(contract, anyCountry, ''), {
    contextType: '../context.js#Context',
    mappers: {
      Organisation: '../rows.js#OrganisationRow',
      Administration: '../rows.js#OrganisationRow',
      Consortium: '../rows.js#OrganisationRow',
      NationalAdministration: '../rows.js#OrganisationRow',
      NationalConsortium: '../rows.js#OrganisationRow',
      Catalogue: '../rows.js#CatalogueParent',
      NationalCatalogue: '../rows.js#CatalogueParent',
      Membership: '../rows.js#MembershipRow',
      AdministrationConnection: '../rows.js#OrganisationPage',
      ConsortiumConnection: '../rows.js#OrganisationPage',
      MembershipConnection: '../rows.js#MembershipPage',
      Eligibility: '../rows.js#EligibilityParent',
    },
  });
  const europeTypes = await resolverTypes(europeSdl(contract, []), {
    contextType: '../context.js#Context',
    mappers: {
      Organisation: '../stubs.js#Stub',
      Administration: '../stubs.js#Stub',
      Catalogue: '../stubs.js#CatalogueStub',
    },
  });
  return new Map([
    ...subgraphs.map(({ name, sdl }) => [`services/${name}/schema.graphql`, sdl] as const),
    ['schema/supergraph.graphql', compose(subgraphs)],
    ['services/catalogue/generated/resolver-types.ts', catalogueTypes],
    ['services/europe/generated/resolver-types.ts', europeTypes],
  ]);
}

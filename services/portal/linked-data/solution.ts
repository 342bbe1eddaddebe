import {
  addressOf,
  type Base,
  date,
  known,
  type LinkedNode,
  literal,
  optional,
  partOf,
  reference,
  type Source,
  sourceOf,
} from './context.js';

/** What is stated of a solution, by a record or by all records together. */
export interface SolutionStatement {
  readonly names: readonly { readonly language: string | null; readonly text: string }[];
  /** If there is none, the name describes it, because DCAT-AP requires a description. */
  readonly descriptions: readonly { readonly language: string | null; readonly text: string }[];
  readonly url: string | null;
  readonly landingUrl?: string | null;
  readonly licence: string | null;
  readonly developmentStatus: string | null;
  readonly categories: readonly string[];
  readonly releaseDate: string | null;
  readonly version?: string | null;
  readonly publisherIds: readonly string[];
}

/** The status of ADMS for each status of publiccode.yml. */
const statuses: Readonly<Record<string, readonly [path: string, label: string]>> = {
  CONCEPT: ['UnderDevelopment', 'Under development'],
  DEVELOPMENT: ['UnderDevelopment', 'Under development'],
  BETA: ['UnderDevelopment', 'Under development'],
  STABLE: ['Completed', 'Completed'],
  OBSOLETE: ['Deprecated', 'Deprecated'],
};

/**
 * ADMS and DCAT-AP: a solution is an asset, which DCAT-AP treats as a dataset, and its repository is a distribution of it.
 *
 * @param address of the node: a solution, or what a record states of it.
 */
export function describeSolution(base: Base, address: string, statement: SolutionStatement): LinkedNode[] {
  const { names, descriptions, url, landingUrl, licence, categories, releaseDate, version } = statement;
  const status = statuses[statement.developmentStatus ?? ''];
  const statusNode = status && {
    '@id': `http://purl.org/adms/status/${status[0]}`,
    '@type': 'skos:Concept',
    'skos:prefLabel': literal({ language: 'en', text: status[1] }),
  };
  const licenceNode = optional(licence, (text) => describeLicence(address, text));
  const distribution =
    url === null
      ? undefined
      : {
          '@id': partOf(address, 'repository'),
          '@type': ['dcat:Distribution', 'adms:AssetDistribution'],
          'dcat:accessURL': reference(url),
          ...known({ 'dct:license': optional(licenceNode, (node) => reference(node['@id'])) }),
        };
  return [
    {
      '@id': address,
      '@type': ['dcat:Resource', 'dcat:Dataset', 'adms:Asset'],
      ...known({
        'dct:title': names.map(literal),
        'dct:description': (descriptions.length > 0 ? descriptions : names).map(literal),
        'dcat:keyword': categories.map((category) => ({ '@value': category })),
        'dcat:distribution': optional(distribution, (node) => reference(node['@id'])),
        'dcat:landingPage': optional(landingUrl, reference),
        'dct:modified': optional(releaseDate, date),
        'dcat:version': version,
        'adms:status': optional(statusNode, (node) => reference(node['@id'])),
        'dct:publisher': statement.publisherIds.map((id) => reference(addressOf(base, id))),
      }),
    },
    ...(landingUrl === null || landingUrl === undefined ? [] : [{ '@id': landingUrl, '@type': 'foaf:Document' }]),
    ...[distribution, licenceNode, statusNode].filter((node) => node !== undefined),
  ];
}

/** A licence of the SPDX list has an address there. An expression of several has one in the document. */
export const describeLicence = (address: string, licence: string): LinkedNode => ({
  '@id': /^[\w.+-]+$/.test(licence) ? `http://spdx.org/licenses/${licence}` : partOf(address, 'licence'),
  '@type': 'dct:LicenseDocument',
  'dct:identifier': licence,
});

/** A solution, as `operations/resource.graphql` selects it. */
export interface Solution {
  readonly id: string;
  readonly name: string | null;
  readonly nameLanguage: string | null;
  readonly shortDescription: string | null;
  readonly shortDescriptionLanguage: string | null;
  readonly solutionAddresses: readonly string[] | null;
  readonly url: string | null;
  readonly licence: string | null;
  readonly developmentStatus: string | null;
  readonly categories: readonly string[] | null;
  readonly releaseDate: string | null;
  readonly publisherIds: readonly string[] | null;
  readonly publishers: readonly ({ readonly id: string; readonly name: string } | null)[] | null;
  readonly maintainerIds: readonly string[] | null;
  readonly records: readonly ({ readonly id: string; readonly provenance: Source } | null)[] | null;
}

/** A solution, as its records describe it together. */
export function describeMergedSolution(base: Base, solution: Solution): LinkedNode[] {
  const address = addressOf(base, solution.id);
  const [node, ...others] = describeSolution(base, address, {
    names: [{ language: solution.nameLanguage, text: solution.name ?? solution.id }],
    descriptions:
      optional(solution.shortDescription, (text) => [{ language: solution.shortDescriptionLanguage, text }]) ?? [],
    url: solution.url,
    licence: solution.licence,
    developmentStatus: solution.developmentStatus,
    categories: solution.categories ?? [],
    releaseDate: solution.releaseDate,
    publisherIds: solution.publisherIds ?? [],
  });
  const records = (solution.records ?? []).flatMap((record) => (record ? [record] : []));
  if (!node) return [];
  return [
    {
      ...node,
      ...known({
        'dct:identifier': [solution.id, ...(solution.solutionAddresses ?? []).filter((other) => other !== solution.id)],
        'dct:contributor': (solution.maintainerIds ?? []).map((id) => reference(addressOf(base, id))),
        'prov:wasDerivedFrom': records.map(({ id }) => reference(addressOf(base, id))),
      }),
    },
    ...records.map(({ id, provenance }) => ({ '@id': addressOf(base, id), ...sourceOf(provenance) })),
    ...(solution.publishers ?? []).flatMap((publisher) => (publisher ? [describeAgent(base, publisher)] : [])),
    ...others,
  ];
}

/** A publisher, as DCAT-AP requires it: an agent with a name. Read live, so it may be missing. */
const describeAgent = (base: Base, { id, name }: { readonly id: string; readonly name: string }): LinkedNode => ({
  '@id': addressOf(base, id),
  '@type': 'foaf:Agent',
  'foaf:name': name,
});

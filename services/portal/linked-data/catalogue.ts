import {
  addressOf,
  areaOf,
  type Base,
  dateTime,
  known,
  type LinkedNode,
  literal,
  reference,
  type Source,
  sourceOf,
} from './context.js';
import { describeSolution } from './solution.js';

/** A catalogue, as `operations/resource.graphql` selects it. */
export interface Catalogue {
  readonly id: string;
  readonly country: string;
  readonly title: string;
  readonly titleLanguage: string | null;
}

/** A record, as `operations/catalogue-records.graphql` selects it. */
export interface CatalogueRecord {
  readonly id: string;
  readonly solutionAddress: string;
  readonly issued: string;
  readonly name: string;
  readonly descriptions: readonly {
    readonly language: string;
    readonly localisedName: string | null;
    readonly shortDescription: string | null;
  }[];
  readonly url: string | null;
  readonly landingURL: string | null;
  readonly licence: string | null;
  readonly developmentStatus: string | null;
  readonly categories: readonly string[];
  readonly releaseDate: string | null;
  readonly softwareVersion: string | null;
  readonly publisherId: string | null;
  readonly publisherName: string | null;
  readonly publisher: { readonly name: string } | null;
  readonly provenance: Source;
}

/** DCAT-AP: a catalogue. No source states who publishes it, so the agent has its title. */
export function describeCatalogue(base: Base, { id, country, title, titleLanguage }: Catalogue): LinkedNode[] {
  const address = addressOf(base, id);
  const text = literal({ language: titleLanguage, text: title });
  return [
    {
      '@id': address,
      '@type': 'dcat:Catalog',
      'dct:identifier': id,
      'dct:title': text,
      'dct:description': text,
      'dct:publisher': reference(`${address}#publisher`),
      'dct:spatial': reference(areaOf(country)['@id']),
    },
    { '@id': `${address}#publisher`, '@type': 'foaf:Agent', 'foaf:name': text },
    areaOf(country),
  ];
}

/** DCAT-AP: a record of a catalogue, and what it states of its solution. */
export function describeRecord(base: Base, catalogueId: string, record: CatalogueRecord): LinkedNode[] {
  const catalogue = addressOf(base, catalogueId);
  const address = addressOf(base, record.id);
  const asset = `${address}#asset`;
  const agent = describePublisher(base, address, record);
  const names = record.descriptions.flatMap(({ language, localisedName }) =>
    localisedName === null ? [] : [{ language, text: localisedName }],
  );
  const [node, ...others] = describeSolution(base, asset, {
    names: [{ language: null, text: record.name }, ...names],
    descriptions: record.descriptions.flatMap(({ language, shortDescription }) =>
      shortDescription === null ? [] : [{ language, text: shortDescription }],
    ),
    url: record.url,
    landingUrl: record.landingURL,
    licence: record.licence,
    developmentStatus: record.developmentStatus,
    categories: record.categories,
    releaseDate: record.releaseDate,
    version: record.softwareVersion,
    publisherIds: [],
  });
  return [
    { '@id': catalogue, 'dcat:record': reference(address), 'dcat:dataset': reference(asset) },
    {
      '@id': address,
      '@type': 'dcat:CatalogRecord',
      'dct:identifier': record.id,
      'dct:issued': dateTime(record.issued),
      'dct:modified': dateTime(modifiedAt(record)),
      'foaf:primaryTopic': reference(asset),
      ...sourceOf(record.provenance),
    },
    {
      ...node,
      '@id': asset,
      ...known({
        'dct:identifier': record.solutionAddress,
        'prov:specializationOf': reference(addressOf(base, record.solutionAddress)),
        'dct:publisher': agent && reference(agent['@id']),
      }),
    },
    ...(agent ? [agent] : []),
    ...others,
  ];
}

/** When its source was last read. A source can have been read before the catalogue issued the record. */
const modifiedAt = ({ issued, provenance: { retrievedAt } }: CatalogueRecord): string =>
  retrievedAt !== null && Date.parse(retrievedAt) > Date.parse(issued) ? retrievedAt : issued;

/** The publisher by its own address, or as an agent of the document if it is known by name only. */
function describePublisher(
  base: Base,
  address: string,
  { publisherId, publisherName, publisher }: CatalogueRecord,
): LinkedNode | undefined {
  const name = publisher?.name ?? publisherName;
  if (name === null) return undefined;
  return {
    '@id': publisherId === null ? `${address}#publisher` : addressOf(base, publisherId),
    '@type': 'foaf:Agent',
    'foaf:name': name,
  };
}

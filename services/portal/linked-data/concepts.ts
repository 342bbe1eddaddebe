import { languages } from '../web/model/languages.js';
import { readMessageFile } from '../web/server/message-files.js';
import { type Base, known, type LinkedNode, literal, optional, reference, type Source, sourceOf } from './context.js';
import { describeLicence } from './solution.js';

interface LocalisedText {
  readonly language: string;
  readonly text: string;
}

/** The values of the graph's enums that documents refer to, each enum a concept scheme at `/id/<name>`. */
const schemes = {
  'administration-kind': { title: 'Kinds of administrations', labels: 'administrationKind', type: 'skos:Concept' },
  'consortium-kind': { title: 'Kinds of consortia', labels: 'consortiumKind', type: 'skos:Concept' },
  'membership-role': {
    title: 'Roles of members',
    labels: 'membershipRole',
    // W3C ORG requires its own class, too.
    type: ['org:Role', 'skos:Concept'],
  },
} as const;

export type SchemeName = keyof typeof schemes;

export const isSchemeName = (id: string): id is SchemeName => Object.hasOwn(schemes, id);

const enumTexts = languages.map((language) => [language, readMessageFile(language, 'enums')] as const);

/** The labels of each value of a scheme, in the languages of the pages. */
function readLabels(scheme: SchemeName): ReadonlyMap<string, readonly LocalisedText[]> {
  const prefix = `enums.${schemes[scheme].labels}.`;
  const values = new Map<string, LocalisedText[]>();
  for (const [language, texts] of enumTexts)
    for (const [key, text] of Object.entries(texts)) {
      if (!key.startsWith(prefix)) continue;
      const value = key.slice(prefix.length);
      values.set(value, [...(values.get(value) ?? []), { language, text }]);
    }
  return values;
}

const labelsOf = new Map((Object.keys(schemes) as SchemeName[]).map((scheme) => [scheme, readLabels(scheme)]));

/** SKOS: a value of an enum. */
export const describeValue = (base: Base, scheme: SchemeName, value: string): LinkedNode => ({
  '@id': `${base}/id/${scheme}#${value}`,
  '@type': schemes[scheme].type,
  'skos:notation': value,
  'skos:prefLabel': labelsOf.get(scheme)?.get(value)?.map(literal) ?? value,
  'skos:inScheme': reference(`${base}/id/${scheme}`),
});

/** SKOS: an enum with its values. */
export function describeScheme(base: Base, scheme: SchemeName): LinkedNode[] {
  const values = [...(labelsOf.get(scheme)?.keys() ?? [])].map((value) => describeValue(base, scheme, value));
  const title = literal({ language: 'en', text: schemes[scheme].title });
  return [
    {
      '@id': `${base}/id/${scheme}`,
      '@type': 'skos:ConceptScheme',
      'dct:title': title,
      'skos:prefLabel': title,
      'skos:hasTopConcept': values.map((value) => reference(value['@id'])),
    },
    ...values,
  ];
}

/** A code of a code list, by its names. */
export interface CodeName {
  readonly scheme: string;
  readonly notation: string;
}

const codeListAddress = (base: Base, scheme: string): string => `${base}/id/code/${encodeURIComponent(scheme)}`;

const codeAddress = (base: Base, { scheme, notation }: CodeName): string =>
  `${codeListAddress(base, scheme)}/${encodeURIComponent(notation)}`;

/** Parses what follows `/id/` in the address of a code list or a code; undefined for another. */
export function parseCodeAddress(path: string): { readonly scheme: string; readonly notation?: string } | undefined {
  const [, scheme, notation] = /^code\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (scheme === undefined) return undefined;
  return {
    scheme: decodeURIComponent(scheme),
    ...(notation === undefined ? {} : { notation: decodeURIComponent(notation) }),
  };
}

/** A code that something refers to, with the labels of its list. */
export interface CodeReference extends CodeName {
  readonly code: { readonly labels: readonly LocalisedText[] } | null;
}

/**
 * SKOS: a code that a document refers to.
 *
 * @param document that refers to it. A code that no catalogue lists has no other address than one in it.
 */
export function describeCodeReference(base: Base, document: string, { code, ...name }: CodeReference): LinkedNode {
  const concept = { '@type': 'skos:Concept', 'skos:notation': name.notation };
  if (!code) {
    const id = `${document}#${encodeURIComponent(`${name.scheme}:${name.notation}`)}`;
    return { '@id': id, ...concept, 'skos:prefLabel': name.notation };
  }
  return {
    '@id': codeAddress(base, name),
    ...concept,
    'skos:prefLabel': code.labels.length > 0 ? code.labels.map(literal) : name.notation,
    'skos:inScheme': reference(codeListAddress(base, name.scheme)),
  };
}

/** A code, as `operations/code.graphql` and `operations/code-list.graphql` select it. */
export interface Code extends CodeName {
  readonly id: string;
  readonly labels: readonly LocalisedText[];
  readonly broaderNotation: string | null;
  readonly mappings: readonly CodeMapping[] | null;
  readonly provenance: Source;
}

interface CodeMapping {
  readonly relation: keyof typeof mappingProperties;
  readonly toScheme: string | null;
  readonly toNotation: string | null;
}

const mappingProperties = {
  EXACT: 'skos:exactMatch',
  CLOSE: 'skos:closeMatch',
  BROADER: 'skos:broadMatch',
  NARROWER: 'skos:narrowMatch',
  RELATED: 'skos:relatedMatch',
} as const;

/** SKOS: a code, and the codes of other lists that its catalogue relates it to. */
export function describeCode(base: Base, { scheme, notation, ...code }: Code): LinkedNode {
  const matches = Object.entries(mappingProperties).map(([relation, property]) => [
    property,
    (code.mappings ?? []).flatMap((mapping) =>
      // Topics belong to no code list.
      mapping.relation === relation && mapping.toScheme !== null && mapping.toNotation !== null
        ? [reference(codeAddress(base, { scheme: mapping.toScheme, notation: mapping.toNotation }))]
        : [],
    ),
  ]);
  return {
    ...describeCodeReference(base, '', { scheme, notation, code }),
    ...known({
      'dct:identifier': code.id,
      'skos:broader': optional(code.broaderNotation, (broader) =>
        reference(codeAddress(base, { scheme, notation: broader })),
      ),
      ...(Object.fromEntries(matches) as Record<string, unknown>),
    }),
    ...sourceOf(code.provenance),
  };
}

/** A code list, as `operations/code-list.graphql` selects it. */
export interface CodeList {
  readonly id: string;
  readonly scheme: string;
  readonly title: string;
  readonly titles: readonly LocalisedText[];
  readonly version: string | null;
  readonly publisher: string | null;
  readonly licence: string | null;
  readonly url: string | null;
  readonly provenance: Source;
}

/** SKOS: a code list. */
export function describeCodeList(base: Base, list: CodeList): LinkedNode[] {
  const address = codeListAddress(base, list.scheme);
  const titles = list.titles.length > 0 ? list.titles.map(literal) : list.title;
  const licence = optional(list.licence, (text) => describeLicence(address, text));
  const publisher = optional(list.publisher, (name) => ({
    '@id': `${address}#publisher`,
    '@type': 'foaf:Agent',
    'foaf:name': name,
  }));
  return [
    {
      '@id': address,
      '@type': 'skos:ConceptScheme',
      ...known({
        'dct:identifier': [list.id, list.scheme],
        'dct:title': titles,
        'skos:prefLabel': titles,
        'owl:versionInfo': list.version,
        'dct:publisher': optional(publisher, (node) => reference(node['@id'])),
        'dct:license': optional(licence, (node) => reference(node['@id'])),
        'foaf:page': optional(list.url, reference),
      }),
      ...sourceOf(list.provenance),
    },
    ...(publisher ? [publisher] : []),
    ...(licence ? [licence] : []),
  ];
}

import { type CodeReference, describeCodeReference } from './concepts.js';
import {
  addressOf,
  type Base,
  known,
  type LinkedNode,
  literal,
  optional,
  reference,
  type Source,
  sourceOf,
} from './context.js';

interface LocalisedText {
  readonly language: string;
  readonly text: string;
}

/** A need, as `operations/need.graphql` selects it. */
export interface Need {
  readonly id: string;
  readonly statements: readonly LocalisedText[];
  readonly legalBasis: string | null;
  readonly url: string | null;
  readonly codes: readonly CodeReference[];
  readonly provenance: Source;
}

/** CCCEV: a need is a requirement, derived from the framework that states it; its codes are concepts of SKOS. */
export function describeNeed(base: Base, { id, statements, legalBasis, url, codes, provenance }: Need): LinkedNode[] {
  const address = addressOf(base, id);
  const concepts = codes.map((code) => describeCodeReference(base, address, code));
  const framework = optional(legalBasis, (title) => ({
    '@id': `${address}#legal-basis`,
    '@type': 'm8g:ReferenceFramework',
    'dct:title': title,
  }));
  return [
    {
      '@id': address,
      '@type': 'm8g:Requirement',
      ...known({
        'dct:identifier': id,
        'skos:prefLabel': statements.map(literal),
        'dct:description': statements.map(literal),
        'dct:subject': concepts.map((concept) => reference(concept['@id'])),
        'm8g:isDerivedFrom': optional(framework, (node) => reference(node['@id'])),
        'foaf:page': optional(url, reference),
      }),
      ...sourceOf(provenance),
    },
    ...(framework ? [framework] : []),
    ...(url === null ? [] : [{ '@id': url, '@type': 'foaf:Document' }]),
    ...concepts,
  ];
}

import { type ConstDirectiveNode, type DocumentNode, isTypeDefinitionNode, Kind, parse, print, visit } from 'graphql';

interface MayBeHidden {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const isHidden = (node: MayBeHidden): boolean =>
  node.directives?.some((directive) => directive.name.value === 'inaccessible') ?? false;

const dropHidden = (node: MayBeHidden): null | undefined => (isHidden(node) ? null : undefined);

const specifiedDirectives = new Set(['deprecated', 'specifiedBy']);

/**
 * The schema of a subgraph's public endpoint, `/graphql`: its SDL without what concerns federation alone
 * (`@link`, `@key` and the like, and everything `@inaccessible`).
 */
export const publicSdl = (subgraphSdl: string): string => print(publicDocument(parse(subgraphSdl)));

/** The same, parsed. */
export function publicDocument(document: DocumentNode): DocumentNode {
  const hidden = document.definitions.filter(isTypeDefinitionNode).filter(isHidden);
  const hiddenNames = new Set(hidden.map((type) => type.name.value));
  const definitions = document.definitions.filter(
    (definition) =>
      definition.kind !== Kind.SCHEMA_EXTENSION &&
      definition.kind !== Kind.DIRECTIVE_DEFINITION &&
      !hidden.some((type) => type === definition),
  );
  return visit(
    { ...document, definitions },
    {
      FieldDefinition: dropHidden,
      InputValueDefinition: dropHidden,
      EnumValueDefinition: dropHidden,
      // In a list of names: an interface that a type implements, or a member of a union.
      NamedType: (node, key) => (typeof key === 'number' && hiddenNames.has(node.name.value) ? null : undefined),
      Directive: (node) => (specifiedDirectives.has(node.name.value) ? undefined : null),
    },
  );
}

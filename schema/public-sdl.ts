import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql';

interface MayBeHidden {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const isHidden = (node: MayBeHidden): boolean =>
  node.directives?.some((directive) => directive.name.value === 'inaccessible') ?? false;

const dropHidden = (node: MayBeHidden): null | undefined => (isHidden(node) ? null : undefined);

/**
 * What a subgraph shows to people who ask it directly, at `/graphql`: its SDL without what concerns federation alone
 * (`@link`, `@key` and the like, and everything `@inaccessible`).
 */
export function publicSdl(subgraphSdl: string): string {
  const withoutHidden = visit(parse(subgraphSdl), {
    FieldDefinition: dropHidden,
    InputValueDefinition: dropHidden,
    EnumValueDefinition: dropHidden,
    ObjectTypeDefinition: dropHidden,
    SchemaExtension: () => null,
  });
  const standard = new Set(['deprecated', 'specifiedBy']);
  return print(
    visit(withoutHidden, {
      Directive: (node) => (standard.has(node.name.value) ? undefined : null),
      [Kind.DIRECTIVE_DEFINITION]: () => null,
    }),
  );
}

import { type ASTNode, Kind, type NamedTypeNode, parse, print, type TypeNode, visit } from 'graphql';

/** The types that contract 1.3 added. */
const isLaterType = (name: string): boolean =>
  /^(?:Code|Need|HolderRule|MappingRelation|Money|Decimal|Terms|Fee|ExceptionGround|Contract(?:Edge|Connection)?$)/.test(
    name,
  );

const namedType = (type: TypeNode): NamedTypeNode => (type.kind === Kind.NAMED_TYPE ? type : namedType(type.type));

/** The SDL of a subgraph as a country serves it that has implemented a contract without needs and codes. */
export function toEarlierContract(sdl: string): string {
  const dropType = ({ name }: { readonly name: { readonly value: string } }): null | undefined =>
    isLaterType(name.value) ? null : undefined;
  const dropTyped = ({ type }: { readonly type: TypeNode }): null | undefined =>
    isLaterType(namedType(type).name.value) ? null : undefined;
  const earlier: ASTNode = visit(parse(sdl), {
    ObjectTypeDefinition: dropType,
    InputObjectTypeDefinition: dropType,
    EnumTypeDefinition: (node) => {
      if (isLaterType(node.name.value)) return null;
      if (node.name.value !== 'ChangeSubject') return undefined;
      return { ...node, values: node.values?.filter(({ name }) => !/^(?:CODE|NEED|TERMS|CONTRACT)/.test(name.value)) };
    },
    ScalarTypeDefinition: dropType,
    FieldDefinition: dropTyped,
  });
  return print(earlier).replace(/@contract\(version: "[^"]*"\)/, '@contract(version: "1.0")');
}

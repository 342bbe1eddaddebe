import {
  type DirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';

import { type Country, europe } from '../values/countries.js';
import { parseSdl } from '../sdl/parse-sdl.js';

/** A subgraph as it is handed to the lint. */
export interface SubgraphText {
  readonly name: string;
  readonly sdl: string;
}

/** An object type or an interface. */
export type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** A subgraph as the rules see it. */
export interface ParsedSubgraph {
  readonly name: string;
  readonly types: readonly TypeDefinitionNode[];
  readonly composites: readonly Composite[];
  /** Every field once: a field that a type inherits unchanged from an interface is that of the interface. */
  readonly fields: readonly {
    readonly on: Composite;
    readonly field: FieldDefinitionNode;
    readonly coordinate: string;
  }[];
  /** The arguments of these fields, and the fields of inputs. */
  readonly inputs: readonly { readonly input: InputValueDefinitionNode; readonly coordinate: string }[];
}

/** Parses a subgraph for the rules. Throws CompositionError if it is not valid SDL. */
export function parseSubgraph({ name, sdl }: SubgraphText): ParsedSubgraph {
  const types = parseSdl(name, sdl).definitions.filter(isTypeDefinitionNode);
  const composites = types.filter(isComposite);
  const fields = composites.flatMap((on) =>
    ownFields(on, composites).map((field) => ({ on, field, coordinate: `${nameOf(on)}.${nameOf(field)}` })),
  );
  const inputs = [
    ...fields.flatMap(({ field, coordinate }) =>
      (field.arguments ?? []).map((input) => ({ input, coordinate: `${coordinate}(${nameOf(input)}:)` })),
    ),
    ...types.flatMap((type) =>
      (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? (type.fields ?? []) : []).map((input) => ({
        input,
        coordinate: `${nameOf(type)}.${nameOf(input)}`,
      })),
    ),
  ];
  return { name, types, composites, fields, inputs };
}

const isComposite = (type: TypeDefinitionNode): type is Composite =>
  type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION;

function ownFields(on: Composite, composites: readonly Composite[]): FieldDefinitionNode[] {
  const parents = (on.interfaces ?? []).map((parent) => composites.find((type) => nameOf(type) === nameOf(parent)));
  const inherited = new Set(parents.flatMap((parent) => parent?.fields?.map((field) => print(field)) ?? []));
  return (on.fields ?? []).filter((field) => !inherited.has(print(field)));
}

/** The name of anything that must have one. */
export const nameOf = (node: { readonly name: { readonly value: string } }): string => node.name.value;

/** Whether something carries a directive. */
export const hasDirective = (
  node: { readonly directives?: readonly DirectiveNode[] | undefined },
  directive: string,
): boolean => (node.directives ?? []).some((applied) => nameOf(applied) === directive);

/** A type taken apart. Lists of lists do not occur. */
export function unwrapType(type: TypeNode): {
  readonly named: string;
  readonly isList: boolean;
  readonly isNonNull: boolean;
  readonly hasNonNullItems: boolean;
} {
  const isNonNull = type.kind === Kind.NON_NULL_TYPE;
  const outer = isNonNull ? type.type : type;
  if (outer.kind !== Kind.LIST_TYPE) {
    return { named: nameOf(outer), isList: false, isNonNull, hasNonNullItems: false };
  }
  const item = unwrapType(outer.type);
  return { named: item.named, isList: true, isNonNull, hasNonNullItems: item.isNonNull };
}

/** Whether a type is a page of a list. */
export const isPage = (name: string): boolean => name.endsWith('Connection');

/** Which types are read from elsewhere than the row that names them: interfaces, what implements them, and pages. */
export function referenceTest(all: readonly ParsedSubgraph[]): (name: string) => boolean {
  const references = new Set(
    all.flatMap(({ composites }) =>
      composites
        .filter((type) => type.kind === Kind.INTERFACE_TYPE_DEFINITION || (type.interfaces ?? []).length > 0)
        .map(nameOf),
    ),
  );
  return (name) => references.has(name) || isPage(name);
}

/** Whether another subgraph declares a type too. */
export const isDeclaredElsewhere = (type: Composite, subgraph: string, all: readonly ParsedSubgraph[]): boolean =>
  all.some(({ name, composites }) => name !== subgraph && composites.some((other) => nameOf(other) === nameOf(type)));

/** Whether every subgraph may resolve every field of a type. */
export const isShareable = (type: Composite): boolean =>
  hasDirective(type, 'shareable') || (type.fields ?? []).every((field) => hasDirective(field, 'shareable'));

/** The fields by which subgraphs refer to a type. */
export const keyFields = (type: Composite): ReadonlySet<string> =>
  new Set(
    (type.directives ?? [])
      .filter((directive) => nameOf(directive) === 'key')
      .flatMap((key) => key.arguments ?? [])
      .flatMap(({ value }) => (value.kind === Kind.STRING ? (value.value.match(/\w+/g) ?? []) : [])),
  );

/** Countries own their types and the interfaces that these implement; Europe owns anything else that is declared twice. */
export function isOwner(subgraph: string, type: Composite, countries: readonly Country[]): boolean {
  const country = countries.find(({ adjective }) => nameOf(type).startsWith(adjective));
  if (country) return subgraph === country.folder;
  return type.kind === Kind.INTERFACE_TYPE_DEFINITION ? subgraph !== europe.folder : subgraph === europe.folder;
}

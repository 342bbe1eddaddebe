import { type ConstDirectiveNode, type DocumentNode, type EnumValueDefinitionNode, Kind, parse, visit } from 'graphql';

/** The coordinates of the fields that subgraphs of an earlier contract lack, by the name of a subgraph. */
export type AbsentFields = ReadonlyMap<string, readonly string[]>;

/** The name is one of the join specification's, so that neither clients nor the planner see the directive. */
const directiveName = 'join__absent';

/** Adds to a supergraph which fields its subgraphs lack. */
export function withAbsentFields(supergraph: DocumentNode, absent: AbsentFields): DocumentNode {
  if (absent.size === 0) return supergraph;
  const { definitions } = parse(`directive @${directiveName}(fields: [String!]!) on ENUM_VALUE`, { noLocation: true });
  const annotated = visit(supergraph, {
    EnumValueDefinition: (value) => {
      const fields = absent.get(findSubgraph(value) ?? '');
      return fields && { ...value, directives: [...(value.directives ?? []), toDirective(fields)] };
    },
  });
  return { ...annotated, definitions: [...annotated.definitions, ...definitions] };
}

/** Reads from a supergraph which fields its subgraphs lack. */
export function readAbsentFields(supergraph: DocumentNode): AbsentFields {
  const absent = new Map<string, readonly string[]>();
  visit(supergraph, {
    EnumValueDefinition: (value) => {
      const name = findSubgraph(value);
      const fields = findArgument(value, directiveName, 'fields');
      if (name === undefined || fields?.kind !== Kind.LIST) return;
      absent.set(
        name,
        fields.values.flatMap((field) => (field.kind === Kind.STRING ? [field.value] : [])),
      );
    },
  });
  return absent;
}

const toDirective = (fields: readonly string[]): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: directiveName },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'fields' },
      value: { kind: Kind.LIST, values: fields.map((value) => ({ kind: Kind.STRING, value })) },
    },
  ],
});

/** The subgraph of a value of `join__Graph`. */
function findSubgraph(value: EnumValueDefinitionNode): string | undefined {
  const name = findArgument(value, 'join__graph', 'name');
  return name?.kind === Kind.STRING ? name.value : undefined;
}

const findArgument = ({ directives }: EnumValueDefinitionNode, directive: string, argument: string) =>
  directives?.find(({ name }) => name.value === directive)?.arguments?.find(({ name }) => name.value === argument)
    ?.value;

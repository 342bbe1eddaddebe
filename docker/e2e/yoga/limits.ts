import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';

const most = { depth: 14, tokens: 4_000, aliases: 60, fields: 500_000 };

/** Refuses what would take too much to answer, before any of it is answered. */
export const limitOperations: Plugin = {
  onParse: ({ params }) => {
    params.options = { ...(params.options as object | undefined), maxTokens: most.tokens };
  },
  onValidate: ({ addValidationRule }) => {
    addValidationRule(limitSize);
  },
};

function limitSize(context: ValidationContext): ASTVisitor {
  const refuse = (code: string, message: string): void => {
    context.reportError(new GraphQLError(message, { extensions: { code } }));
  };
  let aliases = 0;
  return {
    Field: ({ alias }) => {
      if (alias) aliases += 1;
    },
    Document: {
      leave: () => {
        if (aliases > most.aliases) {
          refuse('QUERY_TOO_LARGE', `The operation has ${aliases} aliases; it can have ${most.aliases}.`);
        }
      },
    },
    OperationDefinition: ({ selectionSet, operation }) => {
      const root = context.getSchema().getRootType(operation);
      if (!root) return;
      const { depth, fields } = createScale(context)(selectionSet, root);
      if (depth > most.depth) {
        refuse('QUERY_TOO_DEEP', `The operation is ${depth} fields deep; it can be ${most.depth}.`);
      }
      if (fields > most.fields) {
        refuse('QUERY_TOO_LARGE', `The answer could have ${fields} fields; it can have ${most.fields}.`);
      }
    },
  };
}

/** How deep an answer goes, and how many fields it may have when its pages are full and its other lists have ten items. */
interface Weight {
  readonly depth: number;
  readonly fields: number;
}

const nothing: Weight = { depth: 0, fields: 0 };

function createScale(context: ValidationContext): (set: SelectionSetNode, type: GraphQLNamedType) => Weight {
  const known = new Map<string, Weight>();
  const weighFragment = ({ name, selectionSet, typeCondition }: FragmentDefinitionNode): Weight => {
    const before = known.get(name.value);
    if (before) return before;
    // A fragment within itself is refused by another rule.
    known.set(name.value, nothing);
    const type = context.getSchema().getType(typeCondition.name.value);
    const weight = type ? weigh(selectionSet, type) : nothing;
    known.set(name.value, weight);
    return weight;
  };
  const weigh = ({ selections }: SelectionSetNode, type: GraphQLNamedType): Weight =>
    selections
      .map((selection): Weight => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = context.getFragment(selection.name.value);
          return fragment ? weighFragment(fragment) : nothing;
        }
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition?.name.value;
          return weigh(selection.selectionSet, typeNamed(context.getSchema(), condition) ?? type);
        }
        return weighField(selection, type);
      })
      .reduce((sum, one) => ({ depth: Math.max(sum.depth, one.depth), fields: sum.fields + one.fields }), nothing);
  const weighField = (node: FieldNode, type: GraphQLNamedType): Weight => {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    // What a schema says of itself is small, and deeper than data.
    if (!field || !node.selectionSet) return { depth: 1, fields: 1 };
    const within = weigh(node.selectionSet, getNamedType(field.type));
    const isPage = field.args.some(({ name }) => name === 'first');
    const isOfPage = type.name.endsWith('Connection');
    const isList = isListType(getNullableType(field.type));
    const items = isPage ? pageLength(node) : isList && !isOfPage ? 10 : 1;
    return { depth: 1 + within.depth, fields: 1 + items * within.fields };
  };
  return weigh;
}

const typeNamed = (schema: GraphQLSchema, name: string | undefined): GraphQLNamedType | undefined =>
  name === undefined ? undefined : schema.getType(name);

/** A length that only a variable says is taken to be the longest. */
function pageLength({ arguments: given = [] }: FieldNode): number {
  const length = given.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
  if (!length) return 20;
  return length.kind === Kind.INT ? Math.min(200, Number(length.value)) : 200;
}

import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

import { compactDocument } from '../../services/kit/graphql/compact-document.js';
import type { OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import type { OperationContext } from '../../services/kit/graphql/selection.js';
import { compileResponseValidator, type ResponseValidator } from './response-validator.js';
import type { FindSubgraphTypes, SubgraphTypes } from './subgraph-types.js';

/** The validation of the responses to one fetch. Everything is compiled once, when the first response comes. */
export interface FetchValidation {
  readonly getValidator: () => ResponseValidator;
  /** The operation of the fetch under the schema of its subgraph, and its types. */
  readonly getContext: () => FetchContext;
  /** Returns the beginning of a reported path, as far as it leads through fields that the fetch selects. */
  readonly restrictPath: (path: unknown) => (string | number)[];
}

export interface FetchContext {
  readonly fetch: OperationContext;
  readonly types: SubgraphTypes;
}

export interface FetchValidationContext {
  readonly findSubgraphTypes: FindSubgraphTypes;
  /** That of the operation. */
  readonly memory: OperationMemory;
}

export function createFetchValidation(
  service: string,
  query: string,
  context: FetchValidationContext,
): FetchValidation {
  let compiled: CompiledFetch | undefined;
  const compile = (): CompiledFetch => (compiled ??= compileFetch(service, query, context));
  return {
    getValidator: () => compile().validator,
    getContext: () => compile(),
    restrictPath: (path) => compile().restrictPath(path),
  };
}

interface CompiledFetch extends FetchContext, Pick<FetchValidation, 'restrictPath'> {
  readonly validator: ResponseValidator;
}

function compileFetch(
  service: string,
  query: string,
  { findSubgraphTypes, memory }: FetchValidationContext,
): CompiledFetch {
  const {
    document: { definitions },
    bytes,
  } = compactDocument(parse(query, { noLocation: true }));
  memory.bytes += bytes;
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('A fetch has no operation.');
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const types = findSubgraphTypes(service);
  const context: OperationContext = { schema: types.schema, operation, fragments };
  return {
    fetch: context,
    types,
    validator: compileResponseValidator(context, types, memory),
    restrictPath: (path) => restrictPath(path, operation, fragments),
  };
}

function restrictPath(
  path: unknown,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): (string | number)[] {
  const kept: (string | number)[] = [];
  if (!isPath(path)) return kept;
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  for (const step of path) {
    if (typeof step === 'string') {
      const nodes = sets.flatMap((set) => findFields(set, step, fragments));
      if (nodes.length === 0) break;
      sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    } else if (kept.length === 0) break;
    kept.push(step);
  }
  return kept;
}

const isPath = (path: unknown): path is readonly (string | number)[] =>
  Array.isArray(path) &&
  path.every((step) => typeof step === 'string' || (Number.isSafeInteger(step) && (step as number) >= 0));

/** The fields of a selection with a response name, for objects of any type. */
function findFields(
  set: SelectionSetNode,
  name: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value === name ? [selection] : [];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? findFields(fragment.selectionSet, name, fragments) : [];
  });
}

import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  visit,
} from 'graphql';

import { sizeOfText } from '../../services/kit/graphql/compact-document.js';
import type { OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import type { SubgraphResponse } from '../subgraphs/subgraph.js';
import type { Fetch } from './fetch.js';
import { toBodyPrefix, buildBody } from './request-body.js';

/** Several independent fetches from one subgraph, sent in one request. */
export interface BatchedFetch {
  readonly service: string;
  readonly fetches: readonly Fetch[];
  /**
   * Builds the body of one request for some of the fetches.
   *
   * @param numbers the numbers of these fetches
   * @param representations those of each fetch that requests entities, by its number
   */
  readonly buildBody: (
    numbers: readonly number[],
    values: Readonly<Record<string, unknown>>,
    representations: readonly (readonly string[] | undefined)[],
  ) => string;
}

/** Which of the fetches are sent depends on the data. The body is cached for some of the combinations. */
const maxPrefixes = 8;

export function batchFetches(service: string, fetches: readonly Fetch[], memory: OperationMemory): BatchedFetch {
  const prefixes = new Map<string, string>();
  const getPrefix = (numbers: readonly number[]): string => {
    const key = numbers.join();
    let prefix = prefixes.get(key);
    if (prefix === undefined) {
      prefix = toBodyPrefix(print(mergeOperations(fetches, numbers)));
      if (prefixes.size < maxPrefixes) {
        prefixes.set(key, prefix);
        memory.bytes += sizeOfText(prefix);
      }
    }
    return prefix;
  };
  return {
    service,
    fetches,
    buildBody: (numbers, values, representations) => {
      const variables = numbers.flatMap((number) => fetches[number]?.variables ?? []);
      const lists = numbers.flatMap((number) => {
        const list = representations[number];
        return list ? [[toListName(number), list] as const] : [];
      });
      return buildBody(getPrefix(numbers), [...new Set(variables)], values, lists);
    },
  };
}

const toListName = (number: number): string => `representations_${number}`;

/**
 * Merges the operations of fetches. The root fields and representations of each are named after its number, so that none
 * collide.
 */
function mergeOperations(fetches: readonly Fetch[], numbers: readonly number[]): DocumentNode {
  const definitions = numbers.flatMap((number) =>
    suffixNames(number, parse(fetches[number]?.query ?? '', { noLocation: true })),
  );
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const variables = operations.flatMap(({ variableDefinitions = [] }) => variableDefinitions);
  const merged: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: [...new Map(variables.map((one) => [one.variable.name.value, one])).values()],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return { kind: Kind.DOCUMENT, definitions: [merged, ...fragments] };
}

function suffixNames(number: number, document: DocumentNode): DocumentNode['definitions'] {
  const suffixed: DocumentNode = visit(document, {
    Variable: ({ name, ...variable }) =>
      name.value === 'representations' ? { ...variable, name: { ...name, value: toListName(number) } } : undefined,
    FragmentSpread: ({ name, ...spread }) => ({ ...spread, name: { ...name, value: `${name.value}_${number}` } }),
    FragmentDefinition: ({ name, ...fragment }) => ({
      ...fragment,
      name: { ...name, value: `${name.value}_${number}` },
    }),
  });
  return suffixed.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? {
          ...definition,
          selectionSet: {
            ...definition.selectionSet,
            selections: prefixRootFields(number, definition.selectionSet.selections),
          },
        }
      : definition,
  );
}

const prefixRootFields = (number: number, selections: readonly SelectionNode[]): SelectionNode[] =>
  selections.map((selection) => {
    if (selection.kind === Kind.FIELD) return { ...selection, alias: prefixAlias(number, selection) };
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('Query plans have no named fragments at the root.');
    const { selectionSet } = selection;
    return {
      ...selection,
      selectionSet: { ...selectionSet, selections: prefixRootFields(number, selectionSet.selections) },
    };
  });

const prefixAlias = (number: number, { alias, name }: FieldNode): NameNode => ({
  kind: Kind.NAME,
  value: toNamePrefix(number) + (alias ?? name).value,
});

/** Before the names of the root fields of a fetch. */
export const toNamePrefix = (number: number): string => `_${number}_`;

/** Extracts the part of a response that belongs to one of the fetches. Errors without a path belong to each of them. */
export function getResponsePart({ data, errors, ...rest }: SubgraphResponse, number: number): SubgraphResponse {
  const prefix = toNamePrefix(number);
  const own = Object.entries(data ?? {}).filter(([name]) => name.startsWith(prefix));
  return {
    ...rest,
    data: data && Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value])),
    errors: errors.flatMap((error) => {
      const [first, ...rest] = Array.isArray(error.path) ? (error.path as readonly (string | number)[]) : [];
      if (typeof first !== 'string' || !/^_\d+_/.test(first)) return [error];
      return first.startsWith(prefix) ? [{ ...error, path: [first.slice(prefix.length), ...rest] }] : [];
    }),
  };
}

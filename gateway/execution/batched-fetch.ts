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

import type { SubgraphResponse } from '../subgraphs/subgraph.js';
import type { Fetch } from './fetch.js';
import { toBodyPrefix, buildBody } from './request-body.js';

/** Several questions to one subgraph, none of which waits for another. */
export interface BatchedFetch {
  readonly service: string;
  readonly fetches: readonly Fetch[];
  /**
   * The body of one request for some of them.
   *
   * @param numbers which ones
   * @param representations of each fetch that has them, by its number
   */
  readonly buildBody: (
    numbers: readonly number[],
    values: Readonly<Record<string, unknown>>,
    representations: readonly (readonly string[] | undefined)[],
  ) => string;
}

export function batchFetches(service: string, fetches: readonly Fetch[]): BatchedFetch {
  const starts = new Map<string, string>();
  return {
    service,
    fetches,
    buildBody: (numbers, values, representations) => {
      const key = numbers.join();
      const start = starts.get(key) ?? toBodyPrefix(print(mergeOperations(fetches, numbers)));
      starts.set(key, start);
      const variables = numbers.flatMap((number) => fetches[number]?.variables ?? []);
      const lists = numbers.flatMap((number) => {
        const list = representations[number];
        return list ? [[toListName(number), list] as const] : [];
      });
      return buildBody(start, [...new Set(variables)], values, lists);
    },
  };
}

const toListName = (number: number): string => `representations_${number}`;

/** Each fetch keeps its part to itself: its root fields and its representations are named after its number. */
function mergeOperations(fetches: readonly Fetch[], numbers: readonly number[]): DocumentNode {
  const definitions = numbers.flatMap((number) =>
    suffixNames(number, parse(fetches[number]?.query ?? '', { noLocation: true })),
  );
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const variables = operations.flatMap(({ variableDefinitions = [] }) => variableDefinitions);
  const joint: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: [...new Map(variables.map((one) => [one.variable.name.value, one])).values()],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return { kind: Kind.DOCUMENT, definitions: [joint, ...fragments] };
}

function suffixNames(number: number, document: DocumentNode): DocumentNode['definitions'] {
  const named: DocumentNode = visit(document, {
    Variable: ({ name, ...variable }) =>
      name.value === 'representations' ? { ...variable, name: { ...name, value: toListName(number) } } : undefined,
    FragmentSpread: ({ name, ...spread }) => ({ ...spread, name: { ...name, value: `${name.value}_${number}` } }),
    FragmentDefinition: ({ name, ...fragment }) => ({
      ...fragment,
      name: { ...name, value: `${name.value}_${number}` },
    }),
  });
  return named.definitions.map((definition) =>
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
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('Plans have no fragments at the root.');
    const { selectionSet } = selection;
    return {
      ...selection,
      selectionSet: { ...selectionSet, selections: prefixRootFields(number, selectionSet.selections) },
    };
  });

const prefixAlias = (number: number, { alias, name }: FieldNode): NameNode => ({
  kind: Kind.NAME,
  value: `_${number}_${(alias ?? name).value}`,
});

/** What an answer says to one of the fetches. What it says of none in particular, it says to each. */
export function getResponsePart({ data, errors }: SubgraphResponse, number: number): SubgraphResponse {
  const mine = `_${number}_`;
  const own = Object.entries(data ?? {}).filter(([name]) => name.startsWith(mine));
  return {
    data: data && Object.fromEntries(own.map(([name, value]) => [name.slice(mine.length), value])),
    errors: errors.flatMap((error) => {
      const [first, ...rest] = Array.isArray(error.path) ? (error.path as readonly (string | number)[]) : [];
      if (typeof first !== 'string' || !/^_\d+_/.test(first)) return [error];
      return first.startsWith(mine) ? [{ ...error, path: [first.slice(mine.length), ...rest] }] : [];
    }),
  };
}

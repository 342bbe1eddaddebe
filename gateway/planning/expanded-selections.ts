import {
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import { doesFragmentConditionMatch } from '../../services/kit/graphql/selection.js';
import type { SupergraphFacts } from './messages.js';

/** What the planner's work on an operation depends on. */
export type ExpansionFacts = Pick<SupergraphFacts, 'resolvers' | 'possibleTypesIn'> & {
  readonly schema: GraphQLSchema;
};

/** A valid operation, and the fragments of its document. */
export interface OperationToCount {
  readonly operation: OperationDefinitionNode;
  readonly fragments: readonly FragmentDefinitionNode[];
}

/**
 * Counts what the planner expands an operation to: each field, for each object type of the subgraph that resolves its parent,
 * as often as the fragments around it are spread. The planner's time is proportional to this number, which grows exponentially
 * with the text: a few hundred bytes can keep it busy for minutes.
 *
 * @returns Infinity when counting takes more than four times `max` steps: then the number is larger as well, or nearly all of
 * the operation is fragments that do not apply.
 */
export function countExpandedSelections(facts: ExpansionFacts, operation: OperationToCount, max: number): number {
  return new SelectionCounter(facts, operation, max).count();
}

const maxStepsPerSelection = 4;

class SelectionCounter {
  readonly #facts: ExpansionFacts;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #maxSteps: number;
  /** By selection set, and by type and subgraph: a fragment that is spread many times is counted once. */
  readonly #counted = new Map<SelectionSetNode, Map<string, number>>();
  #steps = 0;

  constructor(facts: ExpansionFacts, { operation, fragments }: OperationToCount, max: number) {
    this.#facts = facts;
    this.#operation = operation;
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    this.#maxSteps = max * maxStepsPerSelection;
  }

  count(): number {
    const root = this.#facts.schema.getRootType(this.#operation.operation);
    return root ? this.#countObject(root.name, this.#operation.selectionSet, null) : 0;
  }

  /** The number for a set on the objects of a type in a subgraph. Null: it is at the root, which is in no subgraph. */
  #countObject(typename: string, set: SelectionSetNode, subgraph: string | null): number {
    const key = `${typename} ${subgraph ?? ''}`;
    const counts = this.#counted.get(set) ?? new Map<string, number>();
    const counted = counts.get(key);
    if (counted !== undefined) return counted;
    this.#counted.set(set, counts);
    const { schema } = this.#facts;
    const type = schema.getType(typename);
    if (!isObjectType(type)) return 0;
    let count = 0;
    for (const selection of set.selections) {
      this.#steps += 1;
      if (this.#steps > this.#maxSteps) return Infinity;
      if (selection.kind === Kind.FIELD) {
        count += 1;
        const field = type.getFields()[selection.name.value];
        if (field && selection.selectionSet) {
          const named = getNamedType(field.type).name;
          for (const target of this.#findSubgraphs(`${typename}.${field.name}`, subgraph))
            count += this.#countSet(named, selection.selectionSet, target);
        }
      } else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
        if (fragment && doesFragmentConditionMatch(schema, fragment.typeCondition?.name.value, type))
          count += this.#countObject(typename, fragment.selectionSet, subgraph);
      }
    }
    counts.set(key, count);
    return count;
  }

  #countSet(typename: string, set: SelectionSetNode, subgraph: string): number {
    const possible = this.#facts.possibleTypesIn[subgraph]?.[typename] ?? [typename];
    return possible.reduce((sum, name) => sum + this.#countObject(name, set, subgraph), 0);
  }

  /** A field that the present subgraph does not resolve is fetched from others. */
  #findSubgraphs(coordinate: string, subgraph: string | null): readonly string[] {
    const subgraphs = this.#facts.resolvers[coordinate] ?? [];
    return subgraph !== null && subgraphs.includes(subgraph) ? [subgraph] : subgraphs;
  }
}

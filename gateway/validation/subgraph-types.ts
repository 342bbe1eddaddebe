import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  buildSchema,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import { findNumberRange, findTextForm } from '../../schema/values/field-forms.js';
import { countries } from '../../schema/values/countries.js';
import { createLeafRule, type LeafRule } from './leaf-rules.js';

/** The types of one subgraph: what it may return, and where. */
export interface SubgraphTypes {
  readonly schema: GraphQLSchema;
  /** Returns the rule of a field's values. It is created once for all operations. */
  readonly findLeafRule: (
    type: GraphQLObjectType | GraphQLInterfaceType,
    field: GraphQLField<unknown, unknown>,
    leaf: GraphQLLeafType,
  ) => LeafRule;
}

/** Returns the types of a subgraph. */
export type FindSubgraphTypes = (service: string) => SubgraphTypes;

/** Creates the lookup for the subgraphs of a supergraph. Building the schema of each takes many milliseconds: other work runs in between. */
export async function createSubgraphTypesLookup(
  sdlBySubgraph: Readonly<Record<string, string>>,
): Promise<FindSubgraphTypes> {
  const built = new Map<string, SubgraphTypes>();
  for (const [service, sdl] of Object.entries(sdlBySubgraph)) {
    await nextTurn();
    built.set(service, createSubgraphTypes(service, buildSchema(sdl, { assumeValidSDL: true, noLocation: true })));
  }
  return (service) => {
    const types = built.get(service);
    if (!types) throw new Error(`The supergraph has no subgraph ${service}.`);
    return types;
  };
}

export function createSubgraphTypes(service: string, schema: GraphQLSchema): SubgraphTypes {
  const country = countries.find(({ folder }) => folder === service)?.code;
  const rules = new Map<GraphQLField<unknown, unknown>, LeafRule>();
  return {
    schema,
    findLeafRule: (type, field, leaf) => {
      let rule = rules.get(field);
      if (!rule) {
        const names = [type.name, ...type.getInterfaces().map(({ name }) => name)];
        rule = createLeafRule(leaf, {
          text: findTextForm(names, field.name, country),
          range: findNumberRange(names, field.name),
        });
        rules.set(field, rule);
      }
      return rule;
    },
  };
}

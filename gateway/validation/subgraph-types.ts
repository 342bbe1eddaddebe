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

/** Creates the lookup for the subgraphs of a supergraph. The schema of each is built when its first response is validated. */
export function createSubgraphTypesLookup(sdlBySubgraph: Readonly<Record<string, string>>): FindSubgraphTypes {
  const built = new Map<string, SubgraphTypes>();
  return (service) => {
    let types = built.get(service);
    if (!types) {
      const sdl = Object.hasOwn(sdlBySubgraph, service) ? sdlBySubgraph[service] : undefined;
      if (sdl === undefined) throw new Error(`The supergraph has no subgraph ${service}.`);
      types = createSubgraphTypes(service, buildSchema(sdl, { assumeValidSDL: true, noLocation: true }));
      built.set(service, types);
    }
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

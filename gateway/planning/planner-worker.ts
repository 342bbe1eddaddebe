import { constants, getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

import {
  type FieldDefinition,
  type ObjectType,
  operationFromDocument,
  possibleRuntimeTypes,
  type Schema,
  type Subgraph,
  Supergraph,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, printSchema, visit } from 'graphql';

import { readAbsentFields } from '../../schema/sdl/absent-fields.js';
import { schemaDescription } from '../../schema/sdl/changelog.js';
import { releaseMemoryWhenIdle } from '../../services/kit/release-memory.js';
import type { PlannerMessage, PlannerThreadData, PlanRequest, SupergraphFacts } from './messages.js';
import { findPlannerNames } from './planner-names.js';

// The planner thread: planning can take long, and must not block requests whose plans are cached.

const send = (message: PlannerMessage): void => {
  parentPort?.postMessage(message);
};

/** After this number of candidate plans, the planner takes the best so far. */
const maxEvaluatedPlans = 2_000;

try {
  const { supergraphSdl, readsFacts } = workerData as PlannerThreadData;
  const supergraph = readsFacts
    ? Supergraph.build(supergraphSdl)
    : Supergraph.build(withoutDescriptions(supergraphSdl), { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph, { debug: { maxEvaluatedPlans: maxEvaluatedPlans } });
  const schema = supergraph.apiSchema();
  parentPort?.on('message', ({ id, document, isLarge }: PlanRequest) => {
    if (isLarge) lowerPriority();
    try {
      const operation = operationFromDocument(schema, parse(document, { noLocation: true }), { validate: false });
      send({ kind: 'planned', id, plan: planner.buildQueryPlan(operation) });
    } catch (error) {
      // The planner itself rejects operations that are too complex, with a GraphQLError.
      send({ kind: 'failed', id, reason: String(error), isTooComplex: error instanceof GraphQLError });
    }
  });
  send({ kind: 'ready', facts: readsFacts ? extractFacts(supergraph, supergraphSdl) : null });
  releaseMemoryWhenIdle();
} catch (error) {
  send({ kind: 'rejected', reason: error instanceof Error ? error.message : String(error) });
}

/** Lowers the priority of this thread for good. Other systems than Linux would lower that of the whole process. */
function lowerPriority(): void {
  const { PRIORITY_BELOW_NORMAL: lower } = constants.priority;
  if (process.platform === 'linux' && getPriority() < lower) setPriority(lower);
}

/** Planning needs no descriptions, which are a third of a supergraph, and are copied for each subgraph. */
function withoutDescriptions(sdl: string): DocumentNode {
  return visit(parse(sdl, { noLocation: true }), {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
}

/** Composition keeps no description of a schema. */
function describeSchema(schema: GraphQLSchema): GraphQLSchema {
  return Object.assign(schema, { description: schemaDescription });
}

function extractFacts(supergraph: Supergraph, sdl: string): SupergraphFacts {
  const { schema } = supergraph;
  const subgraphs = [...supergraph.subgraphs()];
  const api = supergraph.apiSchema();
  const owners = schema.objectTypes().flatMap(({ name }) => {
    const [owner, ...others] = subgraphs.filter((subgraph) => isIndispensable(subgraph, name, { subgraphs, api }));
    return owner && others.length === 0 ? [[name, owner.name] as const] : [];
  });
  return {
    apiSdl: printSchema(describeSchema(api.toGraphQLJSSchema())),
    subgraphs: Object.fromEntries(subgraphs.map(({ name, url }) => [name, url])),
    subgraphSdls: Object.fromEntries(
      subgraphs.map(({ name, schema: own }) => [name, printSchema(own.toGraphQLJSSchema())]),
    ),
    possibleTypes: listPossibleTypes(schema),
    owners: Object.fromEntries(owners),
    interfaceObjects: schema
      .interfaceTypes()
      .map(({ name }) => name)
      .filter((name) => subgraphs.some(({ schema: own }) => own.type(name)?.kind === 'ObjectType')),
    plannerNames: findPlannerNames(subgraphs),
    absentFields: Object.fromEntries(readAbsentFields(parse(sdl, { noLocation: true }))),
    resolvers: findResolvers(subgraphs),
    possibleTypesIn: Object.fromEntries(subgraphs.map(({ name, schema: own }) => [name, listPossibleTypes(own)])),
  };
}

function listPossibleTypes(schema: Schema): SupergraphFacts['possibleTypes'] {
  const abstractTypes = [...schema.interfaceTypes(), ...schema.unionTypes()];
  return Object.fromEntries(
    abstractTypes.map((type) => [type.name, possibleRuntimeTypes(type).map(({ name }) => name)]),
  );
}

function findResolvers(subgraphs: readonly Subgraph[]): SupergraphFacts['resolvers'] {
  const resolvers: Record<string, string[]> = {};
  for (const subgraph of subgraphs)
    for (const { name } of subgraph.schema.objectTypes())
      for (const field of listOwnFields(subgraph, name)) (resolvers[field.coordinate] ??= []).push(subgraph.name);
  return resolvers;
}

/**
 * Whether other subgraphs return stubs of a type, and this one alone has a non-null field of it: an object that it does not
 * have does not exist. A stub with a public field besides its id, as a country has of a solution, is not a ghost: that field is
 * worth returning when this subgraph does not respond.
 */
function isIndispensable(
  subgraph: Subgraph,
  typename: string,
  { subgraphs, api }: { readonly subgraphs: readonly Subgraph[]; readonly api: Schema },
): boolean {
  const others = subgraphs.filter((other) => other !== subgraph).flatMap((other) => listOwnFields(other, typename));
  const publicFields = new Set(fieldsOf(api, typename).map(({ name }) => name));
  return (
    others.length > 0 &&
    !others.some(({ name }) => name !== 'id' && publicFields.has(name)) &&
    listOwnFields(subgraph, typename).some(
      ({ name, type }) => type?.kind === 'NonNullType' && !others.some((field) => field.name === name),
    )
  );
}

function listOwnFields({ schema }: Subgraph, typename: string): readonly FieldDefinition<ObjectType>[] {
  return fieldsOf(schema, typename).filter((field) => !field.hasAppliedDirective('external'));
}

function fieldsOf(schema: Schema, typename: string): readonly FieldDefinition<ObjectType>[] {
  const type = schema.type(typename);
  return type?.kind === 'ObjectType' ? type.fields() : [];
}

import {
  type DocumentNode,
  getOperationAST,
  type GraphQLArgument,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

import { fieldCosts } from '../../schema/sdl/field-costs.js';
import { estimateCost, setFieldCosts } from '../../services/kit/graphql/query-cost.js';
import { depthLimitRule } from '../../services/kit/graphql/query-depth.js';
import { sizeLimitRule, limits } from '../../services/kit/graphql/operation-limits.js';
import { createRandom, type Random } from '../../services/kit/testing/random.js';

/** A random operation, with the values of its variables. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, boolean>>;
}

/** Root fields with arguments that return data. */
const roots: readonly string[] = [
  'denmark',
  'belgium',
  'italy',
  'catalogues',
  'catalogues(countries: ["IT", "DK"])',
  'organisation(id: "dk:administration:0820")',
  'organisation(id: "be:consortium:0841470248")',
  'organisations(ids: ["it:consortium:sannio-it", "dk:consortium:41849983"], identifiers: [{ scheme: "BE_NIS", notation: "25110" }])',
  'administration(identifier: { scheme: "DK_KOMMUNE", notation: "0751" })',
  'administration(identifier: { scheme: "IT_ISTAT", notation: "062008" })',
  'administrations(first: 3, search: "bil")',
  'consortia(first: 4)',
  'solution(address: "github.com/os2mo/os2mo")',
  'solutions(first: 3, search: "plone")',
  'solutions(first: 2, filter: { minAdopters: 2 })',
  'reuseMatrix',
  'solutionChanges(first: 3)',
  'node(id: "be:consortium:0841470248")',
  'nodes(ids: ["dk:catalogue", "github.com/os2mo/os2mo", "it:administration:c_a783"])',
];

const listLength = 3;
const maxDepth = 5;

/** Creates operations of every form that the schema allows: aliases, fragments, directives, the same field twice. They are the same for a seed. */
export function randomOperations(schema: GraphQLSchema, seed: number, count: number): RandomOperation[] {
  setFieldCosts(schema, fieldCosts);
  const random = createRandom(seed);
  const operations: RandomOperation[] = [];
  while (operations.length < count) {
    const operation = randomOperation(schema, random);
    // Operations with conflicting fields or beyond a limit are invalid.
    if (isAllowed(schema, parse(operation.query))) operations.push(operation);
  }
  return operations;
}

function isAllowed(schema: GraphQLSchema, document: DocumentNode): boolean {
  const operation = getOperationAST(document);
  if (!operation) return false;
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const named = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  return (
    // First, because it takes less time than validation.
    estimateCost({ schema, operation, fragments: named, variables: {} }) <= limits.cost &&
    validate(schema, document, [...specifiedRules, depthLimitRule, sizeLimitRule]).length === 0
  );
}

function randomOperation(schema: GraphQLSchema, random: Random): RandomOperation {
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries.');
  const fragments: string[] = [];
  const fields = Array.from({ length: 1 + random.below(3) }, (_each, index) => {
    const root = roots[random.below(roots.length)] ?? 'denmark';
    const field = query.getFields()[/^\w+/.exec(root)?.[0] ?? ''];
    if (!field) throw new Error(`The schema has no field ${root}.`);
    return `r${index}: ${root}${directive(random)} ${selectionOf(schema, field, maxDepth, random, fragments)}`;
  });
  return {
    query: `query Random($yes: Boolean!, $no: Boolean = false) { a: __typename @include(if: $yes) @skip(if: $no) ${fields.join('\n')} }\n${fragments.join('\n')}`,
    variables: { yes: random.below(4) > 0, ...(random.below(2) > 0 ? { no: random.below(4) === 0 } : {}) },
  };
}

function directive(random: Random): string {
  const choice = random.below(12);
  if (choice === 0) return ' @include(if: $yes)';
  return choice === 1 ? ' @skip(if: $no)' : '';
}

function selectionOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  random: Random,
  fragments: string[],
): string {
  const type = getNamedType(field.type);
  return isCompositeType(type) ? setOf(schema, type, depth, random, fragments) : '';
}

function setOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  random: Random,
  fragments: string[],
): string {
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  const parts = fields
    .filter((field) => isSelectable(field, depth) && random.below(4) === 0)
    .map((field) => {
      const alias = random.below(12) === 0 ? `x${random.below(3)}_${field.name}: ` : '';
      return `${alias}${field.name}${argumentsOf(field)}${directive(random)} ${selectionOf(schema, field, depth - 1, random, fragments)}`;
    });
  // For a list with only fields of another type, @apollo/gateway returns null even if it is empty.
  if (parts.length === 0 || random.below(4) === 0)
    parts.push(random.below(2) === 0 ? '__typename' : 'kind_: __typename');
  if (isAbstractType(type)) parts.push(...inTypes(schema, type, depth, random, fragments));
  if (parts.length > 1 && random.below(8) === 0) {
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${type.name} { ${parts.slice(1).join(' ')} }`);
    return `{ ${parts[0] ?? ''} ...${name} }`;
  }
  return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
}

const inTypes = (
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  random: Random,
  fragments: string[],
): string[] =>
  isAbstractType(type) && depth > 0
    ? schema
        .getPossibleTypes(type)
        .filter((possible) => isObjectType(possible) && random.below(3) === 0)
        .map(
          (possible) =>
            `... on ${possible.name}${directive(random)} ${setOf(schema, possible, depth - 1, random, fragments)}`,
        )
    : [];

const isSelectable = ({ type, args, name }: GraphQLField<unknown, unknown>, depth: number): boolean =>
  (depth > 0 || !isCompositeType(getNamedType(type))) &&
  !args.some(isRequired) &&
  // Fields that change from one moment to the next cannot be compared.
  !['changes', 'catalogueStatus', 'staleCatalogues'].includes(name);

const isRequired = ({ type, defaultValue }: GraphQLArgument): boolean =>
  isNonNullType(type) && defaultValue === undefined;

const argumentsOf = ({ args }: GraphQLField<unknown, unknown>): string =>
  args.some(({ name }) => name === 'first') ? `(first: ${listLength})` : '';

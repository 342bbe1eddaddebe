import {
  type DocumentNode,
  getNamedType,
  getOperationAST,
  type GraphQLArgument,
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
import { limits, sizeLimitRule } from '../../services/kit/graphql/operation-limits.js';
import { estimateCost, setFieldCosts } from '../../services/kit/graphql/query-cost.js';
import { depthLimitRule } from '../../services/kit/graphql/query-depth.js';
import { createRandom, type Random } from '../../services/kit/testing/random.js';
import { RandomVariables } from './random-variables.js';

/** A random operation, with the values of its variables. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface RandomOperationOptions {
  /** The root fields to select, with their arguments. Default: all, with random arguments. */
  readonly roots?: readonly string[];
  /** Names for fields that may be those of other fields. Default: only names that no field has. */
  readonly aliases?: readonly string[];
  /** The names of fields that are not selected. */
  readonly excluded?: readonly string[];
  /** Whether fields have random arguments, in literals and in variables. Default: lists have a length, and nothing else. */
  readonly hasArguments?: boolean;
}

const listLength = 3;
const maxDepth = 5;

/** Creates operations of every form that a schema allows: aliases, fragments, directives, variables, the same field twice. They are the same for a seed. */
export function* randomOperations(
  schema: GraphQLSchema,
  seed: number,
  options: RandomOperationOptions = {},
): Generator<RandomOperation, never> {
  setFieldCosts(schema, fieldCosts);
  const random = createRandom(seed);
  for (;;) {
    const operation = new OperationWriter(schema, random, options).write();
    // Operations with conflicting fields or beyond a limit are invalid.
    if (isAllowed(schema, parse(operation.query))) yield operation;
  }
}

/** The first operations. */
export function takeOperations(operations: Iterator<RandomOperation, never>, count: number): RandomOperation[] {
  return Array.from({ length: count }, () => operations.next().value);
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

class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #options: RandomOperationOptions;
  readonly #variables: RandomVariables;
  readonly #fragments: string[] = [];

  constructor(schema: GraphQLSchema, random: Random, options: RandomOperationOptions) {
    this.#schema = schema;
    this.#random = random;
    this.#options = options;
    this.#variables = new RandomVariables(random, options.hasArguments === true);
  }

  write(): RandomOperation {
    const query = this.#schema.getQueryType();
    if (!query) throw new Error('The schema has no queries.');
    const roots = this.#options.roots ?? Object.keys(query.getFields());
    const fields = Array.from({ length: 1 + this.#random.below(3) }, (_each, index) => {
      const root = this.#random.pick(roots);
      const field = query.getFields()[/^\w+/.exec(root)?.[0] ?? ''];
      if (!field) throw new Error(`The schema has no field ${root}.`);
      const args = root === field.name ? this.#argumentsOf(field) : '';
      const alias =
        this.#options.aliases && this.#random.chance(0.3) ? this.#random.pick(this.#options.aliases) : `r${index}`;
      return `${alias}: ${root}${args}${this.#directives()} ${this.#selectionOf(field, maxDepth)}`;
    });
    const typename = `a: __typename @include(if: ${this.#variables.condition('Boolean!')}) @skip(if: ${this.#variables.condition('Boolean = false')})`;
    const body = `{ ${this.#random.chance(0.7) ? typename : ''} ${fields.join('\n')} ${this.#introspection()} }`;
    return {
      query: `query Random${this.#variables.definitions()} ${body}\n${this.#fragments.join('\n')}`,
      variables: this.#variables.values(),
    };
  }

  #introspection(): string {
    if (!this.#options.hasArguments || !this.#random.chance(0.05)) return '';
    return `schema_: __schema${this.#directives()} { queryType { name } } type_: __type(name: "Kind") { kind isOneOf enumValues { name } }`;
  }

  #directives(): string {
    const choice = this.#random.below(14);
    if (choice === 0) return ` @include(if: ${this.#variables.condition('Boolean!')})`;
    if (choice === 1) return ` @skip(if: ${this.#variables.condition('Boolean = false')})`;
    if (!this.#options.hasArguments) return '';
    if (choice === 2) return ` @include(if: ${String(this.#random.chance(0.5))})`;
    return choice === 3
      ? ` @skip(if: ${this.#variables.condition('Boolean = true')}) @include(if: ${this.#variables.condition('Boolean!')})`
      : '';
  }

  #selectionOf(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    return isCompositeType(type) ? this.#setOf(type, depth) : '';
  }

  #setOf(type: GraphQLCompositeType, depth: number): string {
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const parts = fields
      .filter((field) => this.#isSelectable(field, depth) && this.#random.below(4) === 0)
      .map(
        (field) =>
          `${this.#alias(field.name)}${field.name}${this.#argumentsOf(field)}${this.#directives()} ${this.#selectionOf(field, depth - 1)}`,
      );
    // For a list with only fields of another type, @apollo/gateway returns null even if it is empty.
    if (parts.length === 0 || this.#random.below(4) === 0)
      parts.push(`${this.#random.below(2) === 0 ? '' : this.#alias('', 'kind_: ')}__typename`);
    if (isAbstractType(type)) parts.push(...this.#inTypes(type, depth));
    else if (this.#options.hasArguments && this.#random.chance(0.1))
      parts.push(`...${this.#directives()} ${this.#setOf(type, depth - 1)}`);
    if (parts.length > 1 && this.#random.below(8) === 0) {
      const name = `F${this.#fragments.length}`;
      this.#fragments.push(`fragment ${name} on ${type.name} { ${parts.slice(1).join(' ')} }`);
      return `{ ${parts[0] ?? ''} ...${name}${this.#options.hasArguments ? this.#directives() : ''} }`;
    }
    return `{ ${parts.join(' ')} }`;
  }

  #alias(name: string, usual = this.#random.below(12) === 0 ? `x${this.#random.below(3)}_${name}: ` : ''): string {
    const { aliases } = this.#options;
    return aliases && this.#random.chance(0.15) ? `${this.#random.pick(aliases)}: ` : usual;
  }

  #inTypes(type: GraphQLCompositeType, depth: number): string[] {
    if (!isAbstractType(type) || depth <= 0) return [];
    return this.#schema
      .getPossibleTypes(type)
      .filter((possible) => isObjectType(possible) && this.#random.below(3) === 0)
      .map((possible) => `... on ${possible.name}${this.#directives()} ${this.#setOf(possible, depth - 1)}`);
  }

  #isSelectable({ type, args, name }: GraphQLField<unknown, unknown>, depth: number): boolean {
    return (
      (depth > 0 || !isCompositeType(getNamedType(type))) &&
      (this.#options.hasArguments === true || !args.some(isRequired)) &&
      !(this.#options.excluded ?? []).includes(name)
    );
  }

  #argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
    if (!this.#options.hasArguments) return args.some(({ name }) => name === 'first') ? `(first: ${listLength})` : '';
    const written = args
      .filter((argument) => isRequired(argument) || this.#random.chance(0.4))
      .map((argument) => `${argument.name}: ${this.#variables.argument(argument)}`);
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }
}

const isRequired = ({ type, defaultValue }: GraphQLArgument): boolean =>
  isNonNullType(type) && defaultValue === undefined;

import {
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

import type { Random } from '../../services/kit/testing/random.js';

/** Names that a gateway or JavaScript might use itself. graphql-js does not support `$__proto__`. */
const names = [
  'representations',
  'representations_0',
  'representations_1',
  'representations_',
  'constructor',
  'toString',
  'id',
];

const texts = ['p1', 'p3', 'm1', 'm9', 's1', 'maker:1', 'x', '', 'é"\\\n'];

/** The variables of a random operation: with and without defaults, null, missing, and sometimes invalid. */
export class RandomVariables {
  readonly #random: Random;
  readonly #isConditionNullable: boolean;
  readonly #definitions = new Map<string, string>();
  readonly #values: Record<string, unknown> = {};

  /** @param isConditionNullable whether a condition is sometimes null, which is an error. */
  constructor(random: Random, isConditionNullable: boolean) {
    this.#random = random;
    this.#isConditionNullable = isConditionNullable;
  }

  /** The definitions of all variables that were used, in parentheses. */
  definitions(): string {
    const written = [...this.#definitions].map(([name, type]) => `$${name}: ${type}`);
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  /** The values that a client sends, and sometimes one that is not declared. */
  values(): Readonly<Record<string, unknown>> {
    return this.#random.chance(0.05) ? { ...this.#values, undeclared: 'x' } : this.#values;
  }

  /** A variable for a condition, one for each of its types. */
  condition(type: 'Boolean!' | 'Boolean = false' | 'Boolean = true'): string {
    const name = { 'Boolean!': 'yes', 'Boolean = false': 'no', 'Boolean = true': 'on' }[type];
    if (!this.#definitions.has(name)) {
      this.#definitions.set(name, type);
      const isSent = type === 'Boolean!' || this.#random.chance(0.5);
      if (isSent) this.#values[name] = this.#random.chance(name === 'no' ? 0.25 : 0.75);
      if (type !== 'Boolean!' && this.#isConditionNullable && this.#random.chance(0.01)) this.#values[name] = null;
    }
    return `$${name}`;
  }

  /** The value of an argument: a literal or a variable. */
  argument({ type, defaultValue }: GraphQLArgument): string {
    return this.#random.chance(0.4) ? this.#variable(type, defaultValue !== undefined) : this.#literal(type, 0);
  }

  /** A new variable for a position of a type. A position with a default may be null although its type is not. */
  #variable(type: GraphQLInputType, hasDefault: boolean): string {
    const name = this.#newName();
    const nullable = getNullableType(type);
    const isNullAllowed = !isNonNullType(type);
    const choice = this.#random.below(3);
    let declared = String(type);
    if (choice === 0) declared = `${String(nullable)} = ${toLiteral(nullable, this.#value(nullable, 0))}`;
    else if (isNullAllowed && choice === 1) declared = `${String(nullable)}!`;
    else if (!isNullAllowed && hasDefault) declared = String(nullable);
    this.#definitions.set(name, declared);
    const mayBeMissing = !declared.endsWith('!');
    if (!(mayBeMissing && this.#random.chance(0.3))) this.#values[name] = this.#sentValue(nullable, mayBeMissing);
    return `$${name}`;
  }

  #newName(): string {
    const name = this.#random.pick(names);
    return this.#definitions.has(name) ? `v${this.#definitions.size}` : name;
  }

  #sentValue(type: GraphQLInputType, isNullable: boolean): unknown {
    if (isNullable && this.#random.chance(0.2)) return null;
    return this.#random.chance(0.02) ? { wrong: [] } : this.#value(type, 0);
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (!isNonNullType(type) && this.#random.chance(0.1)) return 'null';
    const nullable = getNullableType(type);
    if (isListType(nullable) && this.#random.chance(0.7)) {
      const items = Array.from({ length: this.#random.below(4) }, () => this.#item(nullable.ofType, false, depth + 1));
      return `[${items.join(', ')}]`;
    }
    if (!isInputObjectType(nullable)) return toLiteral(nullable, this.#value(nullable, depth));
    const fields = Object.values(nullable.getFields())
      .filter((field) => isRequired(field) || (depth < 2 && this.#random.chance(0.4)))
      .map((field) => `${field.name}: ${this.#item(field.type, field.defaultValue !== undefined, depth + 1)}`);
    return `{ ${fields.join(', ')} }`;
  }

  #item(type: GraphQLInputType, hasDefault: boolean, depth: number): string {
    return this.#random.chance(0.2) ? this.#variable(type, hasDefault) : this.#literal(type, depth);
  }

  /** A value in JSON. */
  #value(type: GraphQLInputType, depth: number): unknown {
    if (!isNonNullType(type) && depth > 0 && this.#random.chance(0.1)) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const item: GraphQLInputType = nullable.ofType;
      if (this.#random.chance(0.1)) return this.#value(getNullableType(item), depth + 1);
      return Array.from({ length: this.#random.below(4) }, () => this.#value(item, depth + 1));
    }
    if (isEnumType(nullable)) return this.#random.pick(nullable.getValues()).name;
    if (isInputObjectType(nullable))
      return Object.fromEntries(
        Object.values(nullable.getFields())
          .filter((field) => isRequired(field) || (depth < 2 && this.#random.chance(0.4)))
          .map((field) => [field.name, this.#value(field.type, depth + 1)]),
      );
    switch (String(nullable)) {
      case 'Int':
        return this.#random.below(6) - 1;
      case 'Float':
        return this.#random.pick([0, -1.5, 2.5e10, 1e-7]);
      case 'Boolean':
        return this.#random.chance(0.5);
      default:
        return this.#random.pick(texts);
    }
  }
}

const isRequired = ({ type, defaultValue }: Pick<GraphQLArgument, 'type' | 'defaultValue'>): boolean =>
  isNonNullType(type) && defaultValue === undefined;

/** Writes a value as GraphQL does. */
function toLiteral(type: GraphQLInputType, value: unknown): string {
  const nullable = getNullableType(type);
  if (value === null) return 'null';
  if (isListType(nullable)) {
    const item: GraphQLInputType = nullable.ofType;
    return Array.isArray(value) ? `[${value.map((each) => toLiteral(item, each)).join(', ')}]` : toLiteral(item, value);
  }
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    const written = Object.entries(value as Record<string, unknown>).map(([name, inner]) => {
      const field = fields[name];
      return field ? `${name}: ${toLiteral(field.type, inner)}` : '';
    });
    return `{ ${written.join(', ')} }`;
  }
  return isEnumType(nullable) && typeof value === 'string' ? value : JSON.stringify(value);
}

import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';

import { parseOrganisationId } from '../../schema/values/organisation-id.js';
import { bytesPerCompiled, type OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import { collectFields, type FieldNodes, type OperationContext } from '../../services/kit/graphql/selection.js';
import { isObject } from '../subgraphs/parse-response.js';
import { addInvalid, addStep, type Findings } from './findings.js';
import type { SubgraphTypes } from './subgraph-types.js';

type Data = Record<string, unknown>;

/** Returns the value if it is valid, after what is invalid in it has become null, else null. Never gets null. */
type Validate = (value: unknown, findings: Findings) => unknown;

/** A field that a fetch selects of one type. */
interface SelectedField {
  /** Its name in the response. */
  readonly name: string;
  /** Its name in the schema. */
  readonly source: string;
  readonly isNullable: boolean;
  readonly validate: Validate;
}

/**
 * Validates the responses to one fetch, in place: what the fetch did not select is discarded at every level, and what the
 * subgraph's schema does not allow becomes null.
 */
export interface ResponseValidator {
  /** Validates root fields, and returns those that were selected. */
  readonly validateRoots: (data: Data, findings: Findings) => Data;
  /**
   * Validates an entity.
   *
   * @param representation by which it was requested. An entity of another type or key is null.
   */
  readonly validateEntity: (entity: unknown, representation: Data, findings: Findings) => Data | null;
}

/** The length of any list in a response: a page has at most 200 items, one of a change feed 1,000. */
export const maxListLength = 2_000;

/**
 * Compiles the validation of a fetch's responses.
 *
 * @param context the operation that the fetch sends, under the subgraph's own schema.
 */
export function compileResponseValidator(
  context: OperationContext,
  types: SubgraphTypes,
  memory: OperationMemory,
): ResponseValidator {
  const { operation, schema } = context;
  const root = schema.getQueryType();
  if (!root) throw new Error('The schema of a subgraph has no query type.');
  const compiler = new Compiler(context, types, memory);
  const nodes = collectFields(context, root, [operation.selectionSet]);
  const entitySets = toSelectionSets(nodes.get('_entities') ?? []);
  let roots: readonly SelectedField[] | undefined;
  const entities = new Map<string, EntityFields>();
  const findEntityFields = (entity: Data, representation: Data): EntityFields => {
    const requested = String(representation['__typename']);
    const typename = findEntityType(schema, requested, entity['__typename']);
    let found = entities.get(typename);
    if (!found) {
      const type = schema.getType(typename);
      const fields = isObjectType(type) || isInterfaceType(type) ? compiler.compileFields(type, entitySets) : [];
      const identity = fields.filter(
        ({ source }) =>
          source === 'id' ||
          (Object.hasOwn(representation, source) && (source !== '__typename' || typename === requested)),
      );
      found = { fields, identity };
      entities.set(typename, found);
    }
    return found;
  };
  return {
    validateRoots: (data, findings) => {
      roots ??= compiler.toFields(root, nodes);
      return validateObject(roots, data, findings);
    },
    validateEntity: (entity, representation, findings) => {
      if (!isObject(entity)) return addInvalid(findings, 'an invalid value; allowed is an object');
      const { fields, identity } = findEntityFields(entity, representation);
      return identity.every((field) => isOfRepresentation(field, entity, representation))
        ? validateObject(fields, entity, findings)
        : addInvalid(findings, 'another object than the requested one');
    },
  };
}

/** An interface if a subgraph returns an entity by it, and its type was not selected. */
type RuntimeType = GraphQLObjectType | GraphQLInterfaceType;

/** The fields that a fetch of entities selects of one type, and those of them that identify the entity. */
interface EntityFields {
  readonly fields: readonly SelectedField[];
  readonly identity: readonly SelectedField[];
}

/** The type of an entity: the requested one, or its own if it was requested by an interface. */
function findEntityType(schema: GraphQLSchema, requested: string, typename: unknown): string {
  const type = schema.getType(requested);
  if (!isAbstractType(type)) return requested;
  const own = typeof typename === 'string' ? schema.getType(typename) : undefined;
  return isObjectType(own) && schema.isSubType(type, own) ? own.name : requested;
}

/** Whether a field of an entity is consistent with the representation by which the entity was requested. */
export function isOfRepresentation(
  { name, source }: Pick<SelectedField, 'name' | 'source'>,
  entity: Data,
  representation: Data,
): boolean {
  const value = entity[name];
  if (typeof value !== 'string') return true;
  const requested = representation[source];
  if (typeof requested === 'string') return requested === value;
  // A `ref` is an id or a code; only the country knows the id that belongs to a code.
  const ref = representation['ref'];
  return source !== 'id' || typeof ref !== 'string' || ref === value || parseOrganisationId(ref) === null;
}

const toSelectionSets = (nodes: readonly FieldNode[]): SelectionSetNode[] =>
  nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));

function validateObject(fields: readonly SelectedField[], object: Data, findings: Findings): Data {
  let found = 0;
  for (const { name, isNullable, validate } of fields) {
    const value = object[name];
    const before = findings.invalid.length;
    // A client may use the alias `toString`, which every object inherits.
    if (value === undefined || typeof value === 'function') {
      addInvalid(findings, 'no value, although it was requested');
    } else {
      found += 1;
      if (value !== null) {
        const valid = validate(value, findings);
        if (valid !== value) object[name] = valid;
      } else if (!isNullable) addInvalid(findings, 'null, although the field is not nullable');
    }
    if (findings.invalid.length > before) addStep(findings.invalid, before, name);
  }
  let count = 0;
  for (const _name in object) count += 1;
  return count === found ? object : discardUnselected(fields, object, count - found, findings);
}

/** Copies the selected fields: deleting the others would turn the object into a slow dictionary. */
function discardUnselected(
  fields: readonly SelectedField[],
  object: Data,
  discarded: number,
  findings: Findings,
): Data {
  const names = new Set(fields.map(({ name }) => name));
  findings.discarded += discarded;
  findings.firstDiscarded ??= Object.keys(object).find((name) => !names.has(name)) ?? null;
  const selected: Data = {};
  for (const name of names) if (Object.hasOwn(object, name)) selected[name] = object[name];
  return selected;
}

/** The memory of an entry in the map of the types of an abstract type. */
const bytesPerPossibleType = 50;

class Compiler {
  readonly #context: OperationContext;
  readonly #types: SubgraphTypes;
  readonly #memory: OperationMemory;

  constructor(context: OperationContext, types: SubgraphTypes, memory: OperationMemory) {
    this.#context = context;
    this.#types = types;
    this.#memory = memory;
  }

  compileFields(type: RuntimeType, sets: readonly SelectionSetNode[]): SelectedField[] {
    return this.toFields(type, collectFields(this.#context, type, sets));
  }

  toFields(type: RuntimeType, nodes: FieldNodes): SelectedField[] {
    this.#memory.bytes += nodes.size * bytesPerCompiled.field;
    return [...nodes].map(([name, ofName]) => {
      const source = ofName[0].name.value;
      const field = type.getFields()[source];
      if (field) {
        const isNullable = !isNonNullType(field.type);
        return {
          name,
          source,
          isNullable,
          validate: this.#compileType(type, field, field.type, ofName),
        };
      }
      if (source !== '__typename') throw new Error(`The subgraph's schema has no field ${type.name}.${source}.`);
      return { name, source, isNullable: false, validate: createTypenameCheck(type.name) };
    });
  }

  #compileType(
    parent: RuntimeType,
    field: GraphQLField<unknown, unknown>,
    type: GraphQLOutputType,
    nodes: readonly FieldNode[],
  ): Validate {
    if (isNonNullType(type)) return this.#compileType(parent, field, type.ofType, nodes);
    if (isListType(type)) {
      const item = this.#compileType(parent, field, type.ofType, nodes);
      return createListValidation(item, !isNonNullType(type.ofType));
    }
    if (isLeafType(type)) {
      const { allowed, isValid } = this.#types.findLeafRule(parent, field, type);
      const fault = `an invalid value; allowed is ${allowed}`;
      return (value, findings) => (isValid(value) ? value : addInvalid(findings, fault));
    }
    const named = getNamedType(type);
    if (!isCompositeType(named)) throw new Error(`${named.name} is not a type of output.`);
    return this.#compileObject(named, toSelectionSets(nodes));
  }

  #compileObject(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Validate {
    if (isObjectType(type)) {
      const fields = this.compileFields(type, sets);
      const fault = `an invalid value; allowed is an object of type ${type.name}`;
      return (value, findings) =>
        isObject(value) ? validateObject(fields, value, findings) : addInvalid(findings, fault);
    }
    // The planner selects `__typename` of every abstract type.
    const possible = this.#context.schema.getPossibleTypes(type);
    const fieldsByType = new Map<unknown, readonly SelectedField[] | null>(possible.map(({ name }) => [name, null]));
    const fault = `an invalid value; allowed is an object of type ${possible.map(({ name }) => name).join(' or ')}`;
    this.#memory.bytes += fault.length + possible.length * bytesPerPossibleType;
    return (value, findings) => {
      if (!isObject(value)) return addInvalid(findings, fault);
      const typename = value['__typename'];
      let fields = fieldsByType.get(typename);
      if (fields === undefined) return addInvalid(findings, fault);
      if (fields === null) {
        // Many types are never returned: the fields of each are compiled when its first object comes.
        fields = this.compileFields(this.#context.schema.getType(String(typename)) as GraphQLObjectType, sets);
        fieldsByType.set(typename, fields);
      }
      return validateObject(fields, value, findings);
    };
  }
}

const createTypenameCheck =
  (name: string): Validate =>
  (value, findings) =>
    value === name ? value : addInvalid(findings, `an invalid value; allowed is ${name}`);

const createListValidation =
  (validateItem: Validate, isItemNullable: boolean): Validate =>
  (value, findings) => {
    if (!Array.isArray(value)) return addInvalid(findings, 'an invalid value; allowed is a list');
    if (value.length > maxListLength)
      return addInvalid(findings, `a list of ${value.length} items; allowed are at most ${maxListLength}`);
    const list: unknown[] = value;
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      const before = findings.invalid.length;
      if (item !== null) {
        const valid = validateItem(item, findings);
        if (valid !== item) list[index] = valid;
      } else if (!isItemNullable) addInvalid(findings, 'null, although the items are not nullable');
      if (findings.invalid.length > before) addStep(findings.invalid, before, index);
    }
    return list;
  };

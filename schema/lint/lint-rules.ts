import { type FieldDefinitionNode, Kind, type NameNode, type StringValueNode } from 'graphql';

import type { Country } from '../values/countries.js';
import { findTextForm } from '../values/field-forms.js';
import {
  type Composite,
  hasDirective,
  isDeclaredElsewhere,
  isOwner,
  isPage,
  isShareable,
  keyFields,
  nameOf,
  type ParsedSubgraph,
  unwrapType,
  referenceTest,
} from './lint-model.js';

interface Found {
  readonly coordinate: string;
  readonly sentence: string;
}

type Rule = (subgraph: ParsedSubgraph, all: readonly ParsedSubgraph[], countries: readonly Country[]) => Found[];

const nullableReference: Rule = ({ fields }, all) => {
  const isReference = referenceTest(all);
  return fields.flatMap(({ on, field, coordinate }) => {
    const { named, isList, isNonNull, hasNonNullItems } = unwrapType(field.type);
    if (!isReference(named)) return [];
    // The list of a page may be non-null: it is read together with the page, which is nullable itself.
    const isRowsOfPage = isList && isPage(nameOf(on));
    const itself = `it leads to a ${named}: make it nullable, so that one that cannot be read costs only itself.`;
    const items = `make its items nullable, so that one ${named} that cannot be read does not cost the others.`;
    return [
      ...(isNonNull && !isRowsOfPage ? [{ coordinate, sentence: itself }] : []),
      ...(hasNonNullItems ? [{ coordinate, sentence: items }] : []),
    ];
  });
};

const nullableRoot: Rule = ({ fields }) =>
  fields
    .filter(({ on, field }) => nameOf(on) === 'Query' && unwrapType(field.type).isNonNull)
    .map(({ coordinate }) => ({
      coordinate,
      sentence: 'make it nullable, so that the failure of one field does not remove the others.',
    }));

const idBesideReference: Rule = ({ fields }, all) => {
  const isReference = referenceTest(all);
  return fields
    .filter(({ on, field }) => {
      const { named, isList } = unwrapType(field.type);
      // A lookup, whose argument identifies the organisation; or a row of a list of the same country.
      const isLookup = nameOf(on) === 'Query' || (field.arguments ?? []).length > 0 || nameOf(on).endsWith('Edge');
      return isReference(named) && !isList && !isPage(named) && !isLookup;
    })
    .filter(({ on, field }) => !on.fields?.some((beside) => plainKeysOf(nameOf(field)).has(nameOf(beside))))
    .map(({ field, coordinate }) => ({
      coordinate,
      sentence: `it may lead abroad: put \`${nameOf(field)}Id\` beside it, which is there when the body cannot be read.`,
    }));
};

/** The names of a plain key beside a reference: a solution is referred to by its address, and a change has one id, whatever its subject. */
const plainKeysOf = (reference: string): ReadonlySet<string> =>
  new Set([`${reference}Id`, `${reference}Address`, 'subjectId']);

/**
 * Clients keep objects by their ids, so an id that two objects share shows one in place of the other. The forms are compared by
 * their words.
 */
const uniqueId: Rule = ({ name, composites }, all, countries) => {
  const country = countries.find(({ folder }) => folder === name)?.code;
  const formOf = (type: Composite, of: string | undefined): string | undefined =>
    findTextForm([nameOf(type), ...(type.interfaces ?? []).map(nameOf)], 'id', of)?.allowed;
  const types = composites
    .filter((type) => type.kind === Kind.OBJECT_TYPE_DEFINITION && type.fields?.some(isId))
    .filter((type) => country !== undefined || !all.some((other) => other.name !== name && declares(other, type)));
  return types.flatMap((type) => {
    const form = formOf(type, country);
    const isShared = types.some((other) => other !== type && formOf(other, country) === form);
    const isLocal = country !== undefined && form === formOf(type, undefined);
    return form === undefined || isShared || isLocal
      ? [
          {
            coordinate: `${nameOf(type)}.id`,
            sentence: 'give it a form in schema/values/field-forms.ts that no other type and no other country has.',
          },
        ]
      : [];
  });
};

/** A deprecated one may be the id of another object. */
const isId = (field: FieldDefinitionNode): boolean => nameOf(field) === 'id' && !hasDirective(field, 'deprecated');

const declares = ({ composites }: ParsedSubgraph, type: Composite): boolean =>
  composites.some((other) => nameOf(other) === nameOf(type) && other.fields?.some(isId) === true);

const described: Rule = ({ types, fields, inputs }) => {
  const without = (
    node: { readonly description?: StringValueNode | undefined; readonly name: NameNode },
    coordinate: string,
  ): Found[] => (node.description?.value.trim() ? [] : [{ coordinate, sentence: 'it has no description.' }]);
  return [
    ...types.flatMap((type) => without(type, nameOf(type))),
    ...types.flatMap((type) =>
      (type.kind === Kind.ENUM_TYPE_DEFINITION ? (type.values ?? []) : []).flatMap((value) =>
        without(value, `${nameOf(type)}.${nameOf(value)}`),
      ),
    ),
    ...fields.flatMap(({ field, coordinate }) => without(field, coordinate)),
    ...inputs.flatMap(({ input, coordinate }) => without(input, coordinate)),
  ];
};

const noDefault: Rule = ({ inputs }) =>
  inputs
    .filter(({ input }) => input.defaultValue !== undefined)
    .map(({ coordinate }) => ({
      coordinate,
      sentence: 'put the default into the description: in SDL a changed default breaks composition.',
    }));

const shareableValueType: Rule = ({ name, composites }, all) =>
  composites
    .filter(
      (type) => type.kind === Kind.OBJECT_TYPE_DEFINITION && nameOf(type) !== 'Query' && !hasDirective(type, 'key'),
    )
    .filter((type) => isDeclaredElsewhere(type, name, all) && !isShareable(type))
    .map((type) => ({
      coordinate: nameOf(type),
      sentence: 'several subgraphs declare it: make it @shareable.',
    }));

const nullableContribution: Rule = ({ name, composites }, all, countries) =>
  composites
    .filter((type) => type.kind === Kind.INTERFACE_TYPE_DEFINITION || hasDirective(type, 'key'))
    .filter((type) => isDeclaredElsewhere(type, name, all) && !isOwner(name, type, countries))
    .flatMap((type) => {
      const allowed = new Set(['id', ...keyFields(type)]);
      return (
        (type.fields ?? [])
          .filter((field) => unwrapType(field.type).isNonNull && !allowed.has(nameOf(field)))
          // Clients cannot select these fields, so their absence breaks no query.
          .filter((field) => !hasDirective(field, 'external') && !hasDirective(field, 'inaccessible'))
          .map((field) => ({
            coordinate: `${nameOf(type)}.${nameOf(field)}`,
            sentence: `${name} adds it to a type that it does not own: make it nullable, because ${name} may be down.`,
          }))
      );
    });

const readOnly: Rule = ({ composites }) =>
  composites
    .filter((type) => nameOf(type) === 'Mutation' || nameOf(type) === 'Subscription')
    .map((type) => ({
      coordinate: nameOf(type),
      sentence: 'the graph only reads: a country accepts mutations at an endpoint of its own.',
    }));

/** The rules of the contract, by the names under which violations are reported. */
export const rules: Readonly<Record<string, Rule>> = {
  'nullable-reference': nullableReference,
  'nullable-root': nullableRoot,
  'unique-id': uniqueId,
  'id-beside-reference': idBesideReference,
  described,
  'no-default': noDefault,
  'shareable-value-type': shareableValueType,
  'nullable-contribution': nullableContribution,
  'read-only': readOnly,
};

import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  print,
} from 'graphql';

import { contractVersion, getContractVersion } from '../sdl/contract-version.js';
import { parseSdl } from '../sdl/parse-sdl.js';
import { detectCountry } from '../sdl/served-sdl.js';
import { countrySdl } from '../sdl/subgraph-sdl.js';
import { readContract, type SubgraphSource } from './subgraph-sources.js';

/** Subgraphs as they are composed, and what they lack. */
export interface CompletedSubgraphs {
  readonly subgraphs: readonly SubgraphSource[];
  /** The coordinates of the fields that each subgraph lacks, by its name: `Catalogue.needs`. Only of subgraphs that lack some. */
  readonly absent: ReadonlyMap<string, readonly string[]>;
}

/**
 * Completes the countries of an earlier version of the contract by the nullable fields that later versions added, so that they
 * compose with the others. The gateway never requests these fields from them, and returns null.
 *
 * Arguments and fields of inputs are not added: a country that ignored them would return something else than was requested.
 *
 * @throws CompositionError if one of them is not valid SDL.
 */
export function completeSubgraphs(subgraphs: readonly SubgraphSource[]): CompletedSubgraphs {
  const absent = new Map<string, readonly string[]>();
  const completed = subgraphs.map((subgraph) => {
    const { name, sdl } = subgraph;
    if (!isEarlier(getContractVersion(name, sdl))) return subgraph;
    const country = detectCountry(name, sdl);
    if (!country) return subgraph;
    const whole = countrySdl(readContract(), { ...country, code: '', name: country.folder, port: 0 }, '');
    const { document, fields } = complete(parseSdl(name, sdl), parseSdl(name, whole));
    if (fields.length > 0) absent.set(name, fields);
    return { ...subgraph, sdl: print(document) };
  });
  return { subgraphs: completed, absent };
}

const numbersOf = (version: string): number[] => version.split('.').map(Number);

/** A subgraph that states no version was made before versions were stated. */
function isEarlier(version: string | null): boolean {
  if (version === null) return true;
  const [[major, minor = 0], [ownMajor, ownMinor = 0]] = [numbersOf(version), numbersOf(contractVersion)];
  return major === ownMajor && minor < ownMinor;
}

function complete(
  served: DocumentNode,
  whole: DocumentNode,
): { readonly document: DocumentNode; readonly fields: readonly string[] } {
  const fields: string[] = [];
  const own = new Map(
    served.definitions.filter(isTypeDefinitionNode).map((definition) => [definition.name.value, definition]),
  );
  const additions = whole.definitions.filter((definition) => isNew(definition, own));
  const expected = new Map(
    whole.definitions.filter(isTypeDefinitionNode).map((definition) => [definition.name.value, definition]),
  );
  const definitions = served.definitions.map((definition): DefinitionNode => {
    if (!isTypeDefinitionNode(definition)) return definition;
    const other = expected.get(definition.name.value);
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && other?.kind === Kind.ENUM_TYPE_DEFINITION)
      return withValues(definition, other);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return definition;
    if (definition.name.value === 'Query' || other?.kind !== definition.kind) return definition;
    const present = new Set((definition.fields ?? []).map(({ name }) => name.value));
    const missing = (other.fields ?? []).filter(
      ({ name, type }) => !present.has(name.value) && type.kind !== Kind.NON_NULL_TYPE,
    );
    fields.push(...missing.map(({ name }) => `${definition.name.value}.${name.value}`));
    const shareable = other.directives?.find(isShareable);
    const isShared = shareable && !definition.directives?.some(isShareable);
    const added = isShared ? missing.map((field) => withDirective(field, shareable)) : missing;
    return { ...definition, fields: [...(definition.fields ?? []), ...added] };
  });
  return { document: { ...served, definitions: [...definitions, ...additions] }, fields };
}

const isNew = (definition: DefinitionNode, own: ReadonlyMap<string, unknown>): boolean =>
  isTypeDefinitionNode(definition) && !own.has(definition.name.value);

const isShareable = ({ name }: ConstDirectiveNode): boolean => name.value === 'shareable';

const withDirective = (field: FieldDefinitionNode, directive: ConstDirectiveNode): FieldDefinitionNode => ({
  ...field,
  directives: [...(field.directives ?? []), directive],
});

function withValues(definition: EnumTypeDefinitionNode, other: EnumTypeDefinitionNode): EnumTypeDefinitionNode {
  const present = new Set((definition.values ?? []).map(({ name }) => name.value));
  const missing = (other.values ?? []).filter(({ name }) => !present.has(name.value));
  return { ...definition, values: [...(definition.values ?? []), ...missing] };
}

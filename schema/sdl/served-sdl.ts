import { type DefinitionNode, isTypeDefinitionNode, Kind, print, visit } from 'graphql';

import { parseSdl } from './parse-sdl.js';

/** The country of an SDL: its subgraph's name, and the prefix of its types' names. */
export interface ServedCountry {
  readonly folder: string;
  readonly adjective: string;
}

const ofFederation = /^(?:_|link__|federation__|core__|join__)/;

/**
 * The SDL of a running subgraph without what its library added for federation, and that no contract speaks of: `_entities`,
 * `_service`, `_Any`, `link__Import` and the like.
 *
 * @throws CompositionError if it is not valid SDL.
 */
export function withoutFederation(name: string, sdl: string): string {
  const document = parseSdl(name, sdl);
  const definitions = document.definitions.filter((definition) => !isOfFederation(definition));
  return print(
    visit(
      { ...document, definitions },
      { FieldDefinition: (field) => (field.name.value.startsWith('_') ? null : undefined) },
    ),
  );
}

function isOfFederation(definition: DefinitionNode): boolean {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return definition.name.value !== 'contract';
  return isTypeDefinitionNode(definition) && ofFederation.test(definition.name.value);
}

/** The fields of Query that an SDL has, federation's aside, with the names of their types. */
export const rootFields = (name: string, sdl: string): { readonly name: string; readonly type: string }[] =>
  parseSdl(name, withoutFederation(name, sdl)).definitions.flatMap((definition) =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    definition.name.value === 'Query'
      ? (definition.fields ?? []).map((field) => ({ name: field.name.value, type: print(field.type) }))
      : [],
  );

/** Detects the country of an SDL by its field on Query. Null if it is not the SDL of a country. */
export function detectCountry(name: string, sdl: string): ServedCountry | null {
  const [root, ...others] = rootFields(name, sdl);
  const [, adjective] = /^([A-Z][A-Za-z]*)Catalogue$/.exec(root?.type ?? '') ?? [];
  return root && adjective !== undefined && others.length === 0 ? { folder: root.name, adjective } : null;
}

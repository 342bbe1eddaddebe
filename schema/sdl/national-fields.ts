import { type FieldDefinitionNode, isTypeDefinitionNode, Kind } from 'graphql';

import type { Country } from '../values/countries.js';
import { CompositionError, parseSdl } from './parse-sdl.js';

/** Where a country writes down its national fields. */
export const nationalPath = ({ folder }: Country): string => `services/${folder}/national.graphql`;

/**
 * The fields that a country adds, by its types' names.
 *
 * @param types the names of the country's types.
 * @throws CompositionError when the SDL holds anything else, which would be lost without a word.
 */
export function nationalFields(
  country: Country,
  national: string,
  types: readonly string[],
): ReadonlyMap<string, readonly FieldDefinitionNode[]> {
  const source = nationalPath(country);
  // The scalar keeps the text parsable for a country that adds nothing.
  const { definitions } = parseSdl(source, `${national}\nscalar Nothing`);
  return new Map(
    definitions.slice(0, -1).map((definition) => {
      if (definition.kind === Kind.OBJECT_TYPE_DEFINITION && types.includes(definition.name.value)) {
        return [definition.name.value, definition.fields ?? []];
      }
      const name = isTypeDefinitionNode(definition) ? definition.name.value : definition.kind;
      throw new CompositionError([
        `[${source}] ${name} is not allowed here; national fields belong in type ${types.join(', ')}.`,
      ]);
    }),
  );
}

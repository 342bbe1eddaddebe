import type { AbsentFields } from '../../schema/sdl/absent-fields.js';
import { apiSchema } from '../../schema/sdl/api-schema.js';
import { type ClientChange, clientChanges } from '../../schema/compose/breaking-changes.js';
import { completeSubgraphs } from '../../schema/compose/complete-subgraphs.js';
import { compose } from '../../schema/compose/compose.js';
import type { SubgraphSource } from '../../schema/compose/subgraph-sources.js';
import { contractVersion, isCompatibleWithContract, getContractVersion } from '../../schema/sdl/contract-version.js';
import { countries, type Country, europe } from '../../schema/values/countries.js';
import { harmlessHints, collectHints, waitsForOthers } from '../../schema/compose/hints.js';
import { lintContract } from '../../schema/lint/lint.js';
import { rootFields, detectCountry, withoutFederation } from '../../schema/sdl/served-sdl.js';

/** What composing means for clients. */
export interface Evaluation {
  readonly supergraph: string;
  /** The contract version that each subgraph states, by its name; null: none. */
  readonly versions: ReadonlyMap<string, string | null>;
  /** The fields that subgraphs of an earlier version lack, by the name of a subgraph: the gateway returns null for them. */
  readonly absent: AbsentFields;
  /** Changes that affect clients. */
  readonly changes: readonly ClientChange[];
  /** What is not in the graph yet because not every subgraph has it. */
  readonly waiting: readonly string[];
  /** Reasons not to serve it, whether or not it breaks clients. */
  readonly violations: readonly string[];
}

/**
 * Composes subgraphs, and finds out what that means for clients.
 *
 * @param before the supergraph that clients have; null when there is none.
 * @throws CompositionError if they do not compose, or one of them is not valid SDL.
 */
export function evaluate(subgraphs: readonly SubgraphSource[], before: string | null): Evaluation {
  const versions = new Map(subgraphs.map(({ name, sdl }) => [name, getContractVersion(name, sdl)]));
  const supergraph = compose(subgraphs);
  const { subgraphs: completed, absent } = completeSubgraphs(subgraphs);
  const hints = collectHints(completed).filter(({ code }) => !(code in harmlessHints));
  return {
    supergraph,
    versions,
    absent,
    changes:
      before === null ? [] : clientChanges(apiSchema('what is served', before), apiSchema('the new one', supergraph)),
    waiting: hints.filter(({ code }) => code === waitsForOthers).map(({ message }) => message),
    violations: [
      ...[...versions].flatMap(([name, version]) =>
        isCompatibleWithContract(version)
          ? []
          : [
              `${name} was made for contract version ${String(version)}, which is not compatible with ${contractVersion}.`,
            ],
      ),
      ...subgraphs.flatMap(foreignFields),
      ...lintContract(
        completed.map(({ name, sdl }) => ({ name, sdl: withoutFederation(name, sdl) })),
        [...countries, ...subgraphs.flatMap(unlisted)],
      ).map(({ rule, coordinate, sentence }) => `${coordinate}: ${sentence} (${rule})`),
      ...hints
        .filter(({ code }) => code !== waitsForOthers)
        .map(({ code, message }) => `Something would be lost: ${message} (${code})`),
    ],
  };
}

/** A country has its own root field only: with another it would resolve a field of Europe, or of another country. */
function foreignFields({ name, sdl }: SubgraphSource): string[] {
  if (name === europe.folder) return [];
  return rootFields(name, sdl)
    .filter((field) => field.name !== name)
    .map((field) => `Query.${field.name}: ${name} can have no other field here than ${name}.`);
}

/** The line of a country that this release does not know, as far as its SDL determines it. */
function unlisted({ name, sdl }: SubgraphSource): Country[] {
  const served = detectCountry(name, sdl);
  if (!served || countries.some(({ folder }) => folder === name)) return [];
  return [{ ...served, code: '', name: served.folder, port: 0 }];
}

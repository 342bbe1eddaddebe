import { Kind } from 'graphql';

import { parseSdl } from './parse-sdl.js';

/**
 * The version of the contract in `contract/`. The second number counts up with every change that fits what was there; the first
 * would with one that does not, which then needs a release of all on one day. See "Growing without a same-day release" in schema/README.md.
 */
export const contractVersion = '1.6';

/** How a subgraph states in its SDL which version it was made for. No composer carries it into the graph. */
export const contractVersionSdl = (version: string) => ({
  definition: `"The version of the contract that a subgraph implements."
directive @contract("A major and a minor number: subgraphs with different major numbers are incompatible." version: String!) on SCHEMA`,
  application: `@contract(version: "${version}")`,
});

/**
 * The version that a subgraph states. Null: none, as before versions were stated.
 *
 * @throws CompositionError if it is not valid SDL.
 */
export function getContractVersion(name: string, sdl: string): string | null {
  for (const definition of parseSdl(name, sdl).definitions) {
    if (definition.kind !== Kind.SCHEMA_EXTENSION && definition.kind !== Kind.SCHEMA_DEFINITION) continue;
    const stated = definition.directives?.find((directive) => directive.name.value === 'contract');
    const version = stated?.arguments?.find((argument) => argument.name.value === 'version')?.value;
    if (version?.kind === Kind.STRING) return version.value;
  }
  return null;
}

/** Whether a subgraph of that version fits to this contract: by the rules for growing, every one with the same first number does. */
export const isCompatibleWithContract = (version: string | null): boolean =>
  version === null || version.split('.')[0] === contractVersion.split('.')[0];

import { type DefinitionNode, Kind, parse, print, type TypeNode } from 'graphql';

import { contractVersion, isCompatibleWithContract, getContractVersion } from '../../../schema/sdl/contract-version.js';
import { CompositionError } from '../../../schema/sdl/parse-sdl.js';
import { compose } from '../../../schema/compose/compose.js';
import { withoutFederation } from '../../../schema/sdl/served-sdl.js';
import { countrySdl } from '../../../schema/sdl/subgraph-sdl.js';
import { readContract, subgraphSources } from '../../../schema/compose/subgraph-sources.js';
import type { Check, Finding, Subject } from '../subject.js';

const request = '{ _service { sdl } }';

/** Everything that an SDL defines, by its coordinate: its type, and whether it is hidden. Without descriptions. */
function indexDefinitions(sdl: string): Map<string, { readonly type: string; readonly isHidden: boolean }> {
  const found = new Map<string, { type: string; isHidden: boolean }>();
  const add = (
    coordinate: string,
    type: string,
    node: { readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined },
  ): void => {
    found.set(coordinate, {
      type,
      isHidden: node.directives?.some(({ name }) => name.value === 'inaccessible') ?? false,
    });
  };
  const typed = (type: TypeNode): string => print(type);
  const read = (definition: DefinitionNode): void => {
    if (!('name' in definition) || definition.kind === Kind.DIRECTIVE_DEFINITION) return;
    const name = definition.name.value;
    add(name, definition.kind.replace(/(?:TypeDefinition|TypeExtension)$/, ''), definition);
    const fields = 'fields' in definition ? (definition.fields ?? []) : [];
    for (const field of fields) {
      add(`${name}.${field.name.value}`, typed(field.type), field);
      for (const argument of 'arguments' in field ? (field.arguments ?? []) : []) {
        add(`${name}.${field.name.value}(${argument.name.value}:)`, typed(argument.type), argument);
      }
    }
    for (const value of 'values' in definition ? (definition.values ?? []) : [])
      add(`${name}.${value.name.value}`, 'value', value);
  };
  for (const definition of parse(sdl).definitions) read(definition);
  return found;
}

const expectedSdl = ({ code, folder, adjective }: Subject): string =>
  countrySdl(readContract(), { code, name: folder, folder, adjective, port: 0 }, '');

/** If not, definitions that an earlier version did not have may be missing. */
const isOfThisVersion = ({ sdl, folder }: Subject): boolean => getContractVersion(folder, sdl) === contractVersion;

export const sdlChecks: readonly Check[] = [
  {
    name: 'SDL: it states the version of the contract',
    why: 'It shows the release manager which subgraphs are outdated, and prevents an incompatible release.',
    run: ({ sdl, folder }) => {
      const version = getContractVersion(folder, sdl);
      const isFine = version !== null && isCompatibleWithContract(version);
      return Promise.resolve(
        isFine
          ? []
          : [
              {
                request,
                expected: `extend schema @contract(version: "${contractVersion}"), or a version with the same major number`,
                received: version === null ? 'no version' : version,
              },
            ],
      );
    },
  },
  {
    name: 'SDL: it has everything that the contract has, of the same types',
    why: 'The graph cannot offer a field that one country lacks.',
    run: (subject) => {
      const served = indexDefinitions(withoutFederation(subject.folder, subject.sdl));
      const findings: Finding[] = [];
      for (const [coordinate, { type }] of indexDefinitions(expectedSdl(subject))) {
        const own = served.get(coordinate);
        if (!own && !isOfThisVersion(subject)) continue;
        if (own?.type !== type)
          findings.push({ request, expected: `${coordinate}: ${type}`, received: own?.type ?? 'missing' });
      }
      return Promise.resolve(findings);
    },
  },
  {
    name: 'SDL: it adds fields only to its own types, and nothing to Query',
    why: 'A country that extends shared types would resolve fields in place of others, or break composition.',
    run: (subject) => {
      const contract = indexDefinitions(expectedSdl(subject));
      const own = ['Administration', 'Consortium', 'Catalogue'].map((type) => subject.adjective + type);
      const findings = [...indexDefinitions(withoutFederation(subject.folder, subject.sdl))]
        .filter(([coordinate, { isHidden }]) => !isHidden && !contract.has(coordinate))
        .filter(([coordinate]) => !own.includes(coordinate.split('.')[0] ?? ''))
        .map(([coordinate, { type }]): Finding => ({
          request,
          expected: `only what the contract has, outside ${own.join(', ')}, or @inaccessible`,
          received: `${coordinate}: ${type}`,
        }));
      return Promise.resolve(
        isOfThisVersion(subject) ? findings : findings.filter(({ received }) => /^(?:Query|Mutation)\b/.test(received)),
      );
    },
  },
  {
    name: 'SDL: it composes with the other subgraphs of this release',
    why: 'Otherwise the gateway keeps the previous supergraph.',
    run: ({ sdl, folder, url }) => {
      const others = subgraphSources().filter(({ name }) => name !== folder);
      try {
        compose([{ name: folder, url, sdl }, ...others]);
        return Promise.resolve([]);
      } catch (error) {
        if (!(error instanceof CompositionError)) throw error;
        return Promise.resolve([
          { request, expected: 'a supergraph', received: error.reasons.join(' ').slice(0, 600) },
        ]);
      }
    },
  },
];

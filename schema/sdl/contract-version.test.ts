import { createHash } from 'node:crypto';

import { type DocumentNode, parse, print, visit } from 'graphql';

import { contractVersion, isCompatibleWithContract, getContractVersion } from './contract-version.js';
import { readContract, subgraphSources } from '../compose/subgraph-sources.js';

/** A hash of each version of the contract without its descriptions. A new version is a new line. */
const fingerprints: Readonly<Record<string, string>> = {
  '1.0': '993a896a2c052ca7',
  '1.1': 'fffd31805d054909',
  '1.2': '20172410d3c7fa12',
  '1.3': '1b3401a7b9d7138c',
  // It differs for Europe only.
  '1.4': '1b3401a7b9d7138c',
  '1.5': '770f0b8936bb2143',
  '1.6': '33e21ec93d503095',
};

it('contractVersion increases with every change of the contract', () => {
  const { shared, country } = readContract();
  // Europe's own part does not concern countries.
  const parts = [shared, country].map((text) => {
    const bare: DocumentNode = visit(parse(text), {
      StringValue: (_node, key) => (key === 'description' ? null : undefined),
    });
    return print(bare);
  });
  const fingerprint = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
  // It fails after a change: raise `contractVersion`, and add a line above with this fingerprint.
  expect([contractVersion, fingerprints[contractVersion]]).toEqual([contractVersion, fingerprint]);
});

it('getContractVersion returns the version that a subgraph states', () => {
  for (const { name, sdl } of subgraphSources()) expect(getContractVersion(name, sdl)).toBe(contractVersion);
  expect(getContractVersion('old', 'type Query { old: Int }')).toBeNull();
});

it('isCompatibleWithContract accepts another minor version, and a subgraph without a version', () => {
  expect(isCompatibleWithContract(contractVersion.replace(/\.\d+$/, '.99'))).toBe(true);
  expect(isCompatibleWithContract(null)).toBe(true);
  expect(isCompatibleWithContract('2.0')).toBe(false);
  expect(isCompatibleWithContract('10.0')).toBe(false);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { countries, europe } from '../../schema/values/countries.js';
import { projectPath } from '../../schema/files.js';
import { closedUrl } from './fake-graph.js';

const here = import.meta.dirname;
const temporary = mkdtempSync(join(tmpdir(), 'no-telemetry-'));
const recorded = join(temporary, 'connections');
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** Starts a process that cannot reach a subgraph, with settings of telemetry in the environment. */
function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  writeFileSync(recorded, '');
  // Compiled, as it is in use: then its threads are watched too.
  return spawn(process.execPath, ['--import', projectPath('dist/gateway/testing/record-connections.js'), ...args], {
    cwd: here,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      RECORDED_CONNECTIONS: recorded,
      APOLLO_KEY: 'service:reuse-graph:not-a-key',
      APOLLO_GRAPH_REF: 'reuse-graph@current',
      ...env,
    },
  });
}

/** Waits for a line of the log that begins so, and gives the rest of it. */
async function messageOf(child: ChildProcess, beginning: string): Promise<string> {
  if (!child.stdout) throw new Error('a child without output');
  for await (const line of createInterface(child.stdout)) {
    const { msg = '' } = JSON.parse(line) as { msg?: string };
    if (msg.startsWith(beginning)) return msg.slice(beginning.length);
  }
  throw new Error(`it never printed "${beginning}"`);
}

const foreignHosts = (): string[] => [...new Set(readFileSync(recorded, 'utf8').split('\n').filter(Boolean))].sort();

it('the gateway connects to its subgraphs only, from its start to its end', async () => {
  const closed = await closedUrl();
  const environment: NodeJS.ProcessEnv = { PORT: '0', SHUTDOWN_DELAY_MS: '0' };
  for (const { folder } of [...countries, europe]) {
    environment[`${folder.toUpperCase()}_URL`] = closed;
    environment[`${folder.toUpperCase()}_SUBGRAPH_SECRETS`] = 'a secret of more than thirty-two characters'.replaceAll(
      ' ',
      '-',
    );
  }
  const gateway = start([projectPath('dist/gateway/main.js')], environment);
  const ended = once(gateway, 'exit');
  const port = await messageOf(gateway, 'listening on port ');
  for (const query of ['{ __typename }', '{ catalogues { id } denmark { id } }', '{ nonsense }']) {
    const response = await fetch(`http://127.0.0.1:${port}/graphql?query=${encodeURIComponent(query)}`);
    expect(await response.json()).toBeDefined();
  }
  gateway.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(foreignHosts()).toEqual([]);
});

it('the test detects that @apollo/gateway connects to its vendor and to cloud metadata', async () => {
  const script = `
    import { readFileSync } from 'node:fs';
    import { ApolloGateway } from '@apollo/gateway';
    const gateway = new ApolloGateway({ supergraphSdl: readFileSync('../../schema/supergraph.graphql', 'utf8') });
    await gateway.load();
    await gateway.stop();`;
  const bare = start(['--input-type=module', '-e', script], {});
  await once(bare, 'exit');
  expect(foreignHosts()).toEqual(
    expect.arrayContaining(['100.100.100.200', '169.254.169.254', 'usage-reporting.api.apollographql.com']),
  );
});

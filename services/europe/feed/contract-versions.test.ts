import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { contractVersion } from '../../../schema/sdl/contract-version.js';
import { readSubgraphSdl } from '../../../schema/files.js';
import type { Logger } from '../../kit/observability/logger.js';
import { logContractVersions } from './contract-versions.js';

it('logs the contract of each country, warns of incompatible ones and skips countries that are unavailable', async () => {
  const sdl = readSubgraphSdl('denmark');
  const served: Readonly<Record<string, string>> = {
    '/same': sdl,
    '/other': sdl.replace(`@contract(version: "${contractVersion}")`, '@contract(version: "99.0")'),
    '/none': 'type Query { old: Int }',
    '/down': 'type {',
  };
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ data: { _service: { sdl: served[request.url ?? ''] } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const logged: string[] = [];
  const log = (severity: string) => (facts: object, message: string) => {
    logged.push(`${severity} ${JSON.stringify(facts)} ${message}`);
  };
  const sources = Object.keys(served).map((path) => ({
    code: path.slice(1).toUpperCase(),
    folder: path.slice(1),
    url: `http://127.0.0.1:${port}${path}`,
  }));
  await logContractVersions(sources, { info: log('info'), warn: log('warn') } as unknown as Logger);
  server.closeAllConnections();
  server.close();
  expect(logged.sort()).toEqual([
    'info {"country":"NONE","contract":null} none states no contract version',
    `info {"country":"SAME","contract":"${contractVersion}"} same has contract version ${contractVersion}`,
    `warn {"country":"OTHER","contract":"99.0","own":"${contractVersion}"} other has contract version 99.0, which is incompatible with ${contractVersion}`,
  ]);
});

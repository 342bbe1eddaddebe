import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { variableOf } from '../../cli/start/settings.js';
import { countries, europe } from '../../schema/values/countries.js';
import { openGraphQLClient } from '../http-client.js';
import { bareGateway } from './gateway-list.js';
import { recordFetches, toStages } from './record-fetches.js';
import type { RecordedFetch } from './replay.js';
import { startGatewayProcess } from './start-gateway.js';

const fetches: readonly RecordedFetch[] = [
  { path: '/europe', body: '1', after: 0 },
  { path: '/denmark', body: '2', after: 1 },
  { path: '/italy', body: '3', after: 1 },
  { path: '/italy', body: '4', after: 3 },
  { path: '/europe', body: '{"query":"query IndexPosition { catalogueStatus { position } }"}', after: 4 },
  { path: '/italy', body: '{"query":"query Position($after: String) { italy { id } }"}', after: 4 },
];

it('a fetch that came after all earlier responses begins a stage, others are sent at the same time, and polls belong to none', () => {
  expect(toStages(fetches).map((stage) => stage.map(({ body }) => body))).toEqual([['1'], ['2', '3'], ['4']]);
});

it('the bare gateway sends the recorded fetches of a request, stage by stage, and concatenates the responses', async () => {
  const received: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push(`${request.url ?? ''} ${body}`);
      response.end(`"response ${body}"`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const recording = await recordFetches(
    { execute: () => Promise.resolve('') },
    { requests: 2, variables: (turn) => ({ turn }) },
    { takeFetches: () => Promise.resolve(fetches) },
  );
  const urls = [...countries, europe].map(({ folder }) => [
    variableOf(folder, 'URL'),
    `http://127.0.0.1:${port}/${folder}`,
  ]);
  const { name, script, variables } = bareGateway(recording.file);
  const gateway = await startGatewayProcess(
    { name, script, variables: { ...variables, ...(Object.fromEntries(urls) as Record<string, string>) } },
    AbortSignal.timeout(30_000),
  );
  const client = openGraphQLClient(gateway.url, 1);
  expect(JSON.parse(await client.query('{ anything }', { turn: 1 }))).toEqual({
    data: ['response 1', 'response 2', 'response 3', 'response 4'],
  });
  expect([received[0], received.slice(1, 3).sort(), received[3]]).toEqual([
    '/europe 1',
    ['/denmark 2', '/italy 3'],
    '/italy 4',
  ]);
  await client.close();
  await gateway.stop();
  recording.remove();
  server.close();
});

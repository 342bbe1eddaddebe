import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import compression from 'compression';
import express from 'express';

import { createPacedWriter } from './paced-writer.js';

it('writes at the pace of the client, with one listener for all parts of a compressed response', async () => {
  const part = JSON.stringify(Array.from({ length: 40_000 }, (_, index) => index));
  let pauses = 0;
  let listeners = 0;
  const app = express()
    .use(compression())
    .get('/', (_request, response) => {
      const on = response.on.bind(response);
      const write = response.write.bind(response) as (chunk: string) => boolean;
      Object.assign(response, {
        on: (event: string, listener: () => void) => {
          if (event === 'drain') listeners += 1;
          return on(event, listener);
        },
        write: (chunk: string) => {
          const accepted = write(chunk);
          if (!accepted) pauses += 1;
          return accepted;
        },
      });
      response.type('json');
      const send = createPacedWriter(response, AbortSignal.timeout(30_000));
      void (async () => {
        for (let sent = 0; sent < 20; sent += 1) await send(part);
        response.end();
      })();
    });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(await response.text()).toBe(part.repeat(20));
  expect(pauses).toBeGreaterThan(10);
  expect(listeners).toBe(1);
  server.close();
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { freePort } from '../start/ports.js';
import { startProcess } from '../start/processes.js';
import { waitUntilReady } from './wait-until-ready.js';

describe('waitUntilReady', () => {
  it('resolves when the service responds that it is ready', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.writeHead(requests < 2 ? 503 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await waitUntilReady('denmark', (server.address() as AddressInfo).port, { timeoutMs: 10_000 });
    expect(requests).toBe(2);
    await new Promise((resolve) => server.close(resolve));
  });

  it('rejects with the name of the service when the time is over', async () => {
    const port = await freePort();
    await expect(waitUntilReady('denmark', port, { timeoutMs: 10 })).rejects.toThrow(
      `Waited 10 ms for denmark to be ready on port ${port}.`,
    );
  });

  it('rejects with the last lines of a process that has ended', async () => {
    const child = startProcess({ name: 'denmark', script: 'no-such-script.js', env: process.env }, () => undefined);
    await expect(waitUntilReady('denmark', await freePort(), { timeoutMs: 10_000, child })).rejects.toThrow(
      /^denmark ended while starting \(exit code 1\):\n[^]*no-such-script/,
    );
  });
});

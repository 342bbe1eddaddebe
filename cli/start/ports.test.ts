import { once } from 'node:events';
import { createServer } from 'node:net';

import { freePort, findTakenPorts } from './ports.js';

const use = (port: number, name: string) => ({ port, name, portVariable: `${name.toUpperCase()}_PORT` });

describe('findTakenPorts', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('finds a port that is in use on %s', async (host) => {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    try {
      const taken = use(port, 'denmark');
      expect(await findTakenPorts([use(await freePort(), 'italy'), taken])).toEqual([taken]);
    } finally {
      server.close();
    }
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { countries, europe } from '../../schema/values/countries.js';
import { variableOf } from '../../cli/start/settings.js';
import { createCertificate } from '../../services/kit/testing/certificate.js';
import { quickGateway } from '../support/quick-gateway.js';
import { createService, type Service } from '../support/service-process.js';

/** Countries at https URLs, each with a certificate of its own private authority. The gateway trusts that of Denmark. */
const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-tls-'));
const authority = join(folder, 'authority.pem');
const servers: Server[] = [];
let gateway: Service;

/** Starts a country that responds with its id to each request, and returns its port and certificate. */
async function startCountry(name: string, id: string) {
  const { certificate, key } = await createCertificate();
  const server = createServer({ cert: certificate, key }, (request, response) => {
    void text(request).then(() =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { [name]: { id } } })),
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { certificate, url: { [variableOf(name, 'URL')]: `https://127.0.0.1:${port}/subgraph` } };
}

const secrets = Object.fromEntries(
  [...countries, europe].map(({ folder: name }) => [
    variableOf(name, 'SUBGRAPH_SECRETS'),
    'a-secret-of-this-test-alone-0123456789',
  ]),
);

beforeAll(async () => {
  const denmark = await startCountry('denmark', 'dk:catalogue');
  const italy = await startCountry('italy', 'it:catalogue');
  writeFileSync(authority, denmark.certificate);
  gateway = await createService('gateway', (own) => ({
    PORT: String(own),
    ...quickGateway,
    ...secrets,
    ...denmark.url,
    ...italy.url,
    NODE_EXTRA_CA_CERTS: authority,
  }));
  gateway.start();
  await gateway.untilReady();
});
afterAll(async () => {
  await gateway.kill();
  for (const server of servers) {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
  rmSync(folder, { recursive: true });
});

const query = async (text: string): Promise<unknown> => {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query=${text}`);
  return response.json();
};

it('the gateway queries a country over TLS if it trusts the certificate authority', async () => {
  expect(await query('{denmark{id}}')).toMatchObject({ data: { denmark: { id: 'dk:catalogue' } } });
});

it('the gateway does not query a country whose certificate authority it does not trust', async () => {
  expect(await query('{italy{id}}')).toMatchObject({
    data: { italy: null },
    errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'italy' } }],
  });
});

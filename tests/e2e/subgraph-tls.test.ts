import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { countries, europe } from '../../schema/values/countries.js';
import { variableOf } from '../../cli/start/settings.js';
import { createCertificate } from '../../services/kit/testing/certificate.js';
import { createService, type Service } from '../support/service-process.js';

/** Denmark at an https URL, with a certificate of a private authority. */
const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-tls-'));
const authority = join(folder, 'authority.pem');
let denmark: Server;
beforeAll(async () => {
  const { certificate, key } = await createCertificate();
  writeFileSync(authority, certificate);
  denmark = createServer({ cert: certificate, key }, (request, response) => {
    void text(request).then(() =>
      response.setHeader('content-type', 'application/json').end('{"data":{"denmark":{"id":"dk:catalogue"}}}'),
    );
  });
  await new Promise<void>((resolve) => denmark.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  const closed = new Promise((resolve) => denmark.close(resolve));
  denmark.closeAllConnections();
  await closed;
  rmSync(folder, { recursive: true });
});

const secrets = Object.fromEntries(
  [...countries, europe].map(({ folder: name }) => [
    variableOf(name, 'SUBGRAPH_SECRETS'),
    'a-secret-of-this-test-alone-0123456789',
  ]),
);

/** The response of a gateway with these environment variables. */
async function queryThrough(variables: Readonly<Record<string, string>>): Promise<unknown> {
  const { port } = denmark.address() as AddressInfo;
  const gateway: Service = await createService('gateway', (own) => ({
    PORT: String(own),
    ...secrets,
    DENMARK_URL: `https://127.0.0.1:${port}/subgraph`,
    ...variables,
  }));
  gateway.start();
  try {
    await gateway.untilReady();
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query={denmark{id}}`);
    return await response.json();
  } finally {
    await gateway.kill();
  }
}

it('the gateway queries a country over TLS if it trusts the certificate authority', async () => {
  expect(await queryThrough({ NODE_EXTRA_CA_CERTS: authority })).toMatchObject({
    data: { denmark: { id: 'dk:catalogue' } },
  });
});

it('the gateway does not query a country whose certificate authority it does not trust', async () => {
  expect(await queryThrough({})).toMatchObject({
    data: { denmark: null },
    errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'denmark' } }],
  });
});

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

/** Denmark at an https address, with the certificate of an authority that only its operator knows. */
const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-tls-'));
const authority = join(folder, 'authority.pem');
let denmark: Server;
beforeAll(async () => {
  const { certificate, key } = await createCertificate();
  writeFileSync(authority, certificate);
  denmark = createServer({ cert: certificate, key }, (request, response) => {
    void text(request).then(() =>
      response.setHeader('content-type', 'application/json').end('{"data":{"denmark":{"id":"dk"}}}'),
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
    'shown-to-nobody-but-this-test-alone',
  ]),
);

/** What a gateway with these variables answers. */
async function askThrough(variables: Readonly<Record<string, string>>): Promise<unknown> {
  const { port } = denmark.address() as AddressInfo;
  const gateway: Service = await createService('gateway', (own) => ({
    PORT: String(own),
    ...secrets,
    DENMARK_URL: `https://127.0.0.1:${port}/subgraph`,
    ...variables,
  }));
  gateway.start();
  try {
    await gateway.untilReady(AbortSignal.timeout(20_000));
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query={denmark{id}}`);
    return await response.json();
  } finally {
    await gateway.kill();
  }
}

it('a country is asked over TLS when its authority is known', async () => {
  expect(await askThrough({ NODE_EXTRA_CA_CERTS: authority })).toMatchObject({ data: { denmark: { id: 'dk' } } });
}, 30_000);

it('a country whose certificate nobody vouches for is not asked', async () => {
  expect(await askThrough({})).toMatchObject({
    data: { denmark: null },
    errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'denmark' } }],
  });
}, 30_000);

import { noMetrics } from '../../kit/observability/metrics.js';
import { waitUntil } from '../../kit/testing/wait-until.js';
import { startFakeGateway } from '../testing/fake-gateway.js';
import { createGatewayClient, portalAsSender, type Sender } from './gateway-client.js';

const of = (client: string): Sender => ({ ...portalAsSender(), client });

it('a client has a share of the connections to the gateway, whatever it requests at once', async () => {
  const server = await startFakeGateway();
  const gateway = createGatewayClient({ url: server.url, metrics: noMetrics });
  let release = (): void => undefined;
  server.pause = new Promise((resolve) => (release = resolve));
  const execute = (client: string) => gateway.execute({ query: '{ __typename }' }, of(client));
  const many = Array.from({ length: 60 }, () => execute('203.0.113.1'));
  const one = execute('203.0.113.2');
  await waitUntil('the gateway to receive what it can', () => server.received.length >= 5);
  const clients = server.received.map(({ headers }) => headers['x-forwarded-for']);
  expect(clients).toEqual([...Array<string>(4).fill('203.0.113.1'), '203.0.113.2']);
  release();
  expect((await one).data).toEqual({ __typename: 'Query' });
  await Promise.all(many);
  expect(server.received).toHaveLength(61);
  await gateway.close();
  await server.stop();
});

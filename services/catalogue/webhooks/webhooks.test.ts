import { catalogueEditor, reader, type TestPayload } from '../testing/mutation-fixtures.js';
import { executeSource } from '../../kit/testing/execute-source.js';
import { createCertificate } from '../../kit/testing/certificate.js';
import { testRequest } from '../../kit/testing/test-request.js';
import { createContext } from '../graphql/context.js';
import { createSchemas } from '../graphql/schema.js';
import { at, listAt, plainCatalogue } from '../testing/test-catalogue.js';
import { findProblems, type Receiver, startReceiver } from '../testing/unreliable-receiver.js';
import { useMutationCatalogue } from '../testing/use-mutation-catalogue.js';
import { isIdle, playWebhooks, startDelivery, until } from '../testing/webhook-scenario.js';

const catalogue = useMutationCatalogue();
const url = 'https://receiver.example/hook';
const state = 'webhook { id revision url subjects pending failingSince disabledAt disabledReason }';
const fields = `${state} secret auditEntry { subject after }`;

let receiver: Receiver;
let deliveries: ReturnType<typeof startDelivery>[] = [];
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(deliveries.map(({ stop }) => stop()));
  deliveries = [];
  await receiver.stop();
  await catalogue.database.query('DELETE FROM webhook');
});

interface Registered {
  readonly id: string;
  readonly revision: number;
  readonly secret: string;
}

const toRegistered = (payload: TestPayload): Registered => ({
  ...(payload['webhook'] as Registered),
  secret: payload['secret'] as string,
});

/** Registers a webhook, which then has the address of the receiver: no editor could register that. */
async function register(input: Readonly<Record<string, unknown>> = {}): Promise<Registered> {
  const registered = toRegistered(await catalogue.mutate('registerWebhook', { url, ...input }, fields));
  await catalogue.database.query(`UPDATE webhook SET url = $1 WHERE id = $2`, [receiver.url, registered.id]);
  receiver.secrets.push(registered.secret);
  return { ...registered, revision: registered.revision + 1 };
}

/** Delivers until the end of the test. */
const deliver = (timing?: Parameters<typeof startDelivery>[1]): void => {
  deliveries.push(startDelivery(catalogue.database, timing));
};

/** Changes an administration, as an import or an editor does. */
const change = () =>
  catalogue.database.query(`UPDATE organisation SET sort_name = sort_name || 'x' WHERE id = 'dk:administration:c'`);

const listWebhooks = async (selection: string): Promise<unknown[]> => {
  const { data } = await catalogue.executeAs(catalogueEditor, `{ webhooks { ${selection} } }`);
  return listAt(JSON.parse(JSON.stringify(data)), 'webhooks');
};

describe('registerWebhook', () => {
  it('returns the secret, also to a repeated request, and keeps it out of the audit trail and of stored responses', async () => {
    const input = { idempotencyKey: 'hook', url, subjects: ['RECORD', 'ADOPTION', 'RECORD'] };
    const payload = await catalogue.mutate('registerWebhook', input, fields);
    expect(payload).toMatchObject({
      webhook: { url, subjects: ['ADOPTION', 'RECORD'], pending: 0, disabledAt: null },
      secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/) as string,
      auditEntry: { subject: 'WEBHOOK' },
      failures: [],
    });
    expect(await catalogue.mutate('registerWebhook', input, fields)).toEqual(payload);
    const stored = await catalogue.database.query(
      `SELECT answer::text AS text FROM given_answer UNION ALL SELECT e::text FROM audit_entry e`,
    );
    expect(stored.length).toBeGreaterThan(1);
    expect(JSON.stringify(stored)).not.toContain(String(payload['secret']).slice(6));
  });

  it.each([
    ['http://receiver.example/', 'begins with http://; allowed: https://'],
    ['https://receiver.example:22/', 'has the port 22; allowed: 443, 8443'],
    ['https://me:secret@receiver.example/', 'has a user name or a password'],
    ['https://127.0.0.1/', 'is not in the public internet'],
    ['https://[::ffff:10.0.0.1]/', 'is not in the public internet'],
    ['https://0x7f.1/', 'is not in the public internet'],
  ])('rejects %.40s: %s', async (address, problem) => {
    const { failures } = await catalogue.mutate('registerWebhook', { url: address });
    expect(failures).toEqual([
      { code: 'INVALID_VALUE', field: ['url'], message: expect.stringContaining(problem) as string },
    ]);
  });

  it('is for catalogue editors, who alone see the webhooks', async () => {
    await expect(catalogue.mutate('registerWebhook', { url }, '', reader)).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    const { data, errors } = await catalogue.executeAs(reader, '{ webhooks { id } }');
    expect([data, errors?.[0]?.extensions['code']]).toEqual([{ webhooks: null }, 'FORBIDDEN']);
    expect((await catalogue.mutate('registerWebhook', { url, subjects: [] })).failures).toMatchObject([
      { field: ['subjects'] },
    ]);
  });
});

it('registerWebhook writes nothing where the operator has not enabled webhooks', async () => {
  const { open } = createSchemas(plainCatalogue);
  const context = createContext(plainCatalogue, catalogue.database, testRequest(), catalogueEditor, {
    hasWebhooks: false,
  });
  const { data } = await executeSource(
    open,
    `mutation { registerWebhook(input: { idempotencyKey: "x", reason: "x", url: "${url}" }) { secret failures { code } } }`,
    context,
  );
  expect(JSON.parse(JSON.stringify(data))).toEqual({
    registerWebhook: { secret: null, failures: [{ code: 'NOT_ENABLED' }] },
  });
});

describe('a webhook', () => {
  it('gets the changes after its registration, of its subjects only, and its editor reads the log', async () => {
    await change();
    const { id } = await register({ subjects: ['ADMINISTRATION'] });
    deliver();
    await change();
    await catalogue.database.query(`UPDATE membership SET role = role`);
    await until(() => receiver.accepted.length > 0);
    await until(() => isIdle(catalogue.database));
    expect(receiver.forged).toEqual([]);
    expect(receiver.accepted).toMatchObject([{ type: 'administration.changed', subjectId: 'dk:administration:c' }]);
    const [webhook] = await listWebhooks(
      'id pending failingSince deliveries(first: 5) { totalCount nodes { id messageId subject subjectId attempt status error } }',
    );
    expect(webhook).toEqual({
      ...{ id, pending: 0, failingSince: null },
      deliveries: {
        totalCount: 1,
        nodes: [
          {
            ...{
              id: expect.stringMatching(/^dk:webhook-delivery:\d+$/) as string,
              messageId: receiver.accepted[0]?.id,
            },
            ...{ subject: 'ADMINISTRATION', subjectId: 'dk:administration:c', attempt: 1, status: 204, error: null },
          },
        ],
      },
    });
  });

  it('is reached over https if its certificate is of an authority that is trusted, and gets nothing otherwise', async () => {
    await receiver.stop();
    const tls = await createCertificate();
    receiver = await startReceiver(tls);
    await register({ subjects: ['ADMINISTRATION'] });
    await change();
    deliver();
    const listFailures = () => listWebhooks('deliveries(first: 1) { nodes { error } }');
    await until(async () => JSON.stringify(await listFailures()).includes('error'));
    expect(await listFailures()).toEqual([{ deliveries: { nodes: [{ error: 'DEPTH_ZERO_SELF_SIGNED_CERT' }] } }]);
    expect(receiver.treatments.size).toBe(0);
    deliveries.push(startDelivery(catalogue.database, {}, tls.certificate));
    await until(() => receiver.accepted.length > 0);
    expect(receiver.accepted).toMatchObject([{ type: 'administration.changed', signatures: 1 }]);
  });

  it('signs with both secrets after a rotation, and with a third only instead of the first', async () => {
    const first = await register();
    const rotate = async (expectedRevision: number): Promise<Registered> =>
      toRegistered(await catalogue.mutate('rotateWebhookSecret', { webhookId: first.id, expectedRevision }, fields));
    const second = await rotate(first.revision);
    receiver.secrets.push(second.secret);
    deliver();
    await change();
    await until(() => receiver.accepted.length > 0);
    expect(receiver.accepted[0]?.signatures).toBe(2);
    const third = await rotate(second.revision);
    receiver.secrets.push(third.secret);
    await change();
    await until(() => receiver.accepted.length > 1);
    expect(receiver.accepted[1]?.signatures).toBe(2);
    await catalogue.database.query(`UPDATE webhook_secret SET expires_at = now() WHERE expires_at IS NOT NULL`);
    receiver.secrets = [third.secret];
    await change();
    await until(() => receiver.accepted.length > 2);
    expect([receiver.accepted[2]?.signatures, receiver.forged]).toEqual([1, []]);
    expect(new Set([first.secret, second.secret, third.secret]).size).toBe(3);
  });

  it.each([
    ['FAILING', 'reject', 0],
    ['GONE', 'gone', 3_600_000],
  ] as const)(
    'is disabled (%s), and continues without a loss once it is enabled',
    async (reason, treatment, maxAgeMs) => {
      const { id, revision: expectedRevision } = await register();
      receiver.treat = () => treatment;
      deliver({ maxAgeMs });
      await change();
      await until(async () => at(await listWebhooks('disabledReason'), 0, 'disabledReason') === reason);
      expect(await listWebhooks('pending failingSince')).toEqual([
        { pending: 0, failingSince: expect.any(String) as string },
      ]);
      receiver.treat = () => 'accept';
      const enabled = await catalogue.mutate('enableWebhook', { webhookId: id, expectedRevision }, state);
      expect(enabled).toMatchObject({ webhook: { disabledAt: null, disabledReason: null, failingSince: null } });
      await until(() => receiver.accepted.length > 0);
      expect(receiver.accepted[0]).toMatchObject({ subjectId: 'dk:administration:c' });
    },
  );

  it('states that the feed was restarted, before any change of the new feed', async () => {
    await register();
    await catalogue.database.query(`UPDATE feed SET id = gen_random_uuid()`);
    await change();
    deliver();
    await until(() => receiver.accepted.length > 0);
    await change();
    await until(() => receiver.accepted.length > 1);
    expect(receiver.accepted.map(({ type }) => type)).toEqual(['feed.restarted', 'administration.changed']);
  });

  it('is withdrawn with its secrets and its log, and cannot be changed any more', async () => {
    const { id, revision: expectedRevision } = await register();
    expect(await catalogue.mutate('withdrawWebhook', { webhookId: id, expectedRevision }, 'webhookId')).toMatchObject({
      webhookId: id,
      failures: [],
    });
    expect(await catalogue.database.query(`SELECT FROM webhook_secret`)).toEqual([]);
    expect((await catalogue.mutate('enableWebhook', { webhookId: id, expectedRevision })).failures).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });
});

it('while the receiver fails in every way, no message is lost, out of order or forged', async () => {
  await register();
  expect(await playWebhooks(catalogue.database, receiver, { messages: 200, subjects: 20, seed: 1 })).toEqual([]);
  expect(receiver.treatments.size).toBeGreaterThan(8);
  // The check itself finds what it is for.
  const [one, ...others] = receiver.accepted;
  const lost = { ...receiver, accepted: receiver.accepted.filter(({ id }) => id !== one?.id) };
  const reversed = { ...receiver, accepted: [...receiver.accepted].reverse() };
  const expected = new Map([[one?.subjectId ?? '', 10]]);
  expect(findProblems(lost, expected)).toHaveLength(1);
  expect(findProblems(reversed, expected)).toHaveLength(1);
  expect(others.length).toBeGreaterThan(150);
});

import { at } from '../../../testing/test-catalogue.js';
import {
  administrator,
  catalogueEditor,
  failureCodes,
  editorOfA,
  type TestPayload,
} from '../../../testing/mutation-fixtures.js';
import { useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';
import { waitUntil } from '../../../../kit/testing/wait-until.js';

const catalogue = useMutationCatalogue();

const admission = {
  consortiumId: 'dk:consortium:l',
  memberId: 'dk:administration:a',
  role: 'MEMBER',
  during: { start: '2020-01-01' },
  provenance: { source: 'https://example.org/minutes' },
};
const select = 'membership { id endReason } auditEntry { id }';
const admit = (overrides: Readonly<Record<string, unknown>>, editor = catalogueEditor): Promise<TestPayload> =>
  catalogue.mutate('admitMember', { ...admission, ...overrides }, select, editor);
const until = (condition: () => Promise<boolean>): Promise<void> =>
  waitUntil('the other transaction', condition, { intervalMs: 1 });

describe('a mutation with an idempotency key', () => {
  it('returns the first response to a repeated request and writes nothing', async () => {
    const first = await admit({ idempotencyKey: 'once' });
    expect(failureCodes(first)).toEqual([]);
    const before = await catalogue.countAuditEntries();
    const feed = await catalogue.feed();
    expect(await admit({ idempotencyKey: 'once' })).toEqual(first);
    expect(await catalogue.feed()).toEqual(feed);
    // Also if the row has changed since.
    await catalogue.database.query(`UPDATE membership SET end_reason = 'changed' WHERE id = $1`, [
      at(first, 'membership', 'id'),
    ]);
    expect(await admit({ idempotencyKey: 'once' })).toEqual(first);
    expect(await catalogue.countAuditEntries()).toBe(before);
  });

  it('writes once when the same request is sent several times at the same time', async () => {
    const overrides = { idempotencyKey: 'at once', memberId: 'dk:administration:b' };
    const before = await catalogue.countAuditEntries();
    const payloads = await Promise.all(Array.from({ length: 6 }, () => admit(overrides)));
    expect(failureCodes(payloads[0] as TestPayload)).toEqual([]);
    expect(new Set(payloads.map((payload) => JSON.stringify(payload))).size).toBe(1);
    expect(await catalogue.countAuditEntries()).toBe(before + 1);
  });

  it('rejects another request of the same editor with the same key', async () => {
    const before = await catalogue.countAuditEntries();
    const other = { idempotencyKey: 'once', during: { start: '2020-01-02' } };
    expect(failureCodes(await admit(other))).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
    // The same key of another editor is a different key.
    expect(failureCodes(await admit(other, administrator))).toEqual(['OVERLAP during']);
    expect(await catalogue.countAuditEntries()).toBe(before);
  });

  it('keeps the response for thirty days, and deletes it with a later mutation', async () => {
    const keys = `SELECT idempotency_key AS key FROM given_answer WHERE idempotency_key LIKE 'day %' ORDER BY 1`;
    const written = { memberId: 'no:administration:5001', during: { start: '2020-01-01', end: '2020-02-01' } };
    const first = await admit({ ...written, idempotencyKey: 'day 29' });
    await admit({ ...written, memberId: 'no:administration:5006', idempotencyKey: 'day 31' });
    await catalogue.database.query(
      `UPDATE given_answer SET at = now() - substr(idempotency_key, 5)::int * interval '1 day' WHERE idempotency_key LIKE 'day %'`,
    );
    expect(await catalogue.database.query(keys)).toHaveLength(2);
    await admit({ memberId: 'no:administration:5007' });
    expect(await catalogue.database.query(keys)).toEqual([{ key: 'day 29' }]);
    expect(await admit({ ...written, idempotencyKey: 'day 29' })).toEqual(first);
  });

  it('accepts the key again if nothing was written', async () => {
    const key = { idempotencyKey: 'second try', memberId: 'dk:administration:c' };
    expect(failureCodes(await admit({ ...key, provenance: {} }))).toEqual(['INVALID_VALUE provenance source']);
    expect(failureCodes(await admit(key))).toEqual([]);
  });
});

describe('a mutation', () => {
  it('waits for an import in progress, and fails with BUSY before its timeout', async () => {
    const { dataSource, query } = catalogue.database;
    const waiting = `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`;
    const during = (overrides: object) =>
      dataSource.transaction(async (manager) => {
        await manager.query(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph import'))`);
        const written = admit({ memberId: 'se:administration:0180', ...overrides });
        await until(async () => (await query(waiting)).length === 1);
        return { written };
      });
    expect(failureCodes(await (await during({})).written)).toEqual([]);
    const { written } = await dataSource.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph import'))`);
      return { written: await admit({ memberId: 'se:administration:0181' }) };
    });
    expect(failureCodes(written)).toEqual(['BUSY']);
  });

  it('rolls back everything if it fails', async () => {
    const before = [await catalogue.countAuditEntries(), await catalogue.feed()];
    await catalogue.database.query(`ALTER TABLE given_answer ADD CONSTRAINT fails CHECK (idempotency_key <> 'fails')`);
    await expect(admit({ idempotencyKey: 'fails', memberId: 'no:administration:0301' })).rejects.toThrow('fails');
    expect([await catalogue.countAuditEntries(), await catalogue.feed()]).toEqual(before);
  });

  it('runs the same number of SQL statements whatever the catalogue contains', async () => {
    catalogue.statements();
    expect(failureCodes(await admit({ memberId: 'fi:administration:091' }))).toEqual([]);
    expect(catalogue.statements()).toHaveLength(9);
  });

  it('returns what it wrote instead of rows that were loaded before', async () => {
    const count = `{ denmark { organisation(id: "dk:consortium:l") { ... on DanishConsortium { members { totalCount } } } } }`;
    const path = ['denmark', 'organisation', 'members', 'totalCount'];
    const before = Number(at(await catalogue.query(count), ...path));
    const input = (memberId: string) => ({ ...admission, memberId, idempotencyKey: memberId, reason: 'for a test' });
    const { data } = await catalogue.executeAs(
      catalogueEditor,
      `mutation ($one: AdmitMemberInput!, $two: AdmitMemberInput!) {
        one: admitMember(input: $one) { membership { consortium { members { totalCount } } } }
        two: admitMember(input: $two) { membership { consortium { members { totalCount } } } } }`,
      { one: input('is:administration:0000'), two: input('is:administration:1000') },
    );
    const counted = ['membership', 'consortium', 'members', 'totalCount'];
    expect(['one', 'two'].map((alias) => at(data, alias, ...counted))).toEqual([before + 1, before + 2]);
  });

  it('rejects unauthenticated and unauthorised clients before it reads anything', async () => {
    const query = `mutation ($input: AdmitMemberInput!) { admitMember(input: $input) { failures { code } } }`;
    const input = { ...admission, idempotencyKey: 'k', reason: 'r' };
    catalogue.statements();
    const codeFor = async (editor: typeof editorOfA | null, overrides: object): Promise<unknown> => {
      const { data, errors } = await catalogue.executeAs(editor, query, { input: { ...input, ...overrides } });
      expect(data).toBeNull();
      return errors?.map(({ extensions }) => extensions['code']);
    };
    expect(await codeFor(null, {})).toEqual(['UNAUTHENTICATED']);
    expect(await codeFor(editorOfA, {})).toEqual(['FORBIDDEN']);
    expect(await codeFor(editorOfA, { consortiumId: 'dk:consortium:unknown' })).toEqual(['FORBIDDEN']);
    expect(catalogue.statements()).toEqual([]);
  });

  it('does not exist at the subgraph endpoint', async () => {
    const { errors } = await catalogue.executeAsGateway('mutation { admitMember(input: {}) { failures { code } } }');
    expect(errors?.[0]?.message).toBe('Schema is not configured to execute mutation operation.');
  });
});

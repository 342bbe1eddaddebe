import { sha256 } from './document-store.js';
import { createPersistedQueries } from './persisted-queries.js';
import { startTestHandler, type TestHandler } from '../testing/test-handler.js';

let handler: TestHandler;
beforeAll(async () => {
  handler = await startTestHandler();
});
afterAll(() => handler.stop());

const query = 'query A { greeting } query B { __typename }';
const greeting = { data: { greeting: 'hello' } };
const by = (sha256Hash: string, version = 1) => ({
  operationName: 'A',
  extensions: { persistedQuery: { version, sha256Hash } },
});
const right = by(sha256(query));

const codeOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return [response.status, errors?.[0]?.extensions.code];
};

it('a hash replaces its text once that was sent, by GET too', async () => {
  const unknown = await handler.post(right);
  expect(unknown.headers.get('cache-control')).toBe('no-store');
  expect([unknown.status, await unknown.json()]).toEqual([
    200,
    { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
  ]);
  expect(await (await handler.post({ query, ...right })).json()).toEqual(greeting);
  expect(await (await handler.post(right)).json()).toEqual(greeting);
  const extensions = encodeURIComponent(JSON.stringify(right.extensions));
  expect(await (await handler.get(`?operationName=A&extensions=${extensions}`)).json()).toEqual(greeting);
});

it('a text with the hash of another text is rejected', async () => {
  const wrong = by(sha256('{ other }'));
  expect(await codeOf(await handler.post({ query, ...wrong }))).toEqual([400, 'PERSISTED_QUERY_MISMATCH']);
  expect(await codeOf(await handler.post(wrong))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
});

it('another version of the protocol is rejected', async () => {
  expect(await codeOf(await handler.post({ query, ...by(sha256(query), 2) }))).toEqual([
    200,
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ]);
});

it('the least recently used texts are evicted when the store is full', () => {
  const documents = createPersistedQueries(1);
  const resolve = (text: string | null, ofText = text) =>
    documents.resolve({
      httpRequest: { method: 'POST', search: '', body: {} },
      params: {
        query: text,
        operationName: null,
        variables: null,
        documentId: null,
        sha256Hash: sha256(ofText ?? ''),
      },
    }).params?.query;
  const long = (letter: string): string => letter.repeat(400_000);
  for (const letter of 'abc') resolve(long(letter));
  expect(resolve(null, long('c'))).toBe(long('c'));
  expect(() => resolve(null, long('a'))).toThrow('PersistedQueryNotFound');
});

import { sha256 } from './document-store.js';
import { startTestHandler, type TestHandler } from '../testing/test-handler.js';
import { createTrustedDocuments } from './trusted-documents.js';

const greet = 'query Greet { greeting }';
const danish = 'query Danish($id: ID) { denmark(id: $id) { title } } query Other { __typename }';

let handler: TestHandler;
beforeAll(async () => {
  handler = await startTestHandler({
    documents: createTrustedDocuments({ [`sha256:${sha256(greet)}`]: greet, 'x-danish-2': danish }),
  });
});
afterAll(() => handler.stop());

const greeting = { data: { greeting: 'hello' } };
const persisted = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } } });
const address = (parameters: Record<string, string>): string => `?${new URLSearchParams(parameters).toString()}`;

it.each([
  ['its id', { documentId: `sha256:${sha256(greet)}` }],
  ['its exact text', { query: greet }],
  ['its hash', persisted(greet)],
])('executes a trusted document by %s', async (_how, body) => {
  expect(await (await handler.post(body)).json()).toEqual(greeting);
});

it('executes a trusted document by any form of id, and by its hash', async () => {
  const variables = { id: 'x' };
  for (const name of [{ documentId: 'x-danish-2' }, { documentId: `sha256:${sha256(danish)}` }, persisted(danish)]) {
    const response = await handler.post({ ...name, operationName: 'Danish', variables });
    expect(await response.json()).toMatchObject({
      data: { denmark: { title: expect.stringMatching(/^x/) as string } },
    });
  }
});

it('executes a trusted document by GET', async () => {
  expect(await (await handler.get(address({ documentId: `sha256:${sha256(greet)}` }))).json()).toEqual(greeting);
  const parameters = { documentId: 'x-danish-2', operationName: 'Danish', variables: '{"id":"y"}' };
  expect(await (await handler.get(address(parameters))).json()).toMatchObject({ data: { denmark: {} } });
});

const rejected: readonly (readonly [string, unknown])[] = [
  ['a text that is not trusted', { query: '{ greeting }' }],
  ['a text that differs from a trusted one by a space', { query: `${greet} ` }],
  ['another text with an unknown id', { query: '{ broken }', documentId: 'x-none' }],
  ['another text with the hash of a trusted document', { query: '{ broken }', ...persisted(greet) }],
  ['an unknown id', { documentId: 'x-none' }],
  ['an unknown hash', persisted('{ greeting }')],
  ['a body without a document', {}],
  ['malformed params', { query: '{ greeting }', variables: '{}' }],
  ['a batch', [{ query: greet }]],
];
it.each(rejected)('rejects %s', async (_what, body) => {
  const response = await handler.post(body);
  expect([response.status, await response.json()]).toEqual([
    403,
    {
      errors: [
        { message: expect.stringContaining('documentId') as string, extensions: { code: 'DOCUMENT_NOT_TRUSTED' } },
      ],
    },
  ]);
});

it('rejects a URL with two texts', async () => {
  const query = encodeURIComponent(greet);
  expect((await handler.get(`?query=${query}&query={broken}`)).status).toBe(403);
});

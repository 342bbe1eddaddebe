import { startTestHandler, type TestHandler } from '../testing/test-handler.js';
import { disableIntrospection } from './disable-introspection.js';

let handler: TestHandler;
beforeAll(async () => {
  handler = await startTestHandler(
    {},
    { validationRules: [disableIntrospection], hideSchemaDetailsFromClientErrors: true },
  );
});
afterAll(() => handler.stop());

it.each(['{ __schema { types { name } } }', '{ ...A } fragment A on Query { t: __type(name: "Query") { name } }'])(
  'rejects %s',
  async (query) => {
    const response = await handler.post({ query });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        errors: [
          {
            message: expect.stringContaining('Introspection is disabled') as string,
            locations: expect.any(Array) as unknown[],
            extensions: { code: 'INTROSPECTION_DISABLED' },
          },
        ],
      },
    ]);
  },
);

it('allows `__typename`', async () => {
  expect(await (await handler.post({ query: '{ __typename }' })).json()).toEqual({ data: { __typename: 'Query' } });
});

it('suggests no names of fields', async () => {
  expect(await (await handler.post({ query: '{ greetin }' })).text()).not.toContain('greeting');
});

import { startTestHandler, type TestHandler } from '../testing/test-handler.js';
import type { GatewayContext, ServiceState } from '../request/request-context.js';
import type { CatalogueState } from './catalogue-states.js';
import { addCatalogueStates, recordCacheability } from './apollo-plugins.js';

const outdated = new Map<string, CatalogueState>([['IT', 'STALE']]);
const contexts: GatewayContext[] = [];
const rememberContext = {
  requestDidStart: ({ contextValue }: { contextValue: GatewayContext }) => {
    contexts.push(contextValue);
    return Promise.resolve();
  },
};

let handler: TestHandler;
beforeAll(async () => {
  handler = await startTestHandler(
    {},
    { plugins: [rememberContext, addCatalogueStates({ outdatedCountries: () => outdated }), recordCacheability] },
  );
});
afterAll(() => handler.stop());

const execute = async (query: string) => {
  const body = (await (await handler.post({ query })).json()) as { extensions?: unknown; errors?: unknown };
  return { extensions: body.extensions, maxAgeSeconds: contexts.at(-1)?.outcome.maxAgeSeconds };
};

it('the plugins add no catalogue states if no catalogue was requested', async () => {
  expect(await execute('{ greeting }')).toEqual({ extensions: undefined, maxAgeSeconds: 60 });
});

it('the plugins add the state of each requested catalogue', async () => {
  expect(await execute('{ denmark { title } }')).toEqual({
    extensions: { catalogues: [{ country: 'DK', state: 'OK' }] },
    maxAgeSeconds: 60,
  });
});

it.each<ServiceState>(['UNAVAILABLE', 'TIMEOUT', 'ERROR'])(
  'the plugins record no max age if a catalogue is %s',
  async (state) => {
    handler.denmark.state = state;
    expect(await execute('{ denmark { title } }')).toEqual({
      extensions: { catalogues: [{ country: 'DK', state }] },
      maxAgeSeconds: undefined,
    });
    handler.denmark.state = 'OK';
  },
);

it('the plugins add the outdated countries if the index was requested', async () => {
  expect(await execute('{ denmark { title } solutions }')).toMatchObject({
    extensions: {
      catalogues: [
        { country: 'DK', state: 'OK' },
        { country: 'IT', state: 'STALE' },
        { service: 'europe', state: 'OK' },
      ],
    },
    maxAgeSeconds: 60,
  });
});

it('the plugins record the max age of the contract', async () => {
  expect(await execute('{ catalogueStatus }')).toMatchObject({ maxAgeSeconds: 0 });
  expect(await execute('{ denmark { title changes } }')).toMatchObject({ maxAgeSeconds: 0 });
});

it.each(['{ nope }', '{', '{ broken }', 'query A { greeting } query B { greeting }'])(
  'the plugins record no max age for a response with errors: %s',
  async (query) => {
    expect((await execute(query)).maxAgeSeconds).toBeUndefined();
  },
);

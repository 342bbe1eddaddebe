import { startTestHandler, type TestHandler } from '../testing/test-handler.js';
import type { GatewayContext, ServiceState } from '../request/request-context.js';
import type { CatalogueState } from './catalogue-states.js';
import { addCatalogueStates, recordCacheability } from './apollo-plugins.js';

const behind = new Map<string, CatalogueState>([['IT', 'STALE']]);
const contexts: GatewayContext[] = [];
const remember = {
  requestDidStart: ({ contextValue }: { contextValue: GatewayContext }) => {
    contexts.push(contextValue);
    return Promise.resolve();
  },
};

let handler: TestHandler;
beforeAll(async () => {
  handler = await startTestHandler(
    {},
    { plugins: [remember, addCatalogueStates({ outdatedCountries: () => behind }), recordCacheability] },
  );
});
afterAll(() => handler.stop());

const ask = async (query: string) => {
  const answer = (await (await handler.post({ query })).json()) as { extensions?: unknown; errors?: unknown };
  return { extensions: answer.extensions, keepFor: contexts.at(-1)?.outcome.maxAgeSeconds };
};

it('the plugins add no catalogue states if no catalogue was requested', async () => {
  expect(await ask('{ greeting }')).toEqual({ extensions: undefined, keepFor: 60 });
});

it('the plugins add the state of each requested catalogue', async () => {
  expect(await ask('{ denmark { title } }')).toEqual({
    extensions: { catalogues: [{ country: 'DK', state: 'OK' }] },
    keepFor: 60,
  });
});

it.each<ServiceState>(['UNAVAILABLE', 'TIMEOUT', 'ERROR'])(
  'the plugins record no max age if a catalogue is %s',
  async (state) => {
    handler.denmark.state = state;
    expect(await ask('{ denmark { title } }')).toEqual({
      extensions: { catalogues: [{ country: 'DK', state }] },
      keepFor: undefined,
    });
    handler.denmark.state = 'OK';
  },
);

it('the plugins add the outdated countries if the index was requested', async () => {
  expect(await ask('{ denmark { title } solutions }')).toMatchObject({
    extensions: {
      catalogues: [
        { country: 'DK', state: 'OK' },
        { country: 'IT', state: 'STALE' },
        { service: 'europe', state: 'OK' },
      ],
    },
    keepFor: 60,
  });
});

it('the plugins record the max age of the contract', async () => {
  expect(await ask('{ catalogueStatus }')).toMatchObject({ keepFor: 0 });
  expect(await ask('{ denmark { title changes } }')).toMatchObject({ keepFor: 0 });
});

it.each(['{ nope }', '{', '{ broken }', 'query A { greeting } query B { greeting }'])(
  'the plugins record no max age for a response with errors: %s',
  async (query) => {
    expect((await ask(query)).keepFor).toBeUndefined();
  },
);

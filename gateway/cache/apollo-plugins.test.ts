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

let door: TestHandler;
beforeAll(async () => {
  door = await startTestHandler(
    {},
    { plugins: [remember, addCatalogueStates({ outdatedCountries: () => behind }), recordCacheability] },
  );
});
afterAll(() => door.stop());

const ask = async (query: string) => {
  const answer = (await (await door.post({ query })).json()) as { extensions?: unknown; errors?: unknown };
  return { extensions: answer.extensions, keepFor: contexts.at(-1)?.outcome.maxAgeSeconds };
};

it('say nothing of catalogues where none was asked', async () => {
  expect(await ask('{ greeting }')).toEqual({ extensions: undefined, keepFor: 60 });
});

it('say of each that was asked how it did', async () => {
  expect(await ask('{ denmark { title } }')).toEqual({
    extensions: { catalogues: [{ country: 'DK', state: 'OK' }] },
    keepFor: 60,
  });
});

it.each<ServiceState>(['UNAVAILABLE', 'TIMEOUT', 'ERROR'])(
  'let no answer be kept of which one is %s',
  async (state) => {
    door.denmark.state = state;
    expect(await ask('{ denmark { title } }')).toEqual({
      extensions: { catalogues: [{ country: 'DK', state }] },
      keepFor: undefined,
    });
    door.denmark.state = 'OK';
  },
);

it('say of what comes from the index which countries it is behind', async () => {
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

it('let an answer be kept for as long as the contract says', async () => {
  expect(await ask('{ catalogueStatus }')).toMatchObject({ keepFor: 0 });
  expect(await ask('{ denmark { title changes } }')).toMatchObject({ keepFor: 0 });
});

it.each(['{ nope }', '{', '{ broken }', 'query A { greeting } query B { greeting }'])(
  'let nothing be kept that has errors: %s',
  async (query) => {
    expect((await ask(query)).keepFor).toBeUndefined();
  },
);

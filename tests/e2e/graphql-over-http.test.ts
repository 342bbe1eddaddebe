import { serverAudits } from 'graphql-http';

import { startWorld, type World } from '../support/test-graph.js';

// https://graphql.github.io/graphql-over-http: every check, those of what should and may be included.

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(() => world.stop());

const doors = ['gateway', 'denmark', 'belgium', 'italy'];

const auditsOf = (door: string) => serverAudits({ url: () => world.doors[door] ?? '', fetchFn: fetch });

describe.each(doors)('%s speaks GraphQL over HTTP', (door) => {
  it.each(auditsOf(door).map(({ id, name }) => [id, name]))('%s: %s', async (id) => {
    const audit = auditsOf(door).find((one) => one.id === id);
    const result = await audit?.fn();
    expect(result?.status === 'ok' ? 'ok' : `${result?.status ?? ''}: ${result?.reason ?? ''}`).toBe('ok');
  });
});

import { serverAudits } from 'graphql-http';

import { startTestGraph, type TestGraph } from '../support/test-graph.js';

// https://graphql.github.io/graphql-over-http: every check, those of what should and may be included.

let world: TestGraph;
beforeAll(async () => {
  world = await startTestGraph();
}, 120_000);
afterAll(() => world.stop());

const doors = ['gateway', 'denmark', 'belgium', 'italy'];

const auditsOf = (door: string) => serverAudits({ url: () => world.endpoints[door] ?? '', fetchFn: fetch });

describe.each(doors)('%s speaks GraphQL over HTTP', (door) => {
  it.each(auditsOf(door).map(({ id, name }) => [id, name]))('%s: %s', async (id) => {
    const audit = auditsOf(door).find((one) => one.id === id);
    const result = await audit?.fn();
    expect(result?.status === 'ok' ? 'ok' : `${result?.status ?? ''}: ${result?.reason ?? ''}`).toBe('ok');
  });
});

import { serverAudits } from 'graphql-http';

import { startTestGraph, type TestGraph } from '../support/test-graph.js';

// https://graphql.github.io/graphql-over-http: all audits, including those of SHOULD and MAY.

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
}, 120_000);
afterAll(() => graph.stop());

const services = ['gateway', 'denmark', 'belgium', 'italy'];

const auditsOf = (service: string) => serverAudits({ url: () => graph.endpoints[service] ?? '', fetchFn: fetch });

describe.each(services)('%s complies with GraphQL over HTTP', (service) => {
  it.each(auditsOf(service).map(({ id, name }) => [id, name]))('%s: %s', async (id) => {
    const audit = auditsOf(service).find((one) => one.id === id);
    const result = await audit?.fn();
    expect(result?.status === 'ok' ? 'ok' : `${result?.status ?? ''}: ${result?.reason ?? ''}`).toBe('ok');
  });
});

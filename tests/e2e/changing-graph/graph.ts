import { startTestGraph, type TestGraph } from '../../support/test-graph.js';

/** The graph of all tests in this folder, which change its data. Europe follows the changes. Each test leaves all subgraphs up. */
export let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({ followIntervalMs: 100 });
}, 300_000);
afterAll(() => graph.stop());

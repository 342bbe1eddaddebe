import { startTestGraph, type TestGraph } from '../../support/test-graph.js';

/** The graph of all tests in this folder. None of them changes its data, and each leaves all subgraphs up. */
export let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
}, 300_000);
afterAll(() => graph.stop());

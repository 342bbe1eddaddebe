import { parse, type SelectionSetNode, visit } from 'graphql';

import { apiSchema } from '../../schema/sdl/api-schema.js';
import { readProjectFile } from '../../schema/files.js';
import { type PlainGateway, startPlainGateway } from '../support/apollo-gateway.js';
import { randomOperations } from './random-operations.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';

// Our gateway executes query plans itself: its responses must equal those of @apollo/gateway.

const supergraph = readProjectFile('schema/supergraph.graphql');
const operations = randomOperations(apiSchema('supergraph', supergraph), 20_261_126, 200);

let graph: TestGraph;
let plain: PlainGateway;
beforeAll(async () => {
  graph = await startTestGraph();
  plain = await startPlainGateway(supergraph, graph.subgraphUrls);
}, 110_000);
afterAll(async () => {
  await plain.stop();
  await graph.stop();
});

/** The number of operations that match a pattern. */
const countMatching = (pattern: RegExp): number => operations.filter(({ query }) => pattern.test(query)).length;

it('the random operations have every form that an operation can have', () => {
  for (const pattern of [/fragment F/, /\.\.\. on/, /@skip/, /@include/, /kind_: __typename/, /x\d_\w+:/])
    expect(countMatching(pattern)).toBeGreaterThan(20);
  const depths = operations.map(({ query }) => {
    let depth = 0;
    visit(parse(query), {
      SelectionSet: (_set: SelectionSetNode, _key, _parent, path) => {
        depth = Math.max(depth, path.filter((step) => step === 'selectionSet').length);
      },
    });
    return depth;
  });
  expect(Math.max(...depths)).toBeGreaterThan(6);
});

it.each(operations.map((operation, number) => ({ number, ...operation })))(
  'the response to operation $number equals that of @apollo/gateway, letter for letter',
  async ({ number, query, variables }) => {
    const theirs = JSON.stringify(await plain.query(query, variables));
    // The gateway executes a known operation in another way: only some are repeated, because it takes time.
    for (let turn = number % 5 === 0 ? 0 : 1; turn < 2; turn += 1) {
      const ours = await graph.query(query, variables);
      expect(ours.errors).toBeUndefined();
      expect(JSON.stringify(ours.data)).toBe(theirs);
    }
  },
);

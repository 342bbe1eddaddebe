import { parse, type SelectionSetNode, visit } from 'graphql';

import { apiSchema } from '../../schema/sdl/api-schema.js';
import { readProjectFile } from '../../schema/files.js';
import { type PlainGateway, startPlainGateway } from '../support/apollo-gateway.js';
import { randomOperations } from './random-operations.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';

// What runs the plans is our own; what it answers must be what @apollo/gateway answers.

const supergraph = readProjectFile('schema/supergraph.graphql');
const operations = randomOperations(apiSchema('supergraph', supergraph), 20_261_123, 200);

let world: TestGraph;
let plain: PlainGateway;
beforeAll(async () => {
  world = await startTestGraph();
  plain = await startPlainGateway(supergraph, world.subgraphUrls);
}, 60_000);
afterAll(async () => {
  await plain.stop();
  await world.stop();
});

/** How many of the operations hold something. */
const holding = (what: RegExp): number => operations.filter(({ query }) => what.test(query)).length;

it('tries every form that an operation can have', () => {
  for (const what of [/fragment F/, /\.\.\. on/, /@skip/, /@include/, /kind_: __typename/, /x\d_\w+:/])
    expect(holding(what)).toBeGreaterThan(20);
  const depths = operations.map(({ query }) => {
    let deepest = 0;
    visit(parse(query), {
      SelectionSet: (_set: SelectionSetNode, _key, _parent, path) => {
        deepest = Math.max(deepest, path.filter((step) => step === 'selectionSet').length);
      },
    });
    return deepest;
  });
  expect(Math.max(...depths)).toBeGreaterThan(6);
});

it.each(operations.map((operation, number) => ({ number, ...operation })))(
  'answers operation $number as @apollo/gateway does, letter for letter',
  async ({ number, query, variables }) => {
    const theirs = JSON.stringify(await plain.ask(query, variables));
    // The second time it is known, and answered another way: tried with some of them, because it takes its time.
    for (let turn = number % 5 === 0 ? 0 : 1; turn < 2; turn += 1) {
      const ours = await world.ask(query, variables);
      expect(ours.errors).toBeUndefined();
      expect(JSON.stringify(ours.data)).toBe(theirs);
    }
  },
);

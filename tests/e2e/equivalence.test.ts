import { parse, type SelectionSetNode, visit } from 'graphql';

import { apiSchema } from '../../schema/sdl/api-schema.js';
import { readProjectFile } from '../../schema/files.js';
import { type PlainGateway, startPlainGateway } from '../support/apollo-gateway.js';
import { randomOperations, takeOperations } from '../specification/random-operations.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';

// Our gateway executes query plans itself: its responses must equal those of @apollo/gateway.

const supergraph = readProjectFile('schema/supergraph.graphql');

/** Root fields with arguments that return data. */
const roots: readonly string[] = [
  'denmark',
  'belgium',
  'italy',
  'catalogues',
  'catalogues(countries: ["IT", "DK"])',
  'organisation(id: "dk:administration:0820")',
  'organisation(id: "be:consortium:0841470248")',
  'organisations(ids: ["it:consortium:sannio-it", "dk:consortium:41849983"], identifiers: [{ scheme: "BE_NIS", notation: "25110" }])',
  'administration(identifier: { scheme: "DK_KOMMUNE", notation: "0751" })',
  'administration(identifier: { scheme: "IT_ISTAT", notation: "062008" })',
  'administrations(first: 3, search: "bil")',
  'consortia(first: 4)',
  'codes(first: 3)',
  'crosswalk(from: { scheme: "TOPIC", notation: "library" })',
  'needs(first: 3, topic: "library")',
  'peers(first: 3, of: "dk:administration:0820")',
  'solution(address: "github.com/os2mo/os2mo")',
  'solutions(first: 3, search: "plone")',
  'solutions(first: 2, filter: { minAdopters: 2 })',
  'solutionChanges(first: 3)',
  'suppliers(first: 3)',
  'adoptions(first: 3)',
  'reuseCheck(topics: ["meeting-management"], for: "be:administration:92094")',
  'reuseMatrix',
  'node(id: "be:consortium:0841470248")',
  'nodes(ids: ["dk:catalogue", "github.com/os2mo/os2mo", "it:administration:062008"])',
];
/** Fields that change from one moment to the next cannot be compared. */
const excluded = ['changes', 'catalogueStatus', 'staleCatalogues', 'notConsidered', 'record', 'reuseCheckRecord'];
const operations = takeOperations(
  randomOperations(apiSchema('supergraph', supergraph), 20_261_126, { roots, excluded }),
  200,
);

let graph: TestGraph;
let plain: PlainGateway;
beforeAll(async () => {
  graph = await startTestGraph({ followIntervalMs: 1_000 });
  plain = await startPlainGateway(supergraph, graph.subgraphUrls);
}, 300_000);
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

import { checkSameGraph, type GraphIdentity } from './same-graph.js';

const served: GraphIdentity = {
  subgraphs: ['denmark', 'italy'],
  rootFields: ['denmark', 'italy', 'catalogues', 'search'],
};
const check = (next: Partial<GraphIdentity>) => () => {
  checkSameGraph(served, { ...served, ...next });
};

it.each<[string, Partial<GraphIdentity>]>([
  ['the same one', {}],
  [
    'one with more subgraphs and fields',
    { subgraphs: ['france', 'italy', 'denmark'], rootFields: [...served.rootFields, 'france'] },
  ],
  ['one in which half of the fields have other names', { rootFields: ['denmark', 'italy', 'a', 'b', 'c'] }],
])('checkSameGraph accepts %s', (_what, next) => {
  expect(check(next)).not.toThrow();
});

it('checkSameGraph rejects one that lacks a subgraph, and names those of both', () => {
  expect(check({ subgraphs: ['italy', 'shop'] })).toThrow(
    'it is a different graph: it has the subgraphs italy, shop, and lacks denmark of those that are served, denmark, italy. To serve it, restart the gateway, or set ALLOW_DIFFERENT_GRAPH=true',
  );
  expect(check({ subgraphs: [] })).toThrow('it has the subgraphs (none), and lacks denmark, italy');
});

it('checkSameGraph rejects one that lacks most root fields, and names those of both', () => {
  expect(check({ rootFields: ['denmark', 'shop'] })).toThrow(
    'its query type has the fields denmark, shop, and only 1 of the 4 that are served: catalogues, denmark, italy, search.',
  );
});

import { parse as parseCsv } from 'csv-parse/sync';

import { startTestPortal, type TestPortal } from '../../services/portal/testing/start-test-portal.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';

let graph: TestGraph;
let portal: TestPortal;
beforeAll(async () => {
  graph = await startTestGraph();
  portal = await startTestPortal(`${graph.origin}/graphql`);
}, 120_000);
afterAll(async () => {
  await portal.stop();
  await graph.stop();
});

describe('an export', () => {
  const readRows = async (path: string): Promise<string[][]> =>
    parseCsv(await (await portal.fetch(path)).text(), { record_delimiter: '\r\n', relax_column_count: true });

  it('has all consortia of all countries, in the order of the graph', async () => {
    const { data } = await graph.query('{ consortia(first: 200) { totalCount nodes { id } } }');
    const { totalCount, nodes } = data?.['consortia'] as { totalCount: number; nodes: { id: string }[] };
    const [header, ...rows] = await readRows('/export/consortia.csv?complete=true');
    expect([header?.[0], rows.length]).toEqual(['id', totalCount]);
    expect(rows.slice(0, 200).map(([id]) => id)).toEqual(nodes.map(({ id }) => id));
  });

  it('names a country that is down in its first line, and is rejected if it has to be complete', async () => {
    await graph.stopSubgraphs(['belgium']);
    const [first, header, ...rows] = await readRows('/export/consortia.csv');
    expect([first, header?.[0], rows.length > 0]).toEqual([['# incomplete: BE UNAVAILABLE'], 'id', true]);
    expect((await portal.fetch('/export/consortia.jsonl?complete=true')).status).toBe(503);
    await graph.stopSubgraphs([]);
  });
});

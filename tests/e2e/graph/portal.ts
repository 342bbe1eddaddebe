import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { parseFeed } from '@rowanmanning/feed-parser';
import { parse as parseCsv } from 'csv-parse/sync';
import { Parser, Store } from 'n3';

import { followAddresses } from '../../../services/portal/testing/follow-addresses.js';
import { findResponseProblems } from '../../../services/portal/testing/open-catalog-validator.js';
import { startTestPortal, type TestPortal } from '../../../services/portal/testing/start-test-portal.js';
import { findDcatProblems } from '../../../services/portal/testing/validate-rdf.js';
import { countries } from '../../../schema/values/countries.js';
import { examples } from '../examples.js';
import { graph } from './graph.js';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal(`${graph.origin}/graphql`);
});
afterAll(() => portal.stop());

describe('the Open Catalog API', () => {
  it('serves all software and publishers of all countries as its OpenAPI document states', async () => {
    const found: Record<string, number> = {};
    for (const path of ['/software', '/publishers', '/catalogs']) {
      for (let query: string | null = '?page[size]=100'; query !== null;) {
        const response = await portal.fetch(`/v1${path}${query}`);
        const body = (await response.json()) as { data: object[]; links: { next: string | null } };
        expect(findResponseProblems(path, response.status, body)).toEqual([]);
        found[path] = (found[path] ?? 0) + body.data.length;
        query = body.links.next;
      }
    }
    const { data } = await graph.query(
      `{ ${countries.map(({ folder }) => `${folder} { records(first: 200) { nodes { url publiccodeFile { text } } } }`).join(' ')} }`,
    );
    type Records = Record<string, { records: { nodes: { url: string | null; publiccodeFile: object | null }[] } }>;
    const records = Object.values(data as Records).flatMap(({ records: { nodes } }) => nodes);
    expect(found).toMatchObject({
      '/software': records.filter(({ url, publiccodeFile }) => url !== null && publiccodeFile !== null).length,
      '/catalogs': countries.length,
    });
  });
});

describe('linked data', () => {
  const dumps: Store[] = [];

  it.each(countries)(
    'is a whole dump of the catalogue of $name, valid by the shapes of SEMIC',
    async ({ code, folder }) => {
      const response = await portal.fetch(`/dcat/${code.toLowerCase()}.nt`);
      const text = await response.text();
      expect([response.status, text.slice(0, 200)]).toEqual([200, expect.stringMatching(/^</)]);
      const dump = new Store(new Parser({ format: 'N-Triples' }).parse(text));
      const { data } = await graph.query(`{ ${folder} { records { totalCount } } }`);
      const { totalCount } = (data as Record<string, { records: { totalCount: number } }>)[folder]?.records ?? {};
      expect(dump.getObjects(null, 'http://www.w3.org/ns/dcat#record', null)).toHaveLength(totalCount ?? -1);
      expect(await findDcatProblems(dump)).toEqual([]);
      dumps.push(dump);
    },
  );

  it('describes what has an address in the dumps, in the needs, and in all documents to which they lead', async () => {
    const { data } = await graph.query('{ needs(first: 200) { nodes { id } } }');
    const { nodes } = data?.['needs'] as { nodes: { id: string }[] };
    const base = `${portal.origin.replace('127.0.0.1', 'localhost')}/id`;
    const needs = nodes.map(({ id }) => `<${base}/${id}> a <urn:need> .`).join('\n');
    const documents = [...dumps, new Store(new Parser().parse(needs))];
    const { kinds, problems } = await followAddresses(portal, base, documents);
    expect(kinds.length).toBeGreaterThan(30);
    expect(problems).toEqual([]);
  });
});

describe('an Atom feed', () => {
  it('has the users of a solution, with times and sources', async () => {
    const { data } = await graph.query(
      '{ solutions(orderBy: { field: ADOPTERS }, first: 1) { nodes { id name adoptions { totalCount nodes { administrationId } } } } }',
    );
    type Solutions = {
      solutions: { nodes: [{ id: string; adoptions: { totalCount: number; nodes: { administrationId: string }[] } }] };
    };
    const { id, adoptions } = (data as unknown as Solutions).solutions.nodes[0];
    const { items } = parseFeed(
      await (await portal.fetch(`/feeds/users.atom?solution=${encodeURIComponent(id)}`)).text(),
    );
    expect(items).toHaveLength(Math.min(100, adoptions.totalCount));
    const organisation = adoptions.nodes[0]?.administrationId ?? '';
    const feed = parseFeed(await (await portal.fetch(`/feeds/organisation.atom?id=${organisation}`)).text());
    expect(feed.items.length).toBeGreaterThan(0);
  });
});

describe('an assistant', () => {
  it('gets from each tool what its operation returns for the example, with the sources', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL(`${portal.origin}/mcp`));
    await client.connect(transport);
    for (const { name, query, variables } of examples) {
      const called = await client.callTool({ name: name.replace(/^\d+-/, ''), arguments: variables });
      const { data, sources, missing } = called.structuredContent as {
        data: object;
        sources: string[];
        missing: object;
      };
      expect({ name, data, missing }).toEqual({ name, data: (await graph.query(query, variables)).data, missing: {} });
      expect({ name, hasSources: sources.length > 0 }).toEqual({
        name,
        hasSources: /"source":"/.test(JSON.stringify(data)),
      });
    }
    await client.close();
  });
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

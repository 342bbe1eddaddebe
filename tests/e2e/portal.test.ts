import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { parseFeed } from '@rowanmanning/feed-parser';
import { parse as parseCsv } from 'csv-parse/sync';
import { Parser, Store } from 'n3';

import { followAddresses } from '../../services/portal/testing/follow-addresses.js';
import { findResponseProblems } from '../../services/portal/testing/open-catalog-validator.js';
import { startTestPortal, type TestPortal } from '../../services/portal/testing/start-test-portal.js';
import { findDcatProblems } from '../../services/portal/testing/validate-rdf.js';
import { countries } from '../../schema/values/countries.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { examples } from './examples.js';
import { type FeedCopy, readSyncingPage } from './syncing.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';

let graph: TestGraph;
let portal: TestPortal;
beforeAll(async () => {
  graph = await startTestGraph({ followIntervalMs: 200 });
  portal = await startTestPortal(`${graph.origin}/graphql`);
}, 120_000);
afterAll(async () => {
  await portal.stop();
  await graph.stop();
});

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

// Last, because it changes and deletes.
describe('docs/syncing.md', () => {
  it('keeps a copy of a country and of the solutions up to date, deletions and a restart of the feed included', async () => {
    const { follow, createCatalogueCopy, operations } = readSyncingPage();
    const catalogue = createCatalogueCopy();
    const sync = () =>
      follow(
        graph.query,
        operations['FollowCatalogue'] ?? '',
        { catalogue: 'dk:catalogue' },
        ({ node }: { node: { changes: unknown } | null }) => node?.changes,
        catalogue,
      );
    const solutions: FeedCopy = {
      feedId: null,
      cursor: null,
      objects: new Map(),
      apply: ({ solutionId, solution }) => {
        if (solution === null) solutions.objects.delete(String(solutionId));
        else solutions.objects.set(String(solutionId), solution);
      },
    };
    const syncSolutions = () =>
      follow(
        graph.query,
        operations['FollowSolutions'] ?? '',
        {},
        ({ solutionChanges }: { solutionChanges: unknown }) => solutionChanges,
        solutions,
      );
    const countObjects = (subject: string): number =>
      [...catalogue.objects.keys()].filter((key) => key.startsWith(`${subject} `)).length;
    const countsOf = async () => {
      const { data } = await graph.query(
        '{ denmark { administrations { totalCount } consortia { totalCount } records { totalCount } } solutions { totalCount } }',
      );
      type Count = { totalCount: number };
      const { denmark, solutions: all } = data as unknown as { denmark: Record<string, Count>; solutions: Count };
      return [denmark['records']?.totalCount, all.totalCount];
    };

    await Promise.all([sync(), syncSolutions()]);
    expect([countObjects('RECORD'), solutions.objects.size]).toEqual(await countsOf());
    expect(countObjects('ADOPTION')).toBeGreaterThan(0);

    const before = new Map(catalogue.objects);
    await graph.write(
      'denmark',
      `UPDATE organisation SET homepage = 'https://example.org/' WHERE id = 'dk:administration:0820'`,
    );
    await graph.write('denmark', `DELETE FROM catalogue_record WHERE id = 'dk:record:os2dagsorden'`);
    await sync();
    expect(catalogue.objects.has('RECORD dk:record:os2dagsorden')).toBe(false);
    const changed = [...catalogue.objects].filter(([key, at]) => before.get(key) !== at).map(([key]) => key);
    expect(changed).toContain('ADMINISTRATION dk:administration:0820');
    await waitUntil('the index to have deleted the solution', async () => {
      await syncSolutions();
      return (
        solutions.objects.size === (await countsOf())[1] && !solutions.objects.has('github.com/os2web/os2dagsorden')
      );
    });

    const { feedId } = catalogue;
    catalogue.objects.set('RECORD dk:record:never-was', '');
    await graph.write('denmark', 'UPDATE feed SET id = gen_random_uuid()');
    await sync();
    expect([catalogue.feedId === feedId, countObjects('RECORD')]).toEqual([false, (await countsOf())[0]]);
  }, 60_000);
});

import { request } from 'node:http';

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import { readExamples } from '../operations/stored-operations.js';
import { type FakeGateway, startFakeGateway } from '../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../testing/start-test-portal.js';

const provenance = { source: 'https://example.org/source', method: 'DECLARED' };

let gateway: FakeGateway;
let portal: TestPortal;
let client: Client;
beforeAll(async () => {
  gateway = await startFakeGateway({
    administration: ({ identifier }: { identifier: { notation: string } }) => ({
      __typename: 'DanishAdministration',
      name: `Holder of ${identifier.notation}`,
      memberships: [{ consortium: null, during: { start: null, startPrecision: null }, provenance }],
    }),
    catalogues: () => [],
    catalogueStatus: () => [{ country: 'DK', state: 'OK', indexedAt: null, lagSeconds: 0.5, entries: 7 }],
    solutions: () => ({
      totalCount: 0,
      nodes: [],
      facets: [],
      staleCatalogues: [],
    }),
  });
  portal = await startTestPortal(gateway.url, { publicUrl: 'https://portal.example' });
  client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(`${portal.origin}/mcp`));
  await client.connect(transport);
});
afterAll(async () => {
  await client.close();
  await portal.stop();
  await gateway.stop();
});

describe('the MCP server', () => {
  it('has a read-only tool for each operation of the playground, described by its comment', async () => {
    const { tools } = await client.listTools();
    const examples = readExamples();
    expect(tools.map(({ name, description }) => ({ name, description }))).toEqual(
      examples.map(({ name, description }) => ({ name, description })),
    );
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    expect(client.getInstructions()).toContain('source');
  });

  it('derives the input of a tool from the variables of its operation, with an example', async () => {
    const { tools } = await client.listTools();
    const schemaOf = (wanted: string) => tools.find(({ name }) => name === wanted)?.inputSchema;
    expect(schemaOf('is-there-a-solution')).toMatchObject({
      type: 'object',
      properties: { text: { type: 'string' }, for: { type: 'string', examples: ['be:administration:92094'] } },
    });
    // Both have a default, so that the playground opens with an operation that can be executed.
    expect(schemaOf('is-there-a-solution')).not.toHaveProperty('required');
    expect(schemaOf('find-by-code')).toMatchObject({
      properties: {
        code: {
          type: 'object',
          properties: {
            scheme: { type: 'string', description: expect.any(String) as string },
            notation: { type: 'string' },
          },
          required: ['scheme', 'notation'],
          additionalProperties: false,
        },
      },
    });
    expect(schemaOf('across-borders')).toMatchObject({ type: 'object', properties: {} });
  });

  it('returns the data of an operation, with its sources and what is missing', async () => {
    gateway.catalogues = [
      { country: 'DK', state: 'OK' },
      { country: 'BE', state: 'TIMEOUT' },
    ];
    const result = await client.callTool({
      name: 'find-by-code',
      arguments: { code: { scheme: 'DK_KOMMUNE', notation: '0820' } },
    });
    gateway.catalogues = [];
    expect(result.structuredContent).toMatchObject({
      data: { administration: { name: 'Holder of 0820' } },
      missing: { BE: 'TIMEOUT' },
      errors: [],
    });
    expect(JSON.parse((result.content as { text: string }[])[0]?.text ?? '')).toEqual(result.structuredContent);
  });

  it('rejects input that does not fit, and reports what the graph rejects as an error of the tool', async () => {
    const invalid = await client.callTool({ name: 'find-by-code', arguments: { code: { scheme: 7 } } });
    expect([invalid.isError, JSON.stringify(invalid.content)]).toEqual([true, expect.stringContaining('scheme')]);
    const misspelt = await client.callTool({ name: 'who-already-has-it', arguments: { serach: 'x' } });
    expect([misspelt.isError, JSON.stringify(misspelt.content)]).toEqual([
      true,
      expect.stringMatching(/serach.* is not known; allowed: .*search/),
    ]);
    gateway.next.push({
      status: 400,
      body: { errors: [{ message: 'Not a topic.', extensions: { code: 'INVALID_ARGUMENT' } }] },
    });
    const rejected = await client.callTool({ name: 'who-already-has-it', arguments: { search: 'x' } });
    expect(rejected).toMatchObject({ isError: true, content: [{ text: 'INVALID_ARGUMENT: Not a topic.' }] });
  });

  it('has the countries and how up to date they are as a resource', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['reuse-graph://countries']);
    const { contents } = await client.readResource({ uri: 'reuse-graph://countries' });
    expect(JSON.parse((contents[0] as { text: string }).text)).toMatchObject({
      data: { catalogueStatus: [{ country: 'DK', lagSeconds: 0.5 }] },
    });
  });

  const post = (headers: Record<string, string>, body = '{"jsonrpc":"2.0","id":1,"method":"ping"}') =>
    new Promise<number>((resolve, reject) => {
      const sent = request(
        `${portal.origin}/mcp`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject).end(body);
    });

  it('serves only requests for its own host or this machine, and from pages of them', async () => {
    expect(await post({})).toBe(200);
    expect(await post({ host: 'portal.example', origin: 'https://portal.example' })).toBe(200);
    expect(await post({ host: 'evil.example:4020' })).toBe(403);
    expect(await post({ origin: 'https://evil.example' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
  });

  it('rejects what is not JSON-RPC, and other methods than POST, without a server error', async () => {
    for (const body of ['', '{', '{"jsonrpc":"1.0"}', '"x"']) expect(await post({}, body)).toBe(400);
    expect((await portal.fetch('/mcp')).status).toBe(405);
  });

  it('rejects in the form of JSON-RPC, with the named error', async () => {
    const send = async (body: string, type = 'application/json'): Promise<unknown> => {
      const response = await portal.fetch('/mcp', { method: 'POST', headers: { 'content-type': type }, body });
      return { status: response.status, ...((await response.json()) as object) };
    };
    const message = 'The request body is not valid JSON. Send a message of JSON-RPC 2.0 as application/json in UTF-8.';
    expect(await send('{')).toEqual({
      status: 400,
      jsonrpc: '2.0',
      id: null,
      error: { code: -32_700, message, data: { code: 'BAD_REQUEST' } },
    });
    expect(await send('{}', 'text/plain')).toMatchObject({
      status: 415,
      error: { code: -32_000, data: { code: 'BAD_REQUEST' } },
    });
  });
});

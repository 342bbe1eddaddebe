import { get } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { parse as parseCsv } from 'csv-parse/sync';
import { type FieldNode, GraphQLError, type GraphQLResolveInfo } from 'graphql';

import { waitUntil } from '../../kit/testing/wait-until.js';
import { type FakeGateway, startFakeGateway, toPage } from '../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../testing/start-test-portal.js';

/** Names that a spreadsheet or a CSV parser could misread. */
const names = ['Ærø, "Søby"', '=1+1', '@SUM(A1)', '+45', '-1', 'to\nlinjer', '', ' blank ', 'a|b'];
const solution = (index: number) => ({
  id: `github.com/os2/s${index}`,
  name: names[index % names.length],
  categories: index % 2 === 0 ? ['a|b', 'c'] : [],
  licence: null,
  publishers: [
    {
      __typename: 'DanishAdministration',
      name: 'X',
      names: [
        { language: 'da', text: 'Å' },
        { language: 'se', text: 'Š' },
      ],
    },
    null,
  ],
});
const solutions = Array.from({ length: 450 }, (_, index) => solution(index));

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  gateway = await startFakeGateway();
  portal = await startTestPortal(gateway.url);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});
beforeEach(() => {
  gateway.received.length = 0;
  gateway.catalogues = [{ country: 'DK', state: 'OK' }];
  gateway.root = { solutions: (args: { first: number; after: string | null }) => toPage(solutions, args) };
});

const query = '{ solutions { nodes { id name categories licence publishers { name names { language text } } } } }';
const toPath = (parameters: Record<string, string>, path = '/export'): string =>
  `${path}?${new URLSearchParams(parameters).toString()}`;

/** Reads a whole response, with its trailer. `isComplete` is false if the transfer was cut off. */
const download = (path: string, accept = 'text/csv') =>
  new Promise<{ status: number; body: string; rowCount: string | undefined; isComplete: boolean }>(
    (resolve, reject) => {
      get(`${portal.origin}${path}`, { headers: { accept } }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response
          .on('error', () => undefined)
          .on('close', () => {
            const rowCount = response.trailers['x-row-count'];
            resolve({ status: response.statusCode ?? 0, body, rowCount, isComplete: response.complete });
          });
      }).on('error', reject);
    },
  );

/** Whether an operation reads the position of a page, without its rows. */
const selectsPosition = (list: FieldNode | undefined): boolean => list?.selectionSet?.selections.length === 1;

describe('CSV', () => {
  it('has every row of a list of several pages, with a column for each field, and their number in the trailer', async () => {
    const { status, body, rowCount } = await download(toPath({ query }));
    const [header, ...rows] = parseCsv(body, { record_delimiter: '\r\n' });
    expect([status, rowCount, gateway.received.length]).toEqual([200, '450', 3]);
    expect(header).toEqual([
      ...['id', 'name', 'categories', 'licence', 'publishers.name'],
      ...['da', 'de', 'en', 'fr', 'it', 'nl', 'other'].map((language) => `publishers.names.${language}`),
    ]);
    expect(rows.map(([id]) => id)).toEqual(solutions.map(({ id }) => id));
    expect(rows.slice(0, 9).map(([, name]) => name)).toEqual([
      'Ærø, "Søby"',
      "'=1+1",
      "'@SUM(A1)",
      "'+45",
      "'-1",
      'to\nlinjer',
      '',
      ' blank ',
      'a|b',
    ]);
    expect(rows[0]?.slice(2)).toEqual(['a\\|b | c', '', 'X | ', 'Å', '', '', '', '', '', 'se: Š']);
  });

  it('is not read to its end for a HEAD request', async () => {
    const response = await portal.fetch(toPath({ query }), { method: 'HEAD', headers: { accept: 'text/csv' } });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      '',
    ]);
    expect(gateway.received.length).toBeLessThan(3);
  });

  it('is sent to a client of HTTP/1.0, which has no trailers', async () => {
    const socket = connect(Number(new URL(portal.origin).port), '127.0.0.1');
    socket.write(`GET ${toPath({ query })} HTTP/1.0\r\naccept: text/csv\r\n\r\n`);
    const response = await text(socket);
    expect(response.split('\r\n', 1)).toEqual(['HTTP/1.1 200 OK']);
    expect(response.split('\n').filter((line) => line.startsWith('github.com/'))).toHaveLength(450);
  });

  it('begins with a byte order mark only if the client asks for it', async () => {
    const starts = await Promise.all(
      ['true', 'false'].map(async (bom) => (await download(toPath({ query, bom }))).body.slice(0, 3)),
    );
    expect(starts).toEqual(['\uFEFFid', 'id,']);
  });

  it('names in its first line what is missing from the whole list, and is rejected with `complete=true`', async () => {
    gateway.catalogues = [
      { country: 'BE', state: 'UNAVAILABLE' },
      { country: 'IT', state: 'STALE' },
    ];
    const { body } = await download(toPath({ query }));
    expect(body.slice(0, body.indexOf('\r\n'))).toBe('# incomplete: BE UNAVAILABLE, IT STALE');
    expect(parseCsv(body, { comment: '#', record_delimiter: '\r\n' })).toHaveLength(451);
    const rejected = await download(toPath({ query, complete: 'true' }));
    expect([rejected.status, JSON.parse(rejected.body)]).toMatchObject([
      503,
      { errors: [{ extensions: { code: 'INCOMPLETE' } }] },
    ]);
  });

  it('reads a page again if a country is missing from it that the first page had', async () => {
    let hasFailed = false;
    gateway.root = {
      solutions: (args: { first: number; after: string | null }) => {
        const fails = args.after === '199' && !hasFailed;
        hasFailed ||= fails;
        gateway.catalogues = [{ country: 'DK', state: fails ? 'TIMEOUT' : 'OK' }];
        return toPage(solutions, args);
      },
    };
    expect(await download(toPath({ query }))).toMatchObject({ rowCount: '450', isComplete: true });
    expect(hasFailed).toBe(true);
  });

  it('is cut off if a country is missing from a later page of which the first page had rows of a moment ago', async () => {
    gateway.root = {
      solutions: (args: { first: number; after: string | null }) => {
        gateway.catalogues = [{ country: 'DK', state: args.after === null ? 'STALE' : 'TIMEOUT' }];
        if (args.after !== null) gateway.next.push({ status: 500 });
        return toPage(solutions, args);
      },
    };
    expect(await download(toPath({ query }))).toMatchObject({ status: 200, rowCount: undefined, isComplete: false });
    gateway.next.length = 0;
  });

  it('of a long list has all rows in their order, also if its pages move while they are read', async () => {
    const rows = Array.from({ length: 5_400 }, (_, index) => ({ id: `dk:adoption:${index}` }));
    let positions = 0;
    gateway.root = {
      adoptions: (
        { first, after }: { first: number; after: string | null },
        _context: unknown,
        { fieldNodes: [node] }: GraphQLResolveInfo,
      ) => {
        const isPosition = selectsPosition(node);
        // The second position is the one of before a row was added.
        const moved = isPosition && (positions += 1) === 2 ? 1 : 0;
        return toPage(rows, { first: first - moved, after });
      },
    };
    const all = toPath({ query: '{ adoptions { nodes { id } } }' });
    const { body, rowCount } = await download(all);
    expect([rowCount, body.trimEnd().split('\r\n').slice(1)]).toEqual(['5400', rows.map(({ id }) => id)]);
    expect(positions).toBeGreaterThan(3);
    // An operation that selects so much that large pages cost too much is read in others.
    gateway.next.push({ status: 400, body: { errors: [{ message: '', extensions: { code: 'QUERY_TOO_LARGE' } }] } });
    gateway.received.length = 0;
    expect(await download(all)).toMatchObject({ rowCount: '5400', isComplete: true });
    expect(gateway.received.length).toBe(28);
  });

  it('of a long list is read three pages at once, and not more', async () => {
    const rows = Array.from({ length: 9_000 }, (_, index) => ({ id: `dk:adoption:${index}` }));
    let reading = 0;
    let most = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    gateway.root = {
      adoptions: async (
        { first, after }: { first: number; after: string | null },
        _context: unknown,
        { fieldNodes: [node] }: GraphQLResolveInfo,
      ) => {
        if (after === null || selectsPosition(node)) return toPage(rows, { first, after });
        most = Math.max(most, (reading += 1));
        await released;
        reading -= 1;
        return toPage(rows, { first, after });
      },
    };
    const downloading = download(toPath({ query: '{ adoptions { nodes { id } } }' }));
    await waitUntil('three pages to be read', () => reading >= 3);
    release();
    expect(await downloading).toMatchObject({ rowCount: '9000', isComplete: true });
    expect(most).toBe(3);
  });

  it('is cut off, without a number of rows, if a later page cannot be read', async () => {
    gateway.root = {
      solutions: ({ first, after }: { first: number; after: string | null }) => {
        if (after === null) return toPage(solutions, { first, after });
        gateway.next.push(...(Array(9).fill({ status: 500 }) as { status: number }[]));
        throw new GraphQLError('Cursors of this list have changed.', { extensions: { code: 'INVALID_CURSOR' } });
      },
    };
    expect(await download(toPath({ query }))).toMatchObject({ status: 200, rowCount: undefined, isComplete: false });
    gateway.next.length = 0;
  });
});

describe('JSON Lines', () => {
  it('has an object per line, after one that names what is missing', async () => {
    gateway.catalogues = [{ country: 'BE', state: 'ERROR' }];
    const { body } = await download(toPath({ query: '{ solutions { nodes { id licence } } }' }), 'application/jsonl');
    const lines = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toHaveLength(451);
    expect(lines.slice(0, 2)).toEqual([{ incomplete: { BE: 'ERROR' } }, { id: 'github.com/os2/s0', licence: null }]);
  });
});

describe('a stored operation', () => {
  it('is exported by its name and extension, with variables', async () => {
    const path = toPath({ variables: '{"search":"journal"}' }, '/export/solutions.csv');
    const response = await portal.fetch(path);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="solutions.csv"');
    expect((await response.text()).split(',', 3)).toEqual(['id', 'name', 'kind']);
    expect(gateway.received[0]?.variables).toMatchObject({ search: 'journal' });
    const { operations } = (await (await portal.fetch('/export')).json()) as {
      operations: { name: string; variables: object }[];
    };
    expect(operations.find(({ name }) => name === 'solutions')?.variables).toEqual({
      asOf: 'Date',
      search: 'String',
      filter: 'SolutionFilter',
      orderBy: 'SolutionOrder',
    });
  });
});

it('of a stored operation without pages, each item of its list is a row', async () => {
  gateway.root = { organisation: () => ({ __typename: 'DanishAdministration', memberships: [null, null, null] }) };
  const path = toPath({ variables: '{"organisation":"dk:1"}' }, '/export/memberships.jsonl');
  expect(await (await portal.fetch(path)).text()).toBe('null\nnull\nnull\n');
});

describe('a request that is not valid is rejected:', () => {
  const post = async (body: object, accept = 'text/csv') => {
    const response = await portal.fetch('/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(body),
    });
    const { errors } = JSON.parse(await response.text()) as { errors: { extensions: { code: string } }[] };
    return [response.status, errors[0]?.extensions.code];
  };

  it.each([
    ['a field that does not exist', { query: '{ solutions { nodes { nme } } }' }, [400, 'GRAPHQL_VALIDATION_FAILED']],
    ['a body without an operation', {}, [400, 'BAD_REQUEST']],
    ['an operation without a list', { query: '{ __typename }' }, [400, 'INVALID_LIST']],
    ['an object that does not exist', { query: '{ denmark { records { nodes { id } } } }' }, [404, 'NOT_FOUND']],
  ])('%s', async (_what, body, error) => {
    expect(await post(body)).toEqual(error);
  });

  it.each([
    ['/export/solutions.csv?compelte=true&x', '"compelte", "x" are not known; allowed: list, bom, complete, variables'],
    [
      toPath({ query, first: '5' }),
      '"first" is not known; allowed: list, bom, complete, variables, query, operationName',
    ],
    [
      `/export/solutions.csv?${Array.from({ length: 9 }, (_, index) => `${'x'.repeat(99)}${index}=1`).join('&')}`,
      `"${'x'.repeat(50)}" and 4 more are not known`,
    ],
  ])('an unknown parameter, by a message with all that are allowed: %.40s', async (path, message) => {
    const response = await portal.fetch(path, { headers: { accept: 'text/csv' } });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining(JSON.stringify(message).slice(1, -1)),
    ]);
  });

  it('a list below another list, of which each has pages of its own', async () => {
    gateway.root = { catalogues: () => [{ __typename: 'DanishCatalogue', records: () => toPage([], {}) }] };
    expect(await post({ query: '{ catalogues { records { nodes { id } } } }' })).toEqual([400, 'INVALID_LIST']);
  });

  it('an argument that the graph rejects, and a format that is not served', async () => {
    gateway.root = {
      solutions: () => {
        throw new GraphQLError('Not a topic.', { extensions: { code: 'INVALID_ARGUMENT' } });
      },
    };
    expect(await post({ query })).toEqual([400, 'INVALID_ARGUMENT']);
    expect(await post({ query }, 'image/png')).toEqual([406, 'NOT_ACCEPTABLE']);
  });
});

import { getIntrospectionQuery, type IntrospectionQuery } from 'graphql';

import { readProjectFile } from '../../../schema/files.js';
import { examine, meet, type Outcome } from '../../conformance/examine.js';
import { data } from './data/data.js';
import { type RunningSubgraph, startYogaDenmark } from './start.js';

// What a country in another hand owes the graph, tried on one that has nothing of ours but the contract.

interface Answer {
  readonly data?: { readonly denmark?: Record<string, never> | null; readonly _entities?: unknown[] } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code?: string } }[];
}

const secret = 'of this test';
let denmark: RunningSubgraph;
beforeAll(async () => {
  denmark = await startYogaDenmark({ secret });
});
afterAll(() => denmark.stop());

async function post(url: string, query: string, variables: object = {}, headers: object = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}
const ask = (fields: string): Promise<Answer> => post(denmark.openUrl, `{ denmark { ${fields} } }`);
const read = async (fields: string): Promise<unknown> => {
  const { data: found, errors } = await ask(fields);
  expect(errors).toBeUndefined();
  return found?.denmark;
};
const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;
const asGateway = (query: string, variables: object = {}): Promise<Answer> =>
  post(denmark.url, query, variables, { authorization: `Bearer ${secret}` });
const entities = (representations: readonly object[]): Promise<Answer> =>
  asGateway(
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      __typename ... on DanishAdministration { ref id name } ... on DanishConsortium { ref id } ... on DanishCatalogue { id }
    } }`,
    { of: representations },
  );

it('conforms to the contract', async () => {
  const outcomes: Outcome[] = [];
  for await (const outcome of examine(await meet(denmark.url, secret, 'DK'))) outcomes.push(outcome);
  expect(outcomes.filter(({ result }) => result !== 'PASSED')).toEqual([]);
}, 60_000);

describe('doors', () => {
  it('the gateway shows a secret, and reads the schema that the contract gives to Denmark', async () => {
    for (const authorization of ['', 'Bearer ', 'Bearer of another', `Basic ${secret}`]) {
      const response = await fetch(denmark.url, { method: 'POST', headers: { authorization }, body: '{}' });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(codeOf((await response.json()) as Answer)).toBe('UNAUTHENTICATED');
    }
    const { data: found } = (await asGateway('{ _service { sdl } }')) as { data?: { _service: { sdl: string } } };
    expect(found?._service.sdl).toContain('type DanishAdministration implements Administration & Organisation');
  });

  it('people see nothing of federation', async () => {
    const { data: found } = (await post(denmark.openUrl, getIntrospectionQuery())) as { data?: IntrospectionQuery };
    const types = found?.__schema.types ?? [];
    expect(types.map(({ name }) => name)).not.toContain('_Entity');
    const administration = types.find(({ name }) => name === 'DanishAdministration');
    expect(JSON.stringify(administration)).not.toContain('"ref"');
  });

  it('tells how it is, and where there is nothing', async () => {
    const statusOf = async (path: string): Promise<number> => (await fetch(new URL(path, denmark.url))).status;
    expect(await Promise.all(['/health/live', '/health/ready', '/elsewhere'].map(statusOf))).toEqual([200, 200, 404]);
  });

  it('refuses bombs', async () => {
    const deep = `administrations { nodes { ${'memberships { consortium { id members { nodes { member { '.repeat(3)} id ${'} } } } }'.repeat(3)} } }`;
    const aliases = Array.from({ length: 100 }, (_, index) => `a${index}: id`).join(' ');
    const wide = `administrations(first: 200) { nodes { adoptions(first: 200) { nodes { administration { adoptions(first: 200) { nodes { id } } } } } } }`;
    expect(codeOf(await ask(deep))).toBe('QUERY_TOO_DEEP');
    expect(codeOf(await ask(aliases))).toBe('QUERY_TOO_LARGE');
    expect(codeOf(await ask(wide))).toBe('QUERY_TOO_LARGE');
    expect((await ask('id '.repeat(5_000))).errors).toHaveLength(1);
  });
});

describe('references', () => {
  it('lead to bodies by id and by code, all of a request together and in their order', async () => {
    const answer = await entities([
      { __typename: 'DanishAdministration', ref: 'DK_KOMMUNE:0751' },
      { __typename: 'DanishAdministration', ref: 'dk:administration:9999' },
      { __typename: 'DanishConsortium', ref: 'dk:consortium:41849983' },
      { __typename: 'DanishAdministration', ref: 'dk:consortium:41849983' },
      { __typename: 'DanishCatalogue', id: 'dk:catalogue' },
      { __typename: 'DanishAdministration', ref: 'dk:administration:0820' },
    ]);
    expect(answer.data?._entities).toEqual([
      { __typename: 'DanishAdministration', ref: 'DK_KOMMUNE:0751', id: 'dk:administration:0751', name: 'Aarhus' },
      null,
      { __typename: 'DanishConsortium', ref: 'dk:consortium:41849983', id: 'dk:consortium:41849983' },
      null,
      { __typename: 'DanishCatalogue', id: 'dk:catalogue' },
      expect.objectContaining({ id: 'dk:administration:0820' }),
    ]);
    expect(answer.errors).toBeUndefined();
  });

  it('that are none are refused, each for itself', async () => {
    const refs = ['nonsense', 'DK_CVR:12345678', 'BE_NIS:21004', 'DK_KOMMUNE:0101'];
    const { data: found, errors } = await entities(refs.map((ref) => ({ __typename: 'DanishAdministration', ref })));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
      'INVALID_ID',
      'INVALID_IDENTIFIER',
      'UNKNOWN_SCHEME',
    ]);
    expect(found?._entities?.[3]).toMatchObject({ id: 'dk:administration:0101' });
  });

  it('ids are read as the vectors of the contract say', async () => {
    const vectors = JSON.parse(readProjectFile('schema/organisation-id.vectors.json')) as {
      valid: (string | { id: string })[];
      invalid: (string | { id: string })[];
    };
    const idOf = (one: string | { id: string }): string => (typeof one === 'string' ? one : one.id);
    const codes = (ids: readonly (string | { id: string })[]): Promise<(string | undefined)[]> =>
      Promise.all(ids.map(async (one) => codeOf(await ask(`organisation(id: ${JSON.stringify(idOf(one))}) { id }`))));
    expect(new Set(await codes(vectors.valid))).toEqual(new Set([undefined]));
    expect(new Set(await codes(vectors.invalid))).toEqual(new Set(['INVALID_ID']));
  });
});

describe('refusals', () => {
  it.each([
    ['INVALID_ID', 'organisation(id: "0820") { id }'],
    ['INVALID_IDENTIFIER', 'administration(identifier: { scheme: "DK_KOMMUNE", notation: "8" }) { id }'],
    ['UNKNOWN_SCHEME', 'administration(identifier: { scheme: "BE_NIS", notation: "8" }) { id }'],
    ['INVALID_LANGUAGE', 'consortia { nodes { name(language: "d_a") } }'],
    ['INVALID_DATE', 'administrations(asOf: "2023-02-29") { totalCount }'],
    ['INVALID_ARGUMENT', 'administrations(first: 201) { totalCount }'],
    ['INVALID_ARGUMENT', 'administrations(last: -1) { totalCount }'],
    ['INVALID_ARGUMENT', 'administrations(first: 1, last: 1) { totalCount }'],
    ['INVALID_ARGUMENT', `administrations(search: "${'a'.repeat(101)}") { totalCount }`],
    ['INVALID_ARGUMENT', 'administrations(orderBy: { field: RELEVANCE }) { totalCount }'],
    ['INVALID_ARGUMENT', 'administrations(filter: { nuts: "dk" }) { totalCount }'],
    ['INVALID_ARGUMENT', 'changes(first: 1001) { feedId }'],
    ['INVALID_ARGUMENT', 'consortia { nodes { growth(from: "2020-01-01", to: "2019-01-01") { asOf } } }'],
    [
      'INVALID_ARGUMENT',
      'consortia { nodes { growth(from: "1900-01-01", to: "2019-01-01", interval: MONTH) { asOf } } }',
    ],
    ['INVALID_CURSOR', 'records(after: "nonsense") { totalCount }'],
    ['INVALID_CURSOR', 'changes(after: "nonsense") { feedId }'],
  ])('%s: %s', async (code, fields) => {
    const { errors } = await ask(fields);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  });

  it('also of variables', async () => {
    const query = 'query ($on: Date) { denmark { administrations(asOf: $on) { totalCount } } }';
    expect(codeOf(await post(denmark.openUrl, query, { on: 'today' }))).toBe('INVALID_DATE');
  });
});

describe('time', () => {
  const bornholm = (fields: string, asOf: string) =>
    `administrations(filter: { nuts: "DK014" }, asOf: "${asOf}") { nodes { ${fields} } }`;

  it('is half-open: a merger ends five municipalities on the day on which one begins', async () => {
    expect(await read(bornholm('name', '2003-01-01'))).toEqual({ administrations: { nodes: [{ name: 'Bornholm' }] } });
    expect(await read(bornholm('name successors { name }', '2002-12-31'))).toEqual({
      administrations: {
        nodes: ['Aakirkeby', 'Allinge-Gudhjem', 'Hasle', 'Nexø', 'Rønne'].map((name) => ({
          name,
          successors: [{ name: 'Bornholm' }],
        })),
      },
    });
    expect(
      await read('organisation(id: "dk:administration:0400") { ... on Administration { predecessors { id } } }'),
    ).toMatchObject({ organisation: { predecessors: { length: 5 } } });
  });

  it('of what has ended answers as on its last day, unless a day is asked for', async () => {
    expect(
      await read(`organisation(id: "dk:administration:0407") {
        existed { end ended } identifiers { notation } later: identifiers(asOf: "2003-01-01") { notation }
        ... on DanishAdministration { kommunekode }
      }`),
    ).toEqual({
      organisation: {
        existed: { end: '2003-01-01', ended: true },
        identifiers: [{ notation: '0407' }],
        later: [],
        kommunekode: '0407',
      },
    });
    const byCode = (asOf: string): string =>
      `administration(identifier: { scheme: "DK_KOMMUNE", notation: "04.07" }${asOf}) { name }`;
    expect(await read(byCode(''))).toEqual({ administration: { name: 'Rønne' } });
    expect(await read(byCode(', asOf: "2003-01-01"'))).toEqual({ administration: null });
  });

  it('of memberships begins on the day they were observed where nobody recorded another', async () => {
    const members = (asOf: string): string => `consortia { nodes { members(asOf: "${asOf}") { totalCount } } }`;
    const counts = await Promise.all(
      ['2012-04-24', '2016-12-31', '2017-01-01', '2026-11-23'].map((day) => read(members(day))),
    );
    expect(counts).toEqual([3, 3, 4, 7].map((totalCount) => ({ consortia: { nodes: [{ members: { totalCount } }] } })));
    expect(await read(members('2012-04-23'))).toEqual({ consortia: { nodes: [{ members: { totalCount: 0 } }] } });
  });

  it('of a portfolio: what has left is past', async () => {
    const level = 'solutionAddress endReason';
    const found = await read(`consortia { nodes {
      now: portfolio { ${level} } past: portfolio(past: true) { ${level} } before: portfolio(asOf: "2023-12-13") { ${level} }
    } }`);
    expect(found).toMatchObject({
      consortia: { nodes: [{ now: { length: 1 }, past: { length: 2 }, before: { length: 1 } }] },
    });
  });
});

describe('counts', () => {
  it('are null rather than too small', async () => {
    expect(
      await read(`
        whole: administrationCount(kind: MUNICIPALITY) island: administrationCount(kind: MUNICIPALITY, nuts: "DK014")
        before: administrationCount(kind: MUNICIPALITY, nuts: "DK014", asOf: "2002-12-31")
        regions: administrationCount(kind: REGION) early: administrationCount(kind: REGION, asOf: "2006-12-31")
        consortia { nodes {
          coverage(asOf: "2017-09-01") { knownMembers eligible share complete closestClaim { id } }
          regions: coverage(kind: REGION) { knownMembers eligible share complete closestClaim { id } }
        } }`),
    ).toEqual({
      whole: null,
      island: 1,
      before: null,
      regions: 5,
      early: null,
      consortia: {
        nodes: [
          {
            coverage: {
              knownMembers: 4,
              eligible: null,
              share: null,
              complete: false,
              closestClaim: { id: 'dk:claim:os2-2017-08-07' },
            },
            regions: { knownMembers: 0, eligible: 5, share: null, complete: false, closestClaim: null },
          },
        ],
      },
    });
  });

  it('give a share only of a complete list', async () => {
    const [os2] = denmark.store.all('CONSORTIUM');
    if (!os2) throw new Error('There is no consortium.');
    denmark.store.put('CONSORTIUM', { ...os2, membersCompleteSince: '2020-01-01' });
    const shares = await read(`consortia { nodes {
      now: coverage(kind: REGION) { share } before: coverage(kind: REGION, asOf: "2019-12-31") { share }
    } }`);
    denmark.store.put('CONSORTIUM', os2);
    expect(shares).toEqual({ consortia: { nodes: [{ now: { share: 0 }, before: { share: null } }] } });
  });

  it('grow by the day, with what was claimed meanwhile', async () => {
    expect(
      await read(
        `consortia { nodes { growth(from: "2016-01-01", to: "2018-01-01") { asOf knownMembers claims { count } } } }`,
      ),
    ).toEqual({
      consortia: {
        nodes: [
          {
            growth: [
              { asOf: '2016-01-01', knownMembers: 3, claims: [] },
              { asOf: '2017-01-01', knownMembers: 4, claims: [] },
              { asOf: '2018-01-01', knownMembers: 4, claims: [{ count: 58 }] },
            ],
          },
        ],
      },
    });
  });
});

describe('names', () => {
  it('fall back from the language asked for to the body’s own', async () => {
    const { organisation } = (await read(`organisation(id: "dk:administration:ski") {
      name(language: "fr-BE") ... on Administration { own: kindDetail en: kindDetail(language: "en-GB") }
    }`)) as { organisation: unknown };
    expect(organisation).toEqual({
      name: 'SKI',
      own: 'Fælles indkøbsorganisation for stat og kommuner',
      en: 'Joint purchasing body of the state and the municipalities',
    });
    expect(
      await read('title en: title(language: "en") record(id: "dk:record:os2mo") { localisedName(language: "en") }'),
    ).toEqual({
      title: 'Danmarks katalog over delte offentlige it-løsninger',
      en: 'Denmark’s catalogue of shared public IT solutions',
      record: { localisedName: 'GIR' },
    });
  });

  it.each([
    ['kobenhavn', 'København'],
    ['Århus', 'Aarhus'],
    ['vesthimerland', 'Vesthimmerlands'],
    ['0151', 'Ballerup'],
    ['region nord', 'Region Nordjylland'],
  ])('are found: %s', async (search, name) => {
    expect(await read(`administrations(search: "${search}") { totalCount nodes { name } }`)).toEqual({
      administrations: { totalCount: 1, nodes: [{ name }] },
    });
  });
});

describe('pages', () => {
  interface Page {
    readonly administrations: {
      readonly nodes: readonly { readonly name: string }[];
      readonly totalCount: number;
      readonly pageInfo: Readonly<Record<'startCursor' | 'endCursor', string>> & Readonly<Record<string, unknown>>;
    };
  }
  const page = async (args: string): Promise<Page['administrations']> =>
    (
      (await read(
        `administrations(${args}) { nodes { name } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
      )) as Page
    ).administrations;

  it.each(['NAME', 'POPULATION'])('lead through a list by %s in both directions', async (field) => {
    for (const direction of ['ASC', 'DESC']) {
      const order = `orderBy: { field: ${field}, direction: ${direction} }`;
      const whole = (await page(order)).nodes;
      const [forward, backward]: [unknown[], unknown[]] = [[], []];
      let [after, before] = ['', ''];
      for (let index = 0; index < whole.length; index += 3) {
        const next = await page(`${order}, first: 3 ${after}`);
        const previous = await page(`${order}, last: 3 ${before}`);
        expect(next.pageInfo).toMatchObject({ hasNextPage: index + 3 < whole.length, hasPreviousPage: index > 0 });
        expect(previous.pageInfo).toMatchObject({ hasPreviousPage: index + 3 < whole.length, hasNextPage: index > 0 });
        expect(next.totalCount).toBe(whole.length);
        forward.push(...next.nodes);
        backward.unshift(...previous.nodes);
        after = `after: "${next.pageInfo.endCursor}"`;
        before = `before: "${previous.pageInfo.startCursor}"`;
      }
      expect([forward, backward]).toEqual([whole, whole]);
    }
  });

  it('take no cursor of another list', async () => {
    const { pageInfo } = await page('first: 1');
    for (const list of ['consortia', 'records', 'changes']) {
      expect(codeOf(await ask(`${list}(after: "${pageInfo.endCursor}") { pageInfo { endCursor } }`))).toBe(
        'INVALID_CURSOR',
      );
    }
    const other = `administrations(orderBy: { field: NAME, direction: DESC }, after: "${pageInfo.endCursor}") { totalCount }`;
    expect(codeOf(await ask(other))).toBe('INVALID_CURSOR');
  });

  it.each([
    ['kind: REGION', 5],
    ['level: OTHER', 2],
    ['nuts: "DK04"', 2],
    ['population: { min: 300000 }', 2],
    ['memberOf: "dk:consortium:41849983"', 6],
    ['memberOfNone: true', 7],
  ])('are filtered: %s', async (filter, count) => {
    expect((await page(`filter: { ${filter} }`)).totalCount).toBe(count);
  });
});

describe('the change feed', () => {
  const changes = async (args: string) =>
    (
      (await read(`changes${args} {
        feedId nodes { id kind subject subjectId record { name } administration { id } } pageInfo { endCursor hasNextPage }
      }`)) as { changes: Feed }
    ).changes;
  interface Feed {
    readonly feedId: string;
    readonly nodes: readonly { readonly id: string; readonly subjectId: string; readonly subject: string }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  }

  it('begins with what there is, and goes on with what changes', async () => {
    const first = await changes('(first: 5)');
    const rest = await changes(`(first: 1000, after: "${first.pageInfo.endCursor}")`);
    const all = [...first.nodes, ...rest.nodes];
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(new Set(all.map(({ subject, subjectId }) => `${subject} ${subjectId}`)).size).toBe(all.length);
    expect(all).toHaveLength(Object.values(data).flat().length);

    const record = denmark.store.find('RECORD', 'dk:record:os2display');
    if (!record) throw new Error('There is no record.');
    denmark.store.put('RECORD', { ...record, name: 'Another' });
    denmark.store.put('RECORD', { ...record, name: 'OS2display 3' });
    denmark.store.remove('RECORD', 'dk:record:os2mo');
    expect((await changes(`(after: "${rest.pageInfo.endCursor}")`)).nodes).toMatchObject([
      { kind: 'UPSERT', subject: 'RECORD', subjectId: 'dk:record:os2display', record: { name: 'OS2display 3' } },
      { kind: 'DELETE', subject: 'RECORD', subjectId: 'dk:record:os2mo', record: null },
    ]);
  });

  it('begins anew with every start, and says so', async () => {
    const { pageInfo } = await changes('(first: 1)');
    const restarted = await startYogaDenmark({ secret });
    try {
      const query = `{ denmark { changes(after: "${pageInfo.endCursor}") { feedId } } }`;
      expect(codeOf(await post(restarted.openUrl, query))).toBe('FEED_CHANGED');
    } finally {
      await restarted.stop();
    }
  });
});

import { type ASTVisitor, buildSchema } from 'graphql';

import { startService, type RunningService } from '../http/service.js';
import { limits, translateParserErrors } from './operation-limits.js';
import { silentLogger } from '../testing/silent-logger.js';

const schema = buildSchema(`
  type Query { hello: String all(first: Int): Page }
  type Page { nodes: [Item] }
  type Item { id: ID all(first: Int): Page }
`);

let service: RunningService;
let validatedFields = 0;
beforeAll(async () => {
  const countFields = (): ASTVisitor => ({
    Field: () => {
      validatedFields += 1;
    },
  });
  const endpoint = (path: string, isPublic: boolean) => ({
    path,
    isPublic,
    options: { schema, validationRules: [countFields] },
    createContext: () => ({}),
  });
  service = await startService({
    port: 0,
    logger: silentLogger,
    endpoints: [endpoint('/graphql', true), endpoint('/subgraph', false)],
    readinessProblems: () => Promise.resolve([]),
  });
});
afterAll(() => service.stop());

async function execute(query: string, variables = {}, path = '/graphql') {
  const response = await fetch(`http://127.0.0.1:${service.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  return {
    status: response.status,
    data,
    messages: errors.map(({ message }) => message),
    extensions: errors[0]?.extensions,
  };
}

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

const within = {
  aliases: `{ all { nodes { ${times(limits.aliases, (index) => `a${index}: id`)} } } }`,
  rootFields: `{ ${times(limits.rootFields, () => 'hello')} }`,
};

describe('an operation that exceeds a limit is rejected with the limit and the amount', () => {
  it.each([
    ['aliases', `{ all { nodes { ${times(limits.aliases + 1, (index) => `a${index}: id`)} } } }`, limits.aliases + 1],
    ['rootFields', `{ ${times(limits.rootFields + 5, () => 'hello')} }`, limits.rootFields + 5],
    ['rootFields', `{ ...F } fragment F on Query { ${'hello '.repeat(limits.rootFields + 1)} }`, limits.rootFields + 1],
    ['fragments', `{ all { nodes { ${times(limits.fragments + 1, () => '... { id }')} } } }`, limits.fragments + 1],
    ['directives', `{ hello ${'@unknown '.repeat(limits.directives + 1)} }`, limits.directives + 1],
    ['fields', `{ all { nodes { ${'id '.repeat(limits.fields)} } } }`, limits.fields + 2],
    ['tokens', `{ ${'hello '.repeat(limits.tokens)} }`, limits.tokens + 1],
    ['characters', `{ hello ${' '.repeat(limits.characters)} }`, limits.characters + 10],
    ['characters', `{ ${'hello '.repeat(20_000)}}`, 120_003],
    [
      'cost',
      '{ all(first: 200) { nodes { all(first: 200) { nodes { all(first: 200) { nodes { id } } } } } } }',
      8_080_402,
    ],
  ])('%s', async (limit, query, found) => {
    const { status, data, messages, extensions } = await execute(query);
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(extensions).toEqual({
      code: 'QUERY_TOO_LARGE',
      limit,
      found,
      allowed: limits[limit as keyof typeof limits],
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`${found}`);
  });
});

it('executes an operation within the limits', async () => {
  for (const query of [within.aliases, within.rootFields]) expect((await execute(query)).messages).toEqual([]);
});

it('counts the values of variables and their defaults for the cost', async () => {
  const query = (fallback: number) => `query ($n: Int = ${fallback}) {
    all(first: $n) { nodes { all(first: $n) { nodes { all(first: $n) { nodes { id } } } } } } }`;
  expect((await execute(query(1), { n: 200 })).extensions).toMatchObject({ limit: 'cost' });
  expect((await execute(query(200))).extensions).toMatchObject({ limit: 'cost' });
  expect((await execute(query(200), { n: 1 })).messages).toEqual([]);
});

it('a variable that is null has no default value, whichever of the two was executed before', async () => {
  const query = `query ($n: Int = 200) {
    all(first: $n) { nodes { all(first: $n) { nodes { all(first: $n) { nodes { id } } } } } } }`;
  expect((await execute(query, { n: null })).messages).toEqual([]);
  expect((await execute(query)).extensions).toMatchObject({ limit: 'cost' });
});

it('counts the values of variables, however deeply they are nested', async () => {
  const query = '{ hello }';
  const deep = JSON.parse('['.repeat(limits.values) + ']'.repeat(limits.values)) as unknown;
  expect((await execute(query, { deep })).messages).toEqual([]);
  expect((await execute(query, { deep, more: 1 })).extensions).toMatchObject({
    limit: 'values',
    found: limits.values + 1,
  });
  expect((await execute(query, { wide: Array(limits.values).fill({}) })).extensions).toMatchObject({ limit: 'values' });
});

it('rejects fragments that each spread the next one twice without delay', async () => {
  const levels = 25;
  const doubled = times(levels, (index) => `fragment F${index} on Query { hello ...F${index + 1} ...F${index + 1} }`);
  const query = `{ ...F0 } ${doubled} fragment F${levels} on Query { hello }`;
  expect((await execute(query)).extensions).toMatchObject({ limit: 'cost', found: 2 ** (levels + 1) - 1 });
});

it('validates fields that are repeated only once, because graphql-js compares each of them with each other', async () => {
  validatedFields = 0;
  const repeated = 'all { nodes { id id } } '.repeat(15);
  expect((await execute(`{ ${repeated} ...F } fragment F on Query { ${repeated} }`)).messages).toEqual([]);
  expect(validatedFields).toBe(6);
});

it('rejects different fields of one name with one error, and validates no others', async () => {
  validatedFields = 0;
  const different = times(150, (index) => `all(first: ${index}) { nodes { id } }`);
  const { messages, extensions } = await execute(`query ($id: ID) { a: hello } fragment F on Item { ${different} }`);
  expect({ code: extensions?.['code'], messages }).toEqual({
    code: 'GRAPHQL_VALIDATION_FAILED',
    messages: [expect.stringContaining('Fields "all" conflict because they have differing arguments.')],
  });
  expect(validatedFields).toBe(0);
});

it('reports a few of many mistakes', async () => {
  const { messages } = await execute(`{ ${times(30, (index) => `unknown${index}`)} }`);
  expect(messages).toHaveLength(11);
});

it('limits no operation of the gateway, whose clients were limited before', async () => {
  const query = `{ all { nodes { ${times(limits.aliases + 1, (index) => `a${index}: id`)} } } }`;
  expect((await execute(query, {}, '/subgraph')).messages).toEqual([]);
});

it('rejects a text that is nested more deeply than the stack goes with QUERY_TOO_DEEP', () => {
  const found = {
    message: 'Syntax Error: Maximum call stack size exceeded',
    extensions: { code: 'GRAPHQL_PARSE_FAILED' },
  };
  expect(translateParserErrors(found).extensions).toEqual({ code: 'QUERY_TOO_DEEP' });
});

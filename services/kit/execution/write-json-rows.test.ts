import { execute, getOperationAST, GraphQLError, parse } from 'graphql';
import { makeExecutableSchema } from '@graphql-tools/schema';

import { JsonRows, type StoredRow } from '../graphql/json-rows.js';
import { parseJsonTexts, toJsonLine } from '../graphql/json-text.js';
import { compileOperation } from './compile-operation.js';

interface Row extends StoredRow {
  readonly owner: string | null;
}
interface Parsed {
  readonly owner: string | null;
}

let parsed = 0;
let rows: readonly Row[] = [];
const reader = {
  parse: ({ json, owner }: Row): Parsed => {
    parsed += 1;
    return { ...(JSON.parse(json) as object), owner };
  },
  computed: { owner: ({ owner }: Row) => owner },
};

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { rows: [Row]! }
    enum State { OPEN CLOSED }
    type Period { start: String end: String }
    type Part { period: Period name: String! }
    type Row {
      id: ID! name: String size: Float state: State! tags: [String!] isKnown: Boolean period: Period part: Part parts: [Part!]
      owner: String! upper: String absent: String
    }`,
  resolvers: {
    Query: { rows: () => new JsonRows(rows, reader) },
    Row: {
      owner: ({ owner }: Parsed) => owner ?? 'none',
      upper: ({ name }: { readonly name: string }) => name.toUpperCase(),
    },
  },
});
// What is computed must be what the resolver returns.
reader.computed.owner = ({ owner }) => owner ?? 'none';

const contents: readonly object[] = [
  { id: '1', name: 'a "b\\" \\', size: 1.5e-7, state: 'OPEN', tags: ['],"x":[', '}'], isKnown: true },
  { id: '2', name: 'Ærø \u2028 \u{1f600} \\', size: -1, state: 'CLOSED', tags: [], isKnown: false },
  { id: '3', name: '', size: null, state: 'OPEN', tags: null, isKnown: null },
].flatMap((row, index) => [
  { ...row, period: { start: '2020', end: null }, part: { period: { start: null, end: '\\"' }, name: 'p' }, parts: [] },
  { period: null, part: null, ...row, extra: { nested: [{ a: 1 }, [index]] } },
  { ...row, part: { name: '{"id":', period: null }, parts: [{ name: 'x', period: null }], period: { start: '' } },
]);
const toRows = (of: readonly object[]): Row[] =>
  of.map((content, index) => ({ json: JSON.stringify(content), owner: index % 2 === 0 ? 'Ø"' : null }));

async function run(query: string) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('It has no operation.');
  const expected = await execute({ schema, document });
  parsed = 0;
  const result = await compileOperation({ schema, document, operation })(undefined, undefined, true);
  const numberParsed = parsed;
  expect({ ...result, data: result.data && parseJsonTexts(result.data) }).toEqual(expected);
  return { ...result, numberParsed };
}

/** With equal rows behind each other. */
const repeated = contents.flatMap((content) => [content, content]);
beforeEach(() => {
  rows = toRows(repeated);
});

it.each([
  'id name size state tags isKnown period { start end } part { period { start end } name } owner',
  'name id owner part { name } isKnown size period { end } tags',
  '__typename n: name absent period { s: start __typename end } id o: owner part { p: period { end } }',
  'absent ...F ... on Row { tags owner } } } fragment F on Row { period { end start } id part { period { start } name',
  'id @skip(if: true) name @include(if: true) id2: id id3: id',
])('writes rows as graphql-js does, without parsing them: { %s }', async (selection) => {
  const { data, numberParsed } = await run(`{ rows { ${selection} } }`);
  expect(numberParsed).toBe(0);
  expect(`${JSON.stringify(parseJsonTexts(data ?? {}))}\n`).toBe(toJsonLine(data ?? {}).toString());
});

it.each([
  ['a field with a resolver', 'upper'],
  ['a list of objects', 'parts { name }'],
])('parses rows of which an operation selects %s', async (_what, selection) => {
  expect((await run(`{ rows { id ${selection} } }`)).numberParsed).toBe(rows.length);
});

it('parses rows without a value that must not be null, and reports it', async () => {
  rows = toRows([...contents, { id: '4', state: null }, { id: '5' }]);
  const { errors } = await run('{ rows { id state } }');
  expect(errors?.map(({ path }) => path)).toEqual([
    ['rows', 9, 'state'],
    ['rows', 10, 'state'],
  ]);
});

it('parses rows of too many forms, and those in another form than JSON.stringify writes', async () => {
  const named = (index: number): object => ({ id: String(index), [`x${index}`]: 1, state: 'OPEN' });
  rows = toRows(Array.from({ length: 20 }, (_, index) => named(index)));
  expect((await run('{ rows { id state } }')).numberParsed).toBe(20);
  rows = [{ json: '{"id" : "1", "state": "OPEN"}', owner: null }];
  expect((await run('{ rows { id state } }')).numberParsed).toBe(1);
});

it('has no text of JSON in a result that may not contain it', async () => {
  const document = parse('{ rows { id } }');
  const operation = getOperationAST(document);
  if (!operation) throw new GraphQLError('It has no operation.');
  const result = await compileOperation({ schema, document, operation })(undefined, undefined);
  expect(result).toEqual({ data: { rows: repeated.map((row) => ({ id: (row as { id: string }).id })) } });
});

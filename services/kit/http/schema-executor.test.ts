import { buildSchema, getOperationAST, parse } from 'graphql';

import { compactDocument } from '../graphql/compact-document.js';
import { compileOperation } from '../execution/compile-operation.js';
import { measureRetained } from '../testing/retained-memory.js';
import { createCompiler } from './schema-executor.js';

const schema = buildSchema(`
  type Query { page(first: Int, after: String): [Row!] }
  type Row { id: ID! name(language: String): String! rows: [Row!] }`);
const root = { page: [{ id: '1', name: 'a', rows: [{ id: '2', name: 'b', rows: [] }] }] };
const Query = schema.getQueryType()?.getFields() ?? {};
for (const field of Object.values(Query)) field.resolve = () => root.page;

/** An operation that differs from those of other numbers. */
function operationOf(number: number) {
  const query = `query Q${number}($a: Int) { page(first: $a, after: "${number}") { id ${fields('a')} rows { ${fields('b')} } } }`;
  const { document } = compactDocument(parse(query));
  return { schema, document, operation: getOperationAST(document) as never };
}

const fields = (prefix: string): string =>
  Array.from({ length: 8 }, (_, index) => `${prefix}${index}: name(language: "fr") id${index}: id`).join(' ');

it('a compiled operation counts at least the memory that it takes, after its first data', async () => {
  const operations = Array.from({ length: 200 }, (_, number) => operationOf(number));
  let counted = 0;
  const compileAndExecute = async (number: number): Promise<unknown> => {
    const execute = compileOperation(operations[number] as never, (bytes) => (counted += bytes));
    expect(await execute({}, { a: number })).not.toHaveProperty('errors');
    return execute;
  };
  // What V8 and graphql-js keep for all operations.
  for (const number of operations.keys()) await compileAndExecute(number);
  counted = 0;
  const bytes = await measureRetained(operations.length, compileAndExecute);
  expect(bytes).toBeLessThan(counted / operations.length);
  expect(bytes).toBeGreaterThan(counted / operations.length / 4);
});

it('a compiler forgets the operations that were executed longest ago, by what was compiled for their data', async () => {
  const compile = createCompiler(100_000);
  const first = operationOf(1);
  const execute = compile(first);
  await execute({}, {});
  expect(compile(first)).toBe(execute);
  for (let number = 2; number < 10; number += 1) await compile(operationOf(number))({}, {});
  expect(compile(first)).not.toBe(execute);
});

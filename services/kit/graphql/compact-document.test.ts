import { buildSchema, executeSync, GraphQLError, parse, print } from 'graphql';

import { measureRetained } from '../testing/retained-memory.js';
import { compactDocument } from './compact-document.js';

it('compactDocument keeps the values of arguments', () => {
  const document = parse('query ($v: [Int] = [1, 2]) { a(b: {c: "d", e: [$v, null], f: """g"""}) @include(if: true) }');
  expect(print(compactDocument(document).document)).toBe(print(document));
});

it('compactDocument returns one object for a document and for the result', () => {
  const document = parse('{ a }');
  const first = compactDocument(document);
  expect(compactDocument(document)).toBe(first);
  expect(compactDocument(first.document)).toBe(first);
});

it('an execution reports the same positions of errors with a compact document', () => {
  const schema = buildSchema('type Query { a(b: Int!): Int }');
  const rootValue = {
    a: () => {
      throw new GraphQLError('no');
    },
  };
  const report = (text: string, variableValues: object) => {
    const document = parse(text);
    const [one, other] = [document, compactDocument(document).document].map((used) =>
      JSON.stringify(executeSync({ schema, document: used, rootValue, variableValues: { ...variableValues } })),
    );
    expect(other).toBe(one);
    expect(other).toContain('"locations":[{');
  };
  report('query (\n $v: Int!) { a(b: $v) }', { v: 'x' });
  report('{\n  c: a(b: 1) }', {});
});

const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

it.each<[string, number, (index: number) => string]>([
  ['a small one', 2_000, (index) => `{ a${index}: catalogue { id title } }`],
  [
    'one that repeats a field',
    30,
    (index) => `{ ${many(28, (n) => `a${n}_${index}: catalogue { ${'id '.repeat(33)} }`)} }`,
  ],
  ['one with many aliases', 30, (index) => `{ ${many(900, (n) => `a${n}_${index}: id`)} }`],
  [
    'one with many variables',
    30,
    (index) =>
      `query (${many(200, (n) => `$v${n}: [ID!]! = ["${index}"]`)}) { ${many(200, (n) => `f${n}(v: $v${n})`)} }`,
  ],
  ['one with many values', 30, (index) => `{ a(ids: [${many(900, (n) => `"dk:administration:${n}${index}"`)}]) }`],
])('the memory of a document is at least what it takes, and at most twice that: %s', async (_what, count, toText) => {
  const create = (index: number) => compactDocument(parse(toText(index)));
  const retained = await measureRetained(count, create);
  const { bytes } = create(0);
  expect(bytes).toBeGreaterThan(0.9 * retained);
  expect(bytes).toBeLessThan(2 * retained);
});

import { hangMs } from '../../kit/testing/hang.js';
import { readDocument } from './read-document.js';
import { collectIssues } from './rules.js';
import type { YamlValue } from './values.js';

/** What is read, as plain objects, and the issues as `rule path`. */
function read(text: string | Uint8Array): { values: unknown; issues: string[] } {
  const { issues, report } = collectIssues();
  const document = readDocument(typeof text === 'string' ? Buffer.from(text) : text, report);
  return { values: plain(document?.values ?? null), issues: issues.map(({ rule, path }) => `${rule} ${path}`.trim()) };
}

const plain = (value: YamlValue): unknown =>
  value instanceof Map
    ? Object.fromEntries([...(value as Map<string, YamlValue>)].map(([key, item]) => [key, plain(item)]))
    : Array.isArray(value)
      ? value.map((item) => plain(item as YamlValue))
      : value;

it('reads scalars as they are written', () => {
  const text = 'a: 1.10\nb: "1.10"\nc: true\nd: yes\ne: ~\nf:\ng: 2020-01-01\nh: 0x1F\ni: |\n  two\n  lines\n';
  expect(read(text).values).toEqual({
    ...{ a: { written: '1.10' }, b: '1.10', c: true, d: 'yes', e: null, f: null, g: '2020-01-01' },
    ...{ h: { written: '0x1F' }, i: 'two\nlines\n' },
  });
});

it('reads a file with a YAML 1.1 directive as YAML 1.1', () => {
  expect(read('%YAML 1.1\n---\na: yes\nb: 2020-01-01\n').values).toEqual({ a: true, b: { written: '2020-01-01' } });
});

it('expands aliases', () => {
  expect(read('a: &x [1, {b: c}]\nd: *x\n')).toEqual({
    values: { a: [{ written: '1' }, { b: 'c' }], d: [{ written: '1' }, { b: 'c' }] },
    issues: [],
  });
});

it.each([
  ['a repeated key, of which the last one counts', 'a: 1\nb: x\na: y\n', { a: 'y', b: 'x' }, ['duplicate-key a']],
  ['several documents: the first with keys', 'text\n---\na: x\n---\nb: y\n', { a: 'x' }, ['several-documents']],
  ['an empty document before', '---\n---\na: x\n', { a: 'x' }, []],
  ['a key that is not a text', '? [a]\n: b\nc: d\n', { c: 'd' }, ['wrong-type']],
  ['keys that YAML does not parse as strings', '1.0: a\ntrue: b\n', { '1.0': 'a', true: 'b' }, []],
  ['keys that objects have', '__proto__: a\nconstructor: b\n', { constructor: 'b', ['__proto__']: 'a' }, []],
  ['an alias of nothing', 'a: *x\nb: y\n', { a: null, b: 'y' }, ['yaml-syntax a']],
  ['no keys', '- a\n', null, []],
  ['nothing', '', null, []],
])('keeps the usable values of a file with %s', (_what, text, values, issues) => {
  expect(read(text)).toEqual({ values, issues });
});

it.each([
  ['merge keys', 'a: &x {b: 1, c: 2}\nd: {<<: *x, c: y}\n', { a: { b: 1, c: 2 }, d: { c: 'y', b: 1 } }],
  ['lists of merge keys', 'a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}\n', { e: { b: 1, d: 3 } }],
  ['a quoted key that looks like one', 'a: {"<<": b}\n', { a: { '<<': 'b' } }],
])('reads %s', (_what, text, values) => {
  const numbers = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'written' in value ? Number(value.written) : value;
  expect(JSON.parse(JSON.stringify(read(text).values, numbers))).toMatchObject(values);
});

it('reports a merge key without a section', () => {
  expect(read('a: {<<: x, b: c}\n')).toEqual({ values: { a: { b: 'c' } }, issues: ['wrong-type a'] });
});

describe('readDocument with a syntax error', () => {
  it.each([
    ['a quote that is never closed', 'a: x\nname: "Abacus\nurl: https://a.example\n', { a: 'x' }],
    ['a quote that is closed on a later line', 'a: x\nname: "Abacus\n  url: "b"\nc: d\n', { a: 'x' }],
    ['an indentation that goes wrong', 'a: x\nb:\n  c: |\n    d\n   e\nf: y\n', { a: 'x' }],
    ['an unclosed list', 'a: x\nb: [c, d\ne: f\n', { a: 'x' }],
    ['a list item too many', 'a: x\nb:\n  - c\n - d\ne: f\n', { a: 'x' }],
    ['a key in a text', 'a: x\nb: c: d\ne: f\n', { a: 'x' }],
    ['a tab as indentation', 'a: x\nb:\n\tc: d\ne: f\n', { a: 'x' }],
    ['an error in the first key', 'a: "x\nb: y\n', {}],
  ])('takes nothing from or after the key with %s', (_what, text, values) => {
    expect(read(text).values).toEqual(values);
    expect(read(text).issues).toContain('yaml-syntax');
    expect(readDocument(Buffer.from(text), () => undefined)?.isComplete).toBe(false);
  });

  it('is not complete either if an alias is not defined, or a limit is exceeded', () => {
    for (const text of ['a: *x\nb: y\n', `a: ${'{b: '.repeat(49)}${'}'.repeat(49)}\nc: {d: &d [1], e: *d}\n`]) {
      expect(readDocument(Buffer.from(text), () => undefined)?.isComplete).toBe(text.startsWith('a: {'));
    }
  });
});

it.each([
  ['the first key', 'a: *x\n', 'a', { line: 1, column: 1 }],
  ['a key of a section', 'a: x\nb:\n  c: *x\n', 'b.c', { line: 3, column: 3 }],
  ['an item of a list', 'a:\n  - b\n  - c\n', 'a[1]', { line: 3, column: 5 }],
  ['a key that does not exist, by its section', '\r\n# x\r\nb:\r\n  c: d\r\n', 'b.e.f', { line: 3, column: 1 }],
  ['a key that is repeated, by the last', 'a: x\nb: y\na: z\n', 'a', { line: 3, column: 1 }],
  ['a top-level key that does not exist, by the first key', '# x\na: x\n', 'b', { line: 2, column: 1 }],
  ['the file as a whole', 'a: x\n', '', null],
])('counts the lines and columns of %s from 1', (_what, text, path, position) => {
  expect(readDocument(Buffer.from(text), () => undefined)?.positionOf(path)).toEqual(position);
});

it.each([
  ['a syntax error', 'a: x\nb: y: z\n', { line: 2, column: 4 }],
  ['a wrong indentation at the key that has it', 'a:\n  b: |\n    c\n\n  # d\n   e: f\n', { line: 6, column: 4 }],
  ['a quote that is never closed where it begins', 'a: x\nb: "y\nc: z\n', { line: 2, column: 4 }],
  ['a list that another key interrupts at that key', 'a: x\nb:\n  c: [y,\nd: z\n', { line: 4, column: 1 }],
])('reports %s', (_what, text, position) => {
  const { issues, report } = collectIssues();
  readDocument(Buffer.from(text), report);
  expect(issues[0]).toMatchObject({ rule: 'yaml-syntax', ...position });
});

describe('readDocument with a hostile file', () => {
  const laughs = Array.from(
    { length: 12 },
    (_, i) =>
      `l${String(i)}: &l${String(i)} [${Array(10)
        .fill(i ? `*l${String(i - 1)}` : 'ha')
        .join(', ')}]`,
  );
  const levels = (count: number) => Array.from({ length: count }, (_, i) => `${' '.repeat(i)}a:`).join('\n');

  it.each([
    ['an alias bomb', `name: x\n${laughs.join('\n')}\n`, ['too-large']],
    ['aliases of a long text', `a: &a "${'x '.repeat(200_000)}"\nb: [${'*a, '.repeat(2900)}]\n`, ['too-large']],
    ['an alias of itself', 'name: x\na: &a [*a, *a]\n', ['too-large']],
    ['a thousand levels', `name: x\n${levels(1000)}\n`, ['too-deep']],
    ['a thousand levels in brackets', `name: x\na: ${'['.repeat(1000)}${']'.repeat(1000)}\n`, ['too-deep']],
    ['a million brackets', '['.repeat(999_999), ['too-deep']],
    ['a million sections in a line', '{a: '.repeat(249_999), ['too-deep']],
    ['a million dashes', '- '.repeat(499_999), ['too-large']],
    ['a million commas', `a: [${','.repeat(999_990)}`, ['too-large']],
    ['a million keys', 'a: 1\n'.repeat(199_999), ['too-large']],
    ['a million quotes', '"'.repeat(999_999), ['too-large']],
    ['a million documents', '---\n'.repeat(249_999), ['too-large']],
    ['a million anchors', '&a '.repeat(333_333), ['too-large']],
    ['a million line ends', '\n'.repeat(999_999), ['too-large']],
    ['thousands of syntax errors', 'a: b: c\n'.repeat(8_000), ['yaml-syntax']],
    ['syntax errors only', '*a '.repeat(33_000), ['yaml-syntax']],
    ['ten megabytes', Buffer.alloc(10_000_000, 'a: b\n'), ['too-large']],
    ['a long text', `a: "${'\\x41'.repeat(240_000)}"\n`, []],
    ['a long blank', `a:${' '.repeat(999_900)}b\n`, []],
  ])('reports %s in bounded time', (_what, text, rules) => {
    const started = Date.now();
    const found = new Set(read(text).issues.map((issue) => issue.split(' ', 1)[0]));
    expect([...found].filter((rule) => rule !== 'more-issues')).toEqual(expect.arrayContaining(rules));
    expect(found.size > 0).toBe(rules.length > 0);
    expect(Date.now() - started).toBeLessThan(hangMs);
  });

  it('keeps the values before the part that is too large or too deep', () => {
    expect(read(`name: x\n${levels(1000)}\n`).values).toMatchObject({ name: 'x' });
    expect(read(`name: x\n${laughs.join('\n')}\n`).values).toMatchObject({ name: 'x' });
  });
});

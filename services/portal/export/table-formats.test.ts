import { parse, Kind, type SelectionNode } from 'graphql';

import { RawItems } from '../gateway/raw-items.js';
import type { ListOperation } from '../lists/list-operation.js';
import type { ListPage } from '../lists/read-list.js';
import { tableFormats } from './table-formats.js';

const [definition] = parse(
  '{ id name size isKnown tags period { start end } names { language text } parts { name } absent }',
).definitions;
const selections: readonly SelectionNode[] =
  definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];

/** What a CSV or a spreadsheet may misread, in all widths of characters. */
const texts = [
  ...['', ' ', 'plain', 'Ærø', '€ 😀', ',', '"', '""', 'a"b', '\n', '\r', '\r\n', '\t', '\\', '\\"', "'"],
  ...[
    '=',
    '=1+1',
    '+1',
    '-1',
    '@A',
    '\tx',
    '\rx',
    'x=1',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠A',
    'ï',
    '！x',
    '\u2028',
    '|',
    'a|b',
    '\uFEFFx',
  ],
  // Bytes are looked at four at a time.
  ...[',', '"', '\\', '\n', '\u0001', 'é'].flatMap((special) =>
    Array.from({ length: 9 }, (_, place) => `${'x'.repeat(place)}${special}${'y'.repeat(8 - place)}`),
  ),
];
const items = texts.flatMap((text, index): (object | null)[] => [
  {
    id: `dk:${index}`,
    name: text,
    size: index % 2 === 0 ? -1.5e-7 * index : null,
    isKnown: index % 3 === 0,
    tags: [text, 'Å', ''],
    period: index % 4 === 0 ? null : { start: text, end: null },
    names: [
      { language: 'da', text },
      { language: 'se', text: `Š${text}` },
    ],
    parts: [null, { name: text }],
    absent: null,
  },
  {
    id: text,
    name: null,
    size: index,
    isKnown: null,
    tags: [],
    period: { start: null, end: text },
    names: [],
    parts: null,
    absent: text,
  },
]);

const many = Array.from({ length: 40 }, () => items).flat();
const list = { selections } as ListOperation;
const toPage = (of: readonly (object | null)[], json: string | undefined): ListPage => ({
  items: of as ListPage['items'],
  rawItems: json === undefined ? undefined : new RawItems(Buffer.from(`${json}]`)),
  missing: new Map(),
});

describe.each(tableFormats.map((format) => [format.extension, format] as const))('%s', (_extension, { open }) => {
  it('has the same bytes whether the items were parsed or not', () => {
    const expected = open(list, { bom: false }).rows(toPage(many, undefined));
    // Read as they came: a parsed item would have failed.
    const raw = open(list, { bom: false }).rows(toPage([], JSON.stringify(many).slice(1, -1)));
    expect(Buffer.concat(raw.bytes).toString()).toBe(Buffer.concat(expected.bytes).toString());
    expect([raw.count, expected.count]).toEqual([many.length, many.length]);
  });

  it('is written from the parsed items if they came in another form than usual', () => {
    const expected = open(list, { bom: false }).rows(toPage(many, undefined));
    const other = `${JSON.stringify(items).slice(1, -1)} `;
    expect(open(list, { bom: false }).rows(toPage(many, other))).toEqual(expected);
  });
});

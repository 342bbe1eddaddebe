/** Denmark's administrations with these arguments. */
export const list = (args: string) => `{ denmark { administrations(${args}) { nodes { id } } } }`;
const inCode = (scheme: string, notation: string) =>
  `{ administration(identifier: { scheme: ${JSON.stringify(scheme)}, notation: ${JSON.stringify(notation)} }) { id } }`;
const encodeCursor = (key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Operations with malformed input: what is malformed, the operation, and the code of its one error. */
export const malformed: readonly [string, string, string][] = [
  ['an id without its parts', '{ organisation(id: "0820") { id } }', 'INVALID_ID'],
  ['an id in capitals', '{ organisation(id: "DK:administration:0820") { id } }', 'INVALID_ID'],
  ['an id of ten thousand letters', `{ organisation(id: "${'x'.repeat(10_000)}") { id } }`, 'INVALID_ID'],
  ['an id of a node', '{ node(id: "https://github.com/os2mo/os2mo") { id } }', 'INVALID_ID'],
  ['an id of a membership as a node', '{ nodes(ids: ["dk:catalogue", "dk:membership:1"]) { id } }', 'INVALID_ID'],
  ['101 nodes', `{ nodes(ids: [${'"dk:catalogue", '.repeat(101)}]) { id } }`, 'INVALID_ARGUMENT'],
  ['an id in a list', '{ organisations(ids: ["dk:administration:0820", "0820"]) { id } }', 'INVALID_ID'],
  ['an id within a country', '{ denmark { organisation(id: "0820") { id } } }', 'INVALID_ID'],
  ['an id in a filter', list('filter: { memberOf: "OS2" }'), 'INVALID_ID'],
  ['a day that does not exist', list('asOf: "2023-02-29"'), 'INVALID_DATE'],
  [
    'an invalid day of a member list',
    '{ organisation(id: "dk:consortium:41849983") { ... on Consortium { members(asOf: "today") { totalCount } } } }',
    'INVALID_DATE',
  ],
  ['an invalid cursor', list('after: "abc"'), 'INVALID_CURSOR'],
  ['an empty cursor', list('last: 1, before: ""'), 'INVALID_CURSOR'],
  ['an invented cursor', list(`after: "${encodeCursor(['DK ADMINISTRATION NAME ASC', 1, 2])}"`), 'INVALID_CURSOR'],
  [
    'a cursor with an invalid number',
    list(
      `orderBy: { field: POPULATION }, after: "${encodeCursor(['DK ADMINISTRATION POPULATION DESC', 1.5, 'a', 'b'])}"`,
    ),
    'INVALID_CURSOR',
  ],
  [
    'a cursor with U+0000',
    list(`after: "${encodeCursor(['DK ADMINISTRATION NAME ASC', '\0', 'b'])}"`),
    'INVALID_CURSOR',
  ],
  ['a language with an underscore', '{ denmark { title(language: "da_DK") } }', 'INVALID_LANGUAGE'],
  ['an empty language', '{ organisation(id: "dk:administration:0820") { name(language: "") } }', 'INVALID_LANGUAGE'],
  ['a code of the wrong form', inCode('DK_KOMMUNE', '820'), 'INVALID_IDENTIFIER'],
  ['a code with a wrong check digit', inCode('DK_CVR', '64942213'), 'INVALID_IDENTIFIER'],
  ['a code with wrong check digits', inCode('BE_KBO', '0201105844'), 'INVALID_IDENTIFIER'],
  ['a code of the wrong form, in Italy', inCode('IT_ISTAT', 'A783'), 'INVALID_IDENTIFIER'],
  ['a code with a colon', inCode('DK_KOMMUNE', '08:20'), 'INVALID_IDENTIFIER'],
  ['a code in other digits', inCode('DK_KOMMUNE', '٠٨٢٠'), 'INVALID_IDENTIFIER'],
  ['a code of ten thousand digits', inCode('DK_KOMMUNE', '0'.repeat(10_000)), 'INVALID_IDENTIFIER'],
  ['a European code of a country without a catalogue', inCode('EU_NUTS', 'ZZ1'), 'INVALID_IDENTIFIER'],
  ['a code with U+0000', inCode('IT_IPA', '\0'), 'INVALID_ARGUMENT'],
  ['a scheme of a country without a catalogue', inCode('ZZ_CODE', '1'), 'UNKNOWN_SCHEME'],
  ['a scheme that the country does not have', inCode('DK_NIS', '1'), 'UNKNOWN_SCHEME'],
  ['a scheme with the name of a property', inCode('DK___proto__', '1'), 'UNKNOWN_SCHEME'],
  ['a country without a catalogue', '{ catalogues(countries: ["ZZ"]) { id } }', 'UNKNOWN_COUNTRY'],
  ['a country in small letters', '{ catalogues(countries: ["dk"]) { id } }', 'INVALID_COUNTRY'],
  ['a page of -1', list('first: -1'), 'INVALID_ARGUMENT'],
  ['a page of 201', list('first: 201'), 'INVALID_ARGUMENT'],
  ['a page from both ends', list('first: 1, last: 1'), 'INVALID_ARGUMENT'],
  [
    'a page of -1 members',
    '{ organisation(id: "dk:consortium:41849983") { ... on Consortium { members(first: -1) { totalCount } } } }',
    'INVALID_ARGUMENT',
  ],
  [
    'a hundred and one organisations',
    `{ organisations(ids: [${'"dk:administration:0820", '.repeat(101)}]) { id } }`,
    'INVALID_ARGUMENT',
  ],
];

import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLError, graphqlSync } from 'graphql';

import { createScalars } from './scalars.js';
import { isDay } from './value-form.js';

// GraphQLError, because others get the whole value put before their message.
const scalars = createScalars((code) => (message) => new GraphQLError(message, { extensions: { code } }));

const schema = makeExecutableSchema({
  typeDefs: `scalar Date scalar DateTime scalar URL scalar CountryCode scalar Decimal
    type Query { date(in: Date): Date dateTime(in: DateTime): DateTime url(in: URL): URL country(in: CountryCode): CountryCode decimal(in: Decimal): Decimal }`,
  resolvers: {
    ...scalars,
    Query: Object.fromEntries(
      ['date', 'dateTime', 'url', 'country', 'decimal'].map((field) => [
        field,
        (_root: unknown, args: { in: unknown }) => args.in,
      ]),
    ),
  },
});

type Field = 'date' | 'dateTime' | 'url' | 'country' | 'decimal';
const typeOf = { date: 'Date', dateTime: 'DateTime', url: 'URL', country: 'CountryCode', decimal: 'Decimal' } as const;

/** The result or the error message of a value as a literal, and of the same value as a variable. */
const resultsOf = (field: Field, value: unknown) => {
  const results = [
    graphqlSync({ schema, source: `{ result: ${field}(in: ${JSON.stringify(value)}) }` }),
    graphqlSync({
      schema,
      source: `query ($value: ${typeOf[field]}) { result: ${field}(in: $value) }`,
      variableValues: { value },
    }),
  ];
  return results.map(({ data, errors }) => errors?.[0]?.message ?? data?.['result']);
};

describe.each<[Field, string[], unknown[]]>([
  [
    'date',
    ['2017-08-07', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'],
    ['2023-02-29', '1900-02-29', '2023-02-30', '2023-13-01', '2023-00-01', '2023-01-00', '2023-1-1', '23-01-01']
      .concat([
        '0000-01-01',
        '2017-08-07T00:00:00Z',
        '07.08.2017',
        '20170807',
        '2017',
        '',
        ' 2017-08-07',
        '+02017-08-07',
      ])
      .concat(['٢٠١٧-٠٨-٠٧', '2017-08-07\n']),
  ],
  [
    'dateTime',
    ['2026-11-23T09:30:00Z', '2026-11-23T09:30:00.123Z', '2024-02-29T23:59:59.123456789Z'],
    ['2026-11-23T09:30:00+01:00', '2026-11-23T09:30:00', '2026-11-23 09:30:00Z', '2026-11-23', '2023-02-29T09:30:00Z']
      .concat(['2026-11-23T25:00:00Z', '2026-11-23T09:60:00Z', '2026-11-23T09:30:61Z', '2026-11-23T09:30Z'])
      .concat(['2026-11-23t09:30:00z', '']),
  ],
  [
    'url',
    ['https://os2.eu', 'http://example.org:8080/a?b=c#d', 'HTTPS://EXAMPLE.ORG', 'https://bücher.example/ä'],
    ['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'file:///etc/passwd']
      .concat([
        'example.org',
        '/path',
        '//example.org',
        'https:example.org',
        'https:/example.org',
        'https://',
        'http://',
      ])
      .concat([
        ' https://example.org',
        'https://example.org ',
        'https://exa mple.org',
        'https://example.org\njavascript:x',
      ])
      .concat(['\u0001javascript:alert(1)', 'https://[::1', '']),
  ],
  [
    'decimal',
    ['0', '12', '0.125', '203435.50', '999999999999999.999'],
    ['', '-1', '+1', '01', '.5', '1.', '1.2345', '1e3', '1,5', '1 000', '1000000000000000', 'NaN', '1\n'],
  ],
  ['country', ['DK', 'BE', 'IT', 'FR'], ['dk', 'Dk', 'DNK', 'D', '', 'D1', ' DK', 'DK ', 'ÆØ', 'DK\n']],
])('the scalar of %s', (field, valid, invalid) => {
  it.each(valid)('accepts %j, as a literal and as a variable', (value) => {
    expect(resultsOf(field, value)).toEqual([value, value]);
  });

  it.each(invalid)('rejects %j, as a literal and as a variable', (value) => {
    const [literal, variable] = resultsOf(field, value);
    expect(literal).toMatch(/ is not a valid .*; it must be /);
    expect(variable).toMatch(/ is not a valid .*; it must be /);
  });

  it.each([17, 1.5, true, ['2017-08-07'], {}])('rejects %j, which is not a string, and names it', (value) => {
    for (const message of resultsOf(field, value)) {
      expect(message).toContain(`${JSON.stringify(value)} is not a valid ${typeOf[field]}; it must be `);
    }
  });

  it('accepts null', () => {
    expect(resultsOf(field, null)).toEqual([null, null]);
  });
});

describe('an error message', () => {
  it.each<[Field, unknown, string, string]>([
    [
      'date',
      '2023-02-29',
      '"2023-02-29" is not a valid Date; it must be a calendar day such as "2017-08-07".',
      'INVALID_DATE',
    ],
    [
      'dateTime',
      'now',
      '"now" is not a valid DateTime; it must be a moment in UTC such as "2026-11-23T09:30:00Z".',
      'INVALID_DATE',
    ],
    [
      'url',
      'javascript:x',
      '"javascript:x" is not a valid URL; it must be an http or https address of at most 2,000 characters.',
      'INVALID_URL',
    ],
    [
      'country',
      'dk',
      '"dk" is not a valid CountryCode; it must be two capital letters such as "DK".',
      'INVALID_COUNTRY',
    ],
  ])('of a %s names the value and what is allowed, with a code', (field, value, message, code) => {
    expect(resultsOf(field, value)).toEqual([message, expect.stringMatching(new RegExp(`${escaped(message)}$`))]);
    expect(codeOf(() => scalars[typeOf[field]].parseValue(value))).toBe(code);
  });

  it('names an enum value or an object in the query as they are written there', () => {
    const errorOf = (literal: string) =>
      graphqlSync({ schema, source: `{ date(in: ${literal}) }` }).errors?.[0]?.message;
    expect(errorOf('TODAY')).toMatch(/^TODAY is not a valid Date/);
    expect(errorOf('{ day: 7 }')).toMatch(/^\{ ?day: 7 ?\} is not a valid Date/);
  });

  it('is short, however long the value', () => {
    const long = 'x'.repeat(100_000);
    for (const value of [long, [long]]) {
      expect(String(resultsOf('date', value)[0]).length).toBeLessThan(120);
      expect(() => scalars.Date.parseValue(value)).toThrow(/^.{1,120}$/);
    }
  });

  const codeOf = (parse: () => unknown): unknown => {
    try {
      return parse();
    } catch (error) {
      return error instanceof GraphQLError ? error.extensions['code'] : error;
    }
  };
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
});

it('a scalar serialises the value of a catalogue unchanged', () => {
  expect(scalars.Date.serialize('2017-08-07')).toBe('2017-08-07');
});

it('isDay is true for days that the calendar has', () => {
  expect([isDay('2024-02-29'), isDay('2023-02-29'), isDay('2024-2-29')]).toEqual([true, false, false]);
});

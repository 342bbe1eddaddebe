import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLError, graphqlSync } from 'graphql';

import { createScalars, isDay } from './scalars.js';

// GraphQLError, because others get the whole value put before their message.
const scalars = createScalars((code) => (message) => new GraphQLError(message, { extensions: { code } }));

const schema = makeExecutableSchema({
  typeDefs: `scalar Date scalar DateTime scalar URL scalar CountryCode
    type Query { date(in: Date): Date dateTime(in: DateTime): DateTime url(in: URL): URL country(in: CountryCode): CountryCode }`,
  resolvers: {
    ...scalars,
    Query: Object.fromEntries(
      ['date', 'dateTime', 'url', 'country'].map((field) => [
        field,
        (_root: unknown, args: { in: unknown }) => args.in,
      ]),
    ),
  },
});

type Field = 'date' | 'dateTime' | 'url' | 'country';
const typeOf = { date: 'Date', dateTime: 'DateTime', url: 'URL', country: 'CountryCode' } as const;

/** The answer or the refusal, when a value is given as a literal and when it is given as a variable. */
const given = (field: Field, value: unknown) => {
  const answers = [
    graphqlSync({ schema, source: `{ answer: ${field}(in: ${JSON.stringify(value)}) }` }),
    graphqlSync({
      schema,
      source: `query ($value: ${typeOf[field]}) { answer: ${field}(in: $value) }`,
      variableValues: { value },
    }),
  ];
  return answers.map(({ data, errors }) => errors?.[0]?.message ?? data?.['answer']);
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
  ['country', ['DK', 'BE', 'IT', 'FR'], ['dk', 'Dk', 'DNK', 'D', '', 'D1', ' DK', 'DK ', 'ÆØ', 'DK\n']],
])('%s', (field, valid, invalid) => {
  it.each(valid)('takes %j, as a literal and as a variable', (value) => {
    expect(given(field, value)).toEqual([value, value]);
  });

  it.each(invalid)('refuses %j, as a literal and as a variable', (value) => {
    const [literal, variable] = given(field, value);
    expect(literal).toMatch(/ is no .*; it must be /);
    expect(variable).toMatch(/ is no .*; it must be /);
  });

  it.each([17, 1.5, true, ['2017-08-07'], {}])('refuses %j, which is no text, and names it', (value) => {
    for (const message of given(field, value)) {
      expect(message).toContain(`${JSON.stringify(value)} is no ${typeOf[field]}; it must be `);
    }
  });

  it('takes null for nothing', () => {
    expect(given(field, null)).toEqual([null, null]);
  });
});

describe('a refusal', () => {
  it.each<[Field, unknown, string, string]>([
    ['date', '2023-02-29', '"2023-02-29" is no Date; it must be a calendar day such as "2017-08-07".', 'INVALID_DATE'],
    [
      'dateTime',
      'now',
      '"now" is no DateTime; it must be a moment in UTC such as "2026-11-23T09:30:00Z".',
      'INVALID_DATE',
    ],
    ['url', 'javascript:x', '"javascript:x" is no URL; it must be an http or https address.', 'INVALID_URL'],
    ['country', 'dk', '"dk" is no CountryCode; it must be two capital letters such as "DK".', 'INVALID_COUNTRY'],
  ])('of a %s names the value and what is allowed, with a code', (field, value, message, code) => {
    expect(given(field, value)).toEqual([message, expect.stringMatching(new RegExp(`${escaped(message)}$`))]);
    expect(codeOf(() => scalars[typeOf[field]].parseValue(value))).toBe(code);
  });

  it('names an enum value or an object in the query as they are written there', () => {
    const refusal = (literal: string) =>
      graphqlSync({ schema, source: `{ date(in: ${literal}) }` }).errors?.[0]?.message;
    expect(refusal('TODAY')).toMatch(/^TODAY is no Date/);
    expect(refusal('{ day: 7 }')).toMatch(/^\{ ?day: 7 ?\} is no Date/);
  });

  it('is short, however long the value', () => {
    const long = 'x'.repeat(100_000);
    for (const value of [long, [long]]) {
      expect(String(given('date', value)[0]).length).toBeLessThan(120);
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

it('lets pass what a catalogue answers', () => {
  expect(scalars.Date.serialize('2017-08-07')).toBe('2017-08-07');
});

it('tells days from other texts for tables too', () => {
  expect([isDay('2024-02-29'), isDay('2023-02-29'), isDay('2024-2-29')]).toEqual([true, false, false]);
});

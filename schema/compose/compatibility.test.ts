import { buildSchema, parse, print, visit } from 'graphql';

import { clientChanges } from './breaking-changes.js';
import { compose } from './compose.js';
import type { SubgraphSource } from './subgraph-sources.js';
import { countries, type Country, europe } from '../values/countries.js';
import { findLossyHints } from './hints.js';
import { countrySdl, type Contract, europeSdl } from '../sdl/subgraph-sdl.js';
import { readContract } from './subgraph-sources.js';
import { type Composed, composeWithApollo, composeWithGuild } from './testing/composers.js';

// Growing without a same-day release: what must compose, and what must be reported, while countries have different
// versions of the contract.

interface Version {
  readonly contract: Contract;
  /** National fields of this country. */
  readonly national?: string;
}

/** Descriptions, of which most of the contract consists, take part in nothing here, and composing them takes time. */
const withoutDescriptions = (sdl: string): string =>
  print(
    visit(parse(sdl), {
      enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
    }),
  );

const { shared, country, europe: ofIndex } = readContract();
const now: Version = {
  contract: {
    shared: withoutDescriptions(shared),
    country: withoutDescriptions(country),
    europe: withoutDescriptions(ofIndex),
  },
};

/** The contract of the countries with one more line at the beginning of a type, or of a field's arguments: `enum Interval`, `consortia`. */
function withLine(head: string, line: string, { contract }: Version = now): Version {
  const opening = new RegExp(`^ *${head}\\b[^{(]*[{(]`, 'm');
  const part = (['country', 'shared'] as const).find((name) => opening.test(contract[name]));
  if (!part) throw new Error(`The contract has no ${head}.`);
  const text = contract[part].replace(opening, (found) => `${found}\n"New." ${line}\n`);
  return { contract: { ...contract, [part]: text } };
}

const withLines = (lines: readonly (readonly [head: string, line: string])[]): Version =>
  lines.reduce((version: Version, [head, line]) => withLine(head, line, version), now);

/** What a version adds that does not compose: what it is, the code of its error, and the line. */
type Mistake = readonly [what: string, code: string, head: string, line: string];

/** Additions that do not depend on each other, so that one composition shows what becomes of each: composing takes time. */
const additions = [
  ['enum AdministrationKind', 'NOVELTY'],
  // Values in arguments alone, and in responses alone.
  ['enum Interval', 'NOVELTY'],
  ['enum ConsortiumKind', 'NOVELTY'],
  ['type Claim', 'novelty: String'],
  ['input AdministrationFilter', 'novelty: String'],
] as const;
const withAdditions = (directive = ''): Version =>
  withLines(additions.map(([head, line]) => [head, `${line} ${directive}`]));
const hidden = withAdditions('@inaccessible');
const open = withAdditions();

/** A national field on the country's own administrations. */
const withNationalField = (version: Version, { adjective }: Country, line: string): Version => ({
  ...version,
  national: `type ${adjective}Administration { "New." ${line} }`,
});

/** The subgraphs, each country at its version; Europe, the last to be released, at the current version by default. */
const graph = (
  versionOf: (country: Country) => Version,
  known: readonly Country[] = countries,
  { contract: ofEurope }: Version = now,
): SubgraphSource[] => [
  ...known.map((country) => {
    const { contract, national = '' } = versionOf(country);
    return { name: country.folder, url: `http://${country.folder}`, sdl: countrySdl(contract, country, national) };
  }),
  { name: europe.folder, url: 'http://europe', sdl: europeSdl(ofEurope, known) },
];

const alreadyComposed = new Map<string, string>();

/** What clients see, when both composers agree on it and nothing is lost. */
function composed(subgraphs: readonly SubgraphSource[]): string {
  const key = JSON.stringify(subgraphs);
  const api = alreadyComposed.get(key) ?? composeWithBoth(subgraphs);
  alreadyComposed.set(key, api);
  return api;
}

function composeWithBoth(subgraphs: readonly SubgraphSource[]): string {
  const apollo = composeWithApollo(subgraphs);
  const guild = composeWithGuild(subgraphs);
  expect({ apollo: apollo.errors, guild: guild.errors }).toEqual({ apollo: [], guild: [] });
  expect(findLossyHints(apollo.hints)).toEqual([]);
  expect(apollo.api).toBe(guild.api);
  return guild.api;
}

const before = composed(graph(() => now));
const schemaBefore = buildSchema(before);

/** Asserts that a new graph breaks no current client, and returns it. */
function compatible(api: string): string {
  // The same graph breaks nothing; comparing it takes time.
  if (api === before) return api;
  const changes = clientChanges(schemaBefore, buildSchema(api));
  expect(changes.filter(({ severity }) => severity === 'breaking')).toEqual([]);
  return api;
}

describe.each([
  ['one country is behind', ({ code }: Country) => code === 'IT'],
  ['one country is ahead', ({ code }: Country) => code !== 'IT'],
])('while %s', (_situation, isBehind) => {
  const between = (behind: Version, ahead: Version): SubgraphSource[] =>
    graph((country) => (isBehind(country) ? behind : ahead));
  const someCountry = countries.find((country) => !isBehind(country)) as Country;

  describe('values of enums and fields of value types and inputs', () => {
    it('can be added hidden', () => {
      expect(compatible(composed(between(now, hidden)))).toBe(before);
    });

    it('stay hidden until the last country shows them', () => {
      expect(compatible(composed(between(hidden, open)))).toBe(before);
    });
  });

  it('a field of an interface is added to every type before the interface gets it', () => {
    const field = 'novelty: String';
    const prepared = composed(graph((country) => (isBehind(country) ? now : withNationalField(now, country, field))));
    expect(compatible(prepared)).not.toMatch(/interface Administration [^}]*novelty/);
    const lifted = composed(
      graph((country) =>
        isBehind(country) ? withNationalField(now, country, field) : withLine('interface Administration', field),
      ),
    );
    expect(compatible(lifted)).toMatch(/interface Administration [^}]*novelty/);
  });

  it('a national field affects no other type', () => {
    const api = composed(
      graph((country) => (country === someCountry ? withNationalField(now, country, 'novelty: String') : now)),
    );
    expect(compatible(api).match(/novelty/g)).toHaveLength(1);
  });

  it('what clients may give is hidden until the last country has it, and breaks nothing meanwhile', () => {
    const subgraphs = between(
      now,
      withLines([
        ['consortia', 'novelty: String'],
        ['input AdministrationFilter', 'novelty: String'],
        // An enum value in arguments alone.
        ['enum Interval', 'NOVELTY'],
      ]),
    );
    const apollo = composeWithApollo(subgraphs);
    expect([...findLossyHints(apollo.hints)].sort()).toEqual([
      expect.stringMatching(/^INCONSISTENT_ARGUMENT_PRESENCE: .*"Catalogue\.consortia\(novelty:\)"/),
      expect.stringMatching(/^INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM: .*NOVELTY/),
      expect.stringMatching(/^INCONSISTENT_INPUT_OBJECT_FIELD: .*novelty/),
    ]);
    expect(compatible(apollo.api)).not.toMatch(
      /(?:interface Catalogue|input AdministrationFilter|enum Interval) [^}]*novelty/i,
    );
    expect(composeWithGuild(subgraphs).api).toBe(apollo.api);
  });

  describe('composition reports', () => {
    /** One composition shows those that are found in one step, because each is reported with what it is about: composing takes time. */
    const mistakesByStep: readonly (readonly Mistake[])[] = [
      [
        ['an enum value that is not hidden', 'ENUM_VALUE_MISMATCH', 'enum AdministrationKind', 'NOVELTY'],
        [
          'a required field of an input',
          'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
          'input AdministrationFilter',
          'novelty: String!',
        ],
      ],
      [
        [
          'a field of an interface that not every type has',
          'INTERFACE_FIELD_NO_IMPLEM',
          'interface Administration',
          'novelty: String',
        ],
        [
          'a hidden field of an interface that not every type has',
          'INTERFACE_FIELD_NO_IMPLEM',
          'interface Consortium',
          'novelty: String @inaccessible',
        ],
      ],
    ];
    describe.each(mistakesByStep.map((mistakes) => ({ mistakes })))(
      'each of these and nothing else:',
      ({ mistakes }) => {
        let composers: readonly Composed[];
        beforeAll(() => {
          const wrong = between(now, withLines(mistakes.map(([, , head, line]) => [head, line])));
          composers = [composeWithApollo(wrong), composeWithGuild(wrong)];
          const codes = [...new Set(mistakes.map(([, code]) => code))].sort();
          for (const { errors } of composers) expect([...errors].sort()).toEqual(codes);
        });

        it.each(mistakes)('%s', (_what, code, head) => {
          const [, type = ''] = head.split(' ');
          for (const { messages } of composers)
            expect(messages).toContainEqual(expect.stringMatching(new RegExp(`^${code}: .*\\b${type}\\b`)));
        });
      },
    );

    it('a field of a value type that is not hidden', () => {
      const subgraphs = between(now, withLine('type Claim', 'novelty: String'));
      for (const composeWith of [composeWithApollo, composeWithGuild])
        expect(composeWith(subgraphs).errors).toEqual(['SATISFIABILITY_ERROR']);
    });

    it('a required argument', () => {
      const subgraphs = between(now, withLine('consortia', 'novelty: String!'));
      expect(composeWithApollo(subgraphs).errors).toEqual(['REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH']);
      expect(() => compose(subgraphs)).toThrow(/required argument.*novelty/i);
    });
  });
});

it('an addition that every country and Europe show is in the graph', () => {
  const schema = buildSchema(compatible(composed(graph(() => open, countries, open))));
  const contentOf = (type: string): unknown => schema.getType(type)?.astNode;
  for (const [head, line] of additions) {
    const [, type = ''] = head.split(' ');
    expect(JSON.stringify(contentOf(type))).toContain(`"${line.split(':')[0] ?? ''}"`);
  }
});

it('an addition that Europe shares with the countries stays hidden until Europe shows it too', () => {
  const shared = (directive: string): Version =>
    withLine('type Claim', `novelty: String ${directive}`, withLine('enum AdministrationKind', `NOVELTY ${directive}`));
  expect(compatible(composed(graph(() => shared(''), countries, shared('@inaccessible'))))).toBe(before);
});

describe('a new country', () => {
  const ruritania: Country = {
    code: 'XR',
    name: 'Ruritania',
    folder: 'ruritania',
    adjective: 'Ruritanian',
    port: 4004,
  };

  it('can be added without national fields, and breaks no client', () => {
    const api = compatible(composed(graph(() => now, [...countries, ruritania])));
    expect(api).toContain('type RuritanianAdministration implements Administration & Node & Organisation');
    expect(api).toMatch(/ ruritania: RuritanianCatalogue\n/);
  });

  it('is unknown to Europe until Europe is released with it', () => {
    const subgraphs = graph(() => now, [...countries, ruritania]).map((subgraph) =>
      subgraph.name === europe.folder ? { ...subgraph, sdl: europeSdl(now.contract, countries) } : subgraph,
    );
    expect(compatible(composed(subgraphs))).toMatch(/ ruritania: RuritanianCatalogue\n/);
  });

  it('may be the 27th', () => {
    const others = Array.from({ length: 27 - countries.length }, (_, index): Country => {
      const letter = String.fromCharCode(65 + index);
      return {
        ...ruritania,
        code: `X${letter}`,
        folder: `country${letter}`,
        adjective: `Country${letter}`,
        name: letter,
      };
    });
    const api = compatible(composed(graph(() => now, [...countries, ...others])));
    expect(api.match(/^type \w+ implements Administration /gm)).toHaveLength(27);
  });
});

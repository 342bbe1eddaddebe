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

type Line = readonly [head: string, line: string];

const withLines = (lines: readonly Line[]): Version =>
  lines.reduce((version: Version, [head, line]) => withLine(head, line, version), now);

/**
 * While one country is behind, the others have `novelty`; while one is ahead, it alone has `oddity`. They do not depend on each other, so
 * that one composition shows what becomes of both: composing takes time.
 */
const situations = [
  { situation: 'one country is behind', name: 'novelty', isAhead: ({ code }: Country) => code !== 'IT' },
  { situation: 'one country is ahead', name: 'oddity', isAhead: ({ code }: Country) => code === 'IT' },
];
/** The name of what a country has and others lack. */
const nameIn = (country: Country): string => situations.find(({ isAhead }) => isAhead(country))?.name ?? '';
/** The name of what others have and a country lacks. */
const nameOutside = (country: Country): string => situations.find(({ isAhead }) => !isAhead(country))?.name ?? '';

/** What a version adds that does not compose: what it is, the code of its error, and the line with a name. */
type Mistake = readonly [what: string, code: string, head: string, line: (name: string) => string];

/** Additions that do not depend on each other either. */
const additions = (name: string, directive = ''): Line[] => [
  ['enum AdministrationKind', `${name.toUpperCase()} ${directive}`],
  // Values in arguments alone, and in responses alone.
  ['enum Interval', `${name.toUpperCase()} ${directive}`],
  ['enum ConsortiumKind', `${name.toUpperCase()} ${directive}`],
  ['type Claim', `${name}: String ${directive}`],
  ['input AdministrationFilter', `${name}: String ${directive}`],
];
const hidden = (name: string): Line[] => additions(name, '@inaccessible');
const none = (): Line[] => [];

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

describe('while one country is behind, and while one is ahead', () => {
  /** Countries that are behind have the lines of `behind`, with the name of that situation, the others those of `ahead`. */
  const between = (behind: (name: string) => readonly Line[], ahead: (name: string) => readonly Line[]) =>
    graph((country) => withLines([...behind(nameOutside(country)), ...ahead(nameIn(country))]));

  describe('values of enums and fields of value types and inputs', () => {
    it('can be added hidden', () => {
      expect(compatible(composed(between(none, hidden)))).toBe(before);
    });

    it('stay hidden until the last country shows them', () => {
      expect(compatible(composed(between(hidden, additions)))).toBe(before);
    });
  });

  it('a field of an interface is added to every type before the interface gets it', () => {
    const prepared = compatible(
      composed(graph((country) => withNationalField(now, country, `${nameIn(country)}: String`))),
    );
    expect(prepared).not.toMatch(/interface Administration [^}]*(?:novelty|oddity)/);
    const lifted = compatible(
      composed(
        graph((country) =>
          withNationalField(
            withLine('interface Administration', `${nameIn(country)}: String`),
            country,
            `${nameOutside(country)}: String`,
          ),
        ),
      ),
    );
    expect(lifted).toMatch(/interface Administration [^}]*novelty/);
    expect(lifted).toMatch(/interface Administration [^}]*oddity/);
  });

  it('a national field affects no other type', () => {
    const some = situations.map(({ isAhead }) => countries.find(isAhead));
    const api = compatible(
      composed(
        graph((country) =>
          some.includes(country) ? withNationalField(now, country, `${nameIn(country)}: String`) : now,
        ),
      ),
    );
    for (const { name } of situations) expect(api.match(new RegExp(name, 'g'))).toHaveLength(1);
  });

  it('what clients may give is hidden until the last country has it, and breaks nothing meanwhile', () => {
    const subgraphs = between(none, (name) => [
      ['consortia', `${name}: String`],
      ['input AdministrationFilter', `${name}: String`],
      // An enum value in arguments alone.
      ['enum Interval', name.toUpperCase()],
    ]);
    const apollo = composeWithApollo(subgraphs);
    expect([...findLossyHints(apollo.hints)].sort()).toEqual([
      expect.stringMatching(/^INCONSISTENT_ARGUMENT_PRESENCE: .*"Catalogue\.consortia\(novelty:\)"/),
      expect.stringMatching(/^INCONSISTENT_ARGUMENT_PRESENCE: .*"Catalogue\.consortia\(oddity:\)"/),
      expect.stringMatching(/^INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM: .*NOVELTY/),
      expect.stringMatching(/^INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM: .*ODDITY/),
      expect.stringMatching(/^INCONSISTENT_INPUT_OBJECT_FIELD: .*novelty/),
      expect.stringMatching(/^INCONSISTENT_INPUT_OBJECT_FIELD: .*oddity/),
    ]);
    expect(compatible(apollo.api)).not.toMatch(
      /(?:interface Catalogue|input AdministrationFilter|enum Interval) [^}]*(?:novelty|oddity)/i,
    );
    expect(composeWithGuild(subgraphs).api).toBe(apollo.api);
  });

  describe('composition reports', () => {
    /** One composition shows those that are found in one step, because each is reported with what it is about. */
    const mistakesByStep: readonly (readonly Mistake[])[] = [
      [
        [
          'an enum value that is not hidden',
          'ENUM_VALUE_MISMATCH',
          'enum AdministrationKind',
          (name) => name.toUpperCase(),
        ],
        [
          'a required field of an input',
          'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
          'input AdministrationFilter',
          (name) => `${name}: String!`,
        ],
      ],
      [
        [
          'a field of an interface that not every type has',
          'INTERFACE_FIELD_NO_IMPLEM',
          'interface Administration',
          (name) => `${name}: String`,
        ],
        [
          'a hidden field of an interface that not every type has',
          'INTERFACE_FIELD_NO_IMPLEM',
          'interface Consortium',
          (name) => `${name}: String @inaccessible`,
        ],
      ],
    ];
    describe.each(mistakesByStep.map((mistakes) => ({ mistakes })))(
      'each of these and nothing else:',
      ({ mistakes }) => {
        let composers: readonly Composed[];
        beforeAll(() => {
          const wrong = between(none, (name) => mistakes.map(([, , head, line]): Line => [head, line(name)]));
          composers = [composeWithApollo(wrong), composeWithGuild(wrong)];
          const codes = [...new Set(mistakes.map(([, code]) => code))].sort();
          for (const { errors } of composers) expect([...errors].sort()).toEqual(codes);
        });

        it.each(
          mistakes.flatMap(([what, code, head]) =>
            situations.map(({ situation, name }) => ({ what, situation, code, type: head.split(' ')[1] ?? '', name })),
          ),
        )('$what, while $situation', ({ code, type, name }) => {
          const message = new RegExp(`^${code}: (?=.*\\b${type}\\b).*\\b${name}\\b`, 'i');
          for (const { messages } of composers) expect(messages).toContainEqual(expect.stringMatching(message));
        });
      },
    );

    it('a field of a value type that is not hidden', () => {
      const subgraphs = between(none, (name) => [['type Claim', `${name}: String`]]);
      for (const { errors, messages } of [composeWithApollo(subgraphs), composeWithGuild(subgraphs)]) {
        expect(errors).toEqual(['SATISFIABILITY_ERROR']);
        for (const { name } of situations)
          expect(messages).toContainEqual(expect.stringMatching(new RegExp(`\\b${name}\\b`)));
      }
    });

    it('a required argument', () => {
      const subgraphs = between(none, (name) => [['consortia', `${name}: String!`]]);
      const { errors, messages } = composeWithApollo(subgraphs);
      expect(errors).toEqual(['REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH']);
      for (const { name } of situations) {
        expect(messages).toContainEqual(expect.stringContaining(`consortia(${name}:)`));
        expect(() => compose(subgraphs)).toThrow(new RegExp(`required argument.*${name}`, 'i'));
      }
    });
  });
});

it('an addition that every country and Europe show is in the graph', () => {
  const open = withLines(additions('novelty'));
  const schema = buildSchema(compatible(composed(graph(() => open, countries, open))));
  const contentOf = (type: string): unknown => schema.getType(type)?.astNode;
  for (const [head, line] of additions('novelty')) {
    const [, type = ''] = head.split(' ');
    expect(JSON.stringify(contentOf(type))).toContain(`"${/^\w+/.exec(line)?.[0] ?? ''}"`);
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

  it('is unknown to Europe until Europe is released with it', () => {
    const subgraphs = graph(() => now, [...countries, ruritania]).map((subgraph) =>
      subgraph.name === europe.folder ? { ...subgraph, sdl: europeSdl(now.contract, countries) } : subgraph,
    );
    expect(compatible(composed(subgraphs))).toMatch(/ ruritania: RuritanianCatalogue\n/);
  });

  it('can be added without national fields, also as the 27th, and breaks no client', () => {
    const others = Array.from({ length: 26 - countries.length }, (_, index): Country => {
      const letter = String.fromCharCode(65 + index);
      return {
        ...ruritania,
        code: `X${letter}`,
        folder: `country${letter}`,
        adjective: `Country${letter}`,
        name: letter,
      };
    });
    const api = compatible(composed(graph(() => now, [...countries, ...others, ruritania])));
    expect(api).toContain('type RuritanianAdministration implements Administration & Node & Organisation');
    expect(api).toMatch(/ ruritania: RuritanianCatalogue\n/);
    expect(api.match(/^type \w+ implements Administration /gm)).toHaveLength(27);
  });
});

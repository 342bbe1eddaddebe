import { contents } from './testing/feed-contents.js';
import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { publishCodes, publishNeeds } from './testing/publish-needs.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

let countries: readonly FakeCountry[];
let index: TestIndex;
let [denmark, belgium, italy] = [] as unknown as [FakeCountry, FakeCountry, FakeCountry];

beforeAll(async () => {
  countries = await Promise.all(['DK', 'BE', 'IT'].map(startFakeCountry));
  [denmark, belgium, italy] = countries as [FakeCountry, FakeCountry, FakeCountry];
  publishCodes(denmark, italy);
  publishNeeds(denmark, italy);
  italy.publish(
    'RECORD',
    contents.record('it:record:cms', 'github.com/some/cms', {
      codes: [{ scheme: 'IT_SUBJECT', notation: '10' }],
      categories: ['content-management'],
    }),
  );
  belgium.publish('RECORD', contents.record('be:record:other', 'github.com/some/other'));
  index = await startTestIndex(countries);
  await index.catchUp();
});
afterAll(async () => {
  await index.close();
  await Promise.all(countries.map(({ stop }) => stop()));
});

describe('the crosswalk', () => {
  const crosswalk = (from: string, to: string | null = null): Promise<unknown> => {
    const [scheme, notation] = from.split(':');
    return index.query(
      `query ($from: CodeInput!, $to: String) { crosswalk(from: $from, to: $to) {
        from { scheme notation code { label } } counts { relation count }
        matches { scheme notation code { label } relation weakestStep { origin }
          path { fromScheme fromNotation toScheme toNotation relation origin country provenance { method } } }
      } }`,
      { from: { scheme, notation }, to },
    );
  };

  it('leads from the code of a country over a topic to that of another, with the path and its weakest step', async () => {
    expect(await crosswalk('DK_KLE:21', 'IT_SUBJECT')).toEqual({
      crosswalk: {
        from: { scheme: 'DK_KLE', notation: '21', code: { label: 'Folkebiblioteker' } },
        counts: [{ relation: 'CLOSE', count: 2 }],
        matches: [
          {
            scheme: 'IT_SUBJECT',
            notation: '10',
            code: { label: 'Culture and sport' },
            relation: 'CLOSE',
            weakestStep: { origin: 'COUNTRY' },
            path: [
              {
                fromScheme: 'DK_KLE',
                fromNotation: '21',
                toScheme: 'TOPIC',
                toNotation: 'library',
                relation: 'EXACT',
                origin: 'COUNTRY',
                country: 'DK',
                provenance: { method: 'IMPORTED' },
              },
              {
                fromScheme: 'TOPIC',
                fromNotation: 'library',
                toScheme: 'IT_SUBJECT',
                toNotation: '10',
                relation: 'CLOSE',
                origin: 'COUNTRY',
                country: 'IT',
                provenance: { method: 'IMPORTED' },
              },
            ],
          },
          expect.objectContaining({ notation: '11', relation: 'CLOSE', weakestStep: { origin: 'TEXT' } }),
        ],
      },
    });
  });

  it('uses the hierarchy of a list, and no mapping of a code that its country does not list', async () => {
    const { crosswalk: found } = (await crosswalk('TOPIC:library')) as {
      crosswalk: { matches: { scheme: string; notation: string; relation: string }[] };
    };
    expect(found.matches.map(({ scheme, notation, relation }) => `${relation} ${scheme}:${notation}`)).toEqual([
      'EXACT TOPIC:library',
      'EXACT DK_KLE:21',
      'CLOSE IT_SUBJECT:10',
      'CLOSE IT_SUBJECT:11',
      'NARROWER DK_KLE:21.01',
    ]);
  });

  it("uses Europe's mapping of a code until its country states its own", async () => {
    const topics = async (): Promise<string[]> => {
      const { crosswalk: found } = (await crosswalk('DK_KLE:21.00', 'TOPIC')) as {
        crosswalk: { matches: { notation: string; relation: string; path: { origin: string }[] }[] };
      };
      return found.matches.map(
        ({ notation, relation, path }) => `${relation} ${notation} ${path.map(({ origin }) => origin).join(' ')}`,
      );
    };
    denmark.publish('CODE', contents.code('dk:code:21-00', 'DK_KLE:21.00', 'Biblioteker', { broaderNotation: '21' }));
    await index.catchUp();
    expect(await topics()).toEqual(['CLOSE library EUROPE']);
    const mapping = 'dk:code-mapping:21-00';
    denmark.publish('CODE_MAPPING', contents.codeMapping(mapping, 'DK_KLE:21.00', 'RELATED', 'TOPIC:culture'));
    await index.catchUp();
    expect(await topics()).toEqual(['BROADER library COUNTRY COUNTRY', 'RELATED culture COUNTRY']);
    denmark.withdraw('CODE', 'dk:code:21-00');
    denmark.withdraw('CODE_MAPPING', mapping);
    await index.catchUp();
  });

  it('rejects an unknown topic', async () => {
    await expect(crosswalk('TOPIC:nothing')).rejects.toThrow('"nothing" is not a topic');
  });
});

it('lists codes by list and notation, or by how well they match a search', async () => {
  const fields = `totalCount nodes { scheme notation label labelLanguage broader { notation } codeList { title }
    mappings { relation topic toScheme } }`;
  expect(
    await index.query(`{ codes(scheme: "DK_KLE") { ${fields} } found: codes(search: "folkebib") { nodes { id } } }`),
  ).toEqual({
    codes: {
      totalCount: 2,
      nodes: [
        {
          scheme: 'DK_KLE',
          notation: '21',
          label: 'Folkebiblioteker',
          labelLanguage: 'da',
          broader: null,
          codeList: { title: 'KLE' },
          mappings: [{ relation: 'EXACT', topic: 'library', toScheme: null }],
        },
        {
          scheme: 'DK_KLE',
          notation: '21.01',
          label: 'Lending',
          labelLanguage: 'en',
          broader: { notation: '21' },
          codeList: { title: 'KLE' },
          mappings: [],
        },
      ],
    },
    found: { nodes: [{ id: 'dk:code:21' }] },
  });
});

describe('the list of needs', () => {
  const list = (args: string, fields = 'totalCount nodes { id }'): Promise<unknown> =>
    index.query(`{ needs${args} { ${fields} } }`);
  const ids = async (args: string): Promise<string[]> =>
    ((await list(args)) as { needs: { nodes: { id: string }[] } }).needs.nodes.map(({ id }) => id);

  it('finds by a topic the needs whose codes lead to it, the most strongly related first, with the path', async () => {
    expect(
      await list('(topic: "library")', 'totalCount edges { relation node { id } path { toScheme toNotation } }'),
    ).toEqual({
      needs: {
        totalCount: 2,
        edges: [
          { relation: 'EXACT', node: { id: 'dk:need:website' }, path: [{ toScheme: 'DK_KLE', toNotation: '21' }] },
          { relation: 'CLOSE', node: { id: 'it:need:culture' }, path: [{ toScheme: 'IT_SUBJECT', toNotation: '10' }] },
        ],
      },
    });
  });

  it('finds a need without a mapped code by what its statement is about, as a guess', async () => {
    const found = (await list(
      '(topic: "whistleblowing")',
      'edges { relation node { id } path { toScheme toNotation origin } }',
    )) as { needs: unknown };
    expect(found.needs).toEqual({
      edges: [
        {
          relation: 'CLOSE',
          node: { id: 'it:need:other' },
          path: [{ toScheme: 'TEXT', toNotation: 'CLOSE:whistleblowing', origin: 'TEXT' }],
        },
      ],
    });
    // Its code is mapped to a topic, so its statement does not count.
    expect(await ids('(topic: "website-builder")')).toEqual([]);
  });

  it('counts holders by country, relation and state, and what is inherited by itself', async () => {
    expect(
      await list(
        '(codes: [{ scheme: "DK_KLE", notation: "21" }])',
        'countries { country relation needs inherited states { state holders rules amounts { amount currency } } }',
      ),
    ).toEqual({
      needs: {
        countries: [
          {
            country: 'DK',
            relation: 'EXACT',
            needs: 1,
            inherited: 0,
            states: [{ state: 'MET', holders: 1, rules: 0, amounts: [] }],
          },
          {
            country: 'IT',
            relation: 'CLOSE',
            needs: 1,
            // Milan: Turin has a statement of its own, and Rome is elsewhere.
            inherited: 1,
            states: [
              { state: 'STATED', holders: 0, rules: 1, amounts: [] },
              { state: 'FUNDED', holders: 1, rules: 0, amounts: [{ amount: '100.5', currency: 'EUR' }] },
            ],
          },
        ],
      },
    });
  });

  it('is filtered by holder, also by what it inherits, by state on a day, by country, by words and by codes', async () => {
    expect(await ids('(holder: "it:administration:milano")')).toEqual(['it:need:culture']);
    expect(await ids('(holder: "it:administration:milano", state: FUNDED)')).toEqual([]);
    expect(await ids('(holder: "it:administration:torino", state: FUNDED)')).toEqual(['it:need:culture']);
    expect(await ids('(holder: "it:administration:roma")')).toEqual([]);
    expect(await ids('(holder: "it:administration:roma", asOf: "2024-06-01")')).toEqual(['it:need:culture']);
    expect(await ids('(state: MET)')).toEqual(['dk:need:website']);
    expect(await ids('(countries: ["IT"])')).toEqual(['it:need:culture', 'it:need:other']);
    expect(await ids('(search: "servizi")')).toEqual(['it:need:culture']);
    for (const search of ['IT_SUBJECT 10', 'subject:10', '10'])
      expect(await ids(`(search: "${search}")`)).toEqual(['it:need:culture']);
    for (const search of ['IT_SUBJECT 1.1', 'subject 0', '0']) expect(await ids(`(search: "${search}")`)).toEqual([]);
    expect(await ids('')).toEqual(['dk:need:website', 'it:need:culture', 'it:need:other']);
  });

  it('is ordered by statement or by the number of holders on the day, in either direction, else best match first', async () => {
    const by = (field: string, more = ''): Promise<string[]> => ids(`(orderBy: { field: ${field} } ${more})`);
    // On that day Turin and Rome need the services of culture.
    const onDay = 'asOf: "2024-06-01"';
    expect(await by('HOLDERS', onDay)).toEqual(['it:need:culture', 'dk:need:website', 'it:need:other']);
    expect(await by('HOLDERS, direction: ASC', onDay)).toEqual(['it:need:other', 'dk:need:website', 'it:need:culture']);
    // Today only Turin does: equal needs are ordered by statement. A rule is not a holder.
    expect(await by('HOLDERS')).toEqual(['dk:need:website', 'it:need:culture', 'it:need:other']);
    expect(await by('HOLDERS', 'topic: "library", state: FUNDED')).toEqual(['it:need:culture']);
    expect(await by('NAME, direction: DESC')).toEqual(['it:need:other', 'it:need:culture', 'dk:need:website']);
    expect(await by('NAME, direction: DESC', 'topic: "library"')).toEqual(['it:need:culture', 'dk:need:website']);
    expect(await by('RELEVANCE', 'topic: "library"')).toEqual(await ids('(topic: "library")'));
    await expect(by('RELEVANCE')).rejects.toThrow('RELEVANCE needs a `search`, `codes` or a `topic`.');
  });

  it('has the fields of needs and of their holders, a rule as one item', async () => {
    const holders = `holders(first: 5) { totalCount states { state holders rules } nodes {
      id inherited holderId state amount { amount currency } rule { kind nuts } metBy solutions { name } need { id } during { start } } }`;
    expect(
      await list(
        '(countries: ["DK", "IT"], search: "library")',
        `nodes { statement statementLanguage codes { scheme code { label } } ${holders} }`,
      ),
    ).toEqual({
      needs: {
        nodes: [
          {
            statement: 'A library website',
            statementLanguage: 'en',
            codes: [{ scheme: 'DK_KLE', code: { label: 'Folkebiblioteker' } }],
            holders: {
              totalCount: 1,
              states: [{ state: 'MET', holders: 1, rules: 0 }],
              nodes: [
                {
                  id: 'dk:need-holder:aarhus',
                  inherited: false,
                  holderId: 'dk:administration:aarhus',
                  state: 'MET',
                  amount: null,
                  rule: null,
                  metBy: ['github.com/some/cms'],
                  solutions: [{ name: 'cms' }],
                  need: { id: 'dk:need:website' },
                  during: { start: null },
                },
              ],
            },
          },
        ],
      },
    });
    expect(
      await list(
        '(search: "servizi")',
        'nodes { holders(nuts: "ITC4") { nodes { id inherited rule { kind nuts } } } }',
      ),
    ).toEqual({
      needs: {
        nodes: [
          {
            holders: {
              nodes: [{ id: 'it:need-holder:all', inherited: true, rule: { kind: 'MUNICIPALITY', nuts: 'ITC' } }],
            },
          },
        ],
      },
    });
  });

  it('names the countries without a code list, also after a list was withdrawn with its codes', async () => {
    const read = () =>
      index.query('{ needs { notConsidered { country reason } } codes(scheme: "BE_LIST") { totalCount } }');
    const without = { needs: { notConsidered: [{ country: 'BE', reason: 'NO_CODE_LIST' }] }, codes: { totalCount: 0 } };
    expect(await read()).toEqual(without);
    belgium.publish('CODE_LIST', contents.codeList('be:code-list:list', 'BE_LIST'));
    belgium.publish('CODE', contents.code('be:code:one', 'BE_LIST:one', 'One'));
    await index.catchUp();
    expect(await read()).toEqual({ needs: { notConsidered: [] }, codes: { totalCount: 1 } });
    belgium.withdraw('CODE', 'be:code:one');
    belgium.withdraw('CODE_LIST', 'be:code-list:list');
    await index.catchUp();
    expect(await read()).toEqual(without);
  });

  it.each([
    ['(topic: "nothing")', 'is not a topic'],
    ['(holder: "x")', 'is not a valid id'],
    ['(countries: ["XX"])', 'has no catalogue'],
  ])('rejects %s', async (args, message) => {
    await expect(list(args)).rejects.toThrow(message);
  });
});

it('gives a solution the codes of its records and its topics: categories, and what its codes lead to', async () => {
  const { solution } = (await index.query(
    `{ solution(address: "github.com/some/cms") { codes { scheme notation } topics { notation relation path { origin } } } }`,
  )) as { solution: unknown };
  expect(solution).toEqual({
    codes: [{ scheme: 'IT_SUBJECT', notation: '10' }],
    topics: [
      { notation: 'content-management', relation: 'EXACT', path: [] },
      { notation: 'library', relation: 'CLOSE', path: [{ origin: 'COUNTRY' }] },
    ],
  });
});

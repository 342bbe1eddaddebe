import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { said } from './testing/said.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

let denmark: FakeCountry;
let belgium: FakeCountry;
let italy: FakeCountry;
let france: FakeCountry;
let index: TestIndex;
// One index for all: each test speaks of addresses and bodies of its own.
beforeAll(async () => {
  [denmark, belgium, italy, france] = await Promise.all([
    startFakeCountry('DK'),
    startFakeCountry('BE'),
    startFakeCountry('IT'),
    startFakeCountry('FR'),
  ]);
  index = await startTestIndex([denmark, belgium, italy, france]);
});
afterAll(async () => {
  await index.close();
  for (const fake of [denmark, belgium, italy, france]) await fake.stop();
});

/** What is asked of the solution at an address. */
async function at(address: string, fields: string): Promise<unknown> {
  const answer = await index.ask(`query ($address: String!) { solution(address: $address) { ${fields} } }`, {
    address,
  });
  return (answer as { solution: unknown }).solution;
}

const observed = (observedOn: string | null) => ({
  provenance: {
    source: 'https://example.org/',
    retrievedAt: '2024-01-01T00:00:00.000Z',
    observedOn,
    assertedBy: null,
    method: 'IMPORTED',
    licence: null,
    note: null,
  },
});
const during = (start: string | null, end: string | null = null, ended: boolean | null = null) => ({
  during: { start, startPrecision: start && 'DAY', end, endPrecision: end && 'DAY', ended },
});
const described = (language: string, localisedName: string | null, shortDescription: string | null) => ({
  language,
  localisedName,
  shortDescription,
  longDescription: null,
  documentation: null,
  apiDocumentation: null,
  features: [],
  awards: [],
});

const refs = ['Danish', 'Belgian', 'Italian']
  .flatMap((adjective) => ['Administration', 'Consortium'].map((type) => `... on ${adjective}${type} { ref }`))
  .join(' ');
const consortiumRefs = ['Danish', 'Belgian', 'Italian'].map((of) => `... on ${of}Consortium { ref }`).join(' ');

describe('what is said of a solution', () => {
  const address = 'github.com/precedence/thing';
  const origins = `origins { field recordId country }`;

  beforeAll(async () => {
    denmark.say(
      'RECORD',
      said.record('dk:record:precedence', address, {
        publisherId: 'dk:consortium:publisher',
        name: 'Tingen',
        descriptions: [described('da', 'Tingen på dansk', 'Kort'), described('en', 'The thing', 'Short')],
        licence: 'MPL-2.0',
        developmentStatus: null,
        categories: [],
        ...observed('2019-01-01'),
      }),
    );
    italy.say(
      'RECORD',
      said.record('it:record:precedence', address, {
        kind: 'SERVICE',
        name: 'Cosa',
        descriptions: [described('it', 'La cosa', 'Breve')],
        url: 'https://example.org/cosa',
        licence: 'MIT',
        developmentStatus: 'BETA',
        categories: ['gis'],
        maintenance: 'CONTRACT',
        maintainedUntil: '2030-01-01',
        ...observed('2023-01-01'),
      }),
    );
    belgium.say(
      'RECORD',
      said.record('be:record:precedence', address, {
        name: 'Chose',
        descriptions: [described('fr-BE', 'La chose', 'Court')],
        url: 'https://example.org/chose',
        developmentStatus: 'STABLE',
        softwareType: 'LIBRARY',
        categories: ['hr', 'crm'],
        releaseDate: '2024-05-06',
        maintenance: 'INTERNAL',
        ...observed('2022-01-01'),
      }),
    );
    await index.catchUp();
  });

  it('is what the publisher’s own country says, then what the newest record does', async () => {
    expect(
      await at(
        address,
        `kind name url licence licenceFamily developmentStatus softwareType categories releaseDate maintenance maintainedUntil`,
      ),
    ).toEqual({
      kind: 'SOFTWARE',
      name: 'Tingen',
      url: 'https://example.org/cosa',
      licence: 'MPL-2.0',
      licenceFamily: 'WEAK_COPYLEFT',
      developmentStatus: 'BETA',
      softwareType: 'LIBRARY',
      categories: ['gis'],
      releaseDate: '2024-05-06',
      maintenance: 'CONTRACT',
      maintainedUntil: '2030-01-01',
    });
  });

  it('names the record that gave each field, and none for what nobody says', async () => {
    const { origins: given } = (await at(address, origins)) as {
      origins: { field: string; recordId: string; country: string }[];
    };
    expect(Object.fromEntries(given.map(({ field, country }) => [field, country]))).toEqual({
      kind: 'DK',
      name: 'DK',
      shortDescription: 'DK',
      licence: 'DK',
      url: 'IT',
      developmentStatus: 'IT',
      categories: 'IT',
      maintenance: 'IT',
      maintainedUntil: 'IT',
      softwareType: 'BE',
      releaseDate: 'BE',
    });
    for (const { recordId, country } of given) expect(recordId).toBe(`${country.toLowerCase()}:record:precedence`);
    denmark.say('RECORD', said.record('dk:record:silent', 'github.com/precedence/silent'));
    await index.catchUp();
    expect(await at('github.com/precedence/silent', `url licence licenceFamily categories ${origins}`)).toEqual({
      url: null,
      licence: null,
      licenceFamily: null,
      categories: [],
      origins: ['kind', 'name'].map((field) => ({ field, recordId: 'dk:record:silent', country: 'DK' })),
    });
  });

  it('comes in the language asked for, the nearest there is', async () => {
    const texts = async (language: string | null) =>
      index.ask(
        `query ($language: String) { solution(address: "${address}") {
          name(language: $language) shortDescription(language: $language) } }`,
        { language },
      );
    const danish = { name: 'Tingen på dansk', shortDescription: 'Kort' };
    expect(await texts('da')).toEqual({ solution: danish });
    expect(await texts('DA-dk')).toEqual({ solution: danish });
    expect(await texts('en-GB')).toEqual({ solution: { name: 'The thing', shortDescription: 'Short' } });
    // The catalogues of these tests have English first, whatever their descriptions begin with.
    for (const language of [null, 'pt'])
      expect(await texts(language)).toMatchObject({ solution: { shortDescription: 'Short' } });
    // What only another record says is better than another language.
    expect(await texts('it')).toMatchObject({ solution: { shortDescription: 'Breve' } });
    expect(await texts('fr')).toMatchObject({ solution: { name: 'Tingen' } });
    // Of the default, the first that says anything decides, in whatever language it does.
    denmark.say(
      'RECORD',
      said.record('dk:record:danish', 'github.com/precedence/danish', {
        publisherId: 'dk:consortium:publisher',
        descriptions: [described('da', null, 'Kun dansk')],
      }),
    );
    italy.say(
      'RECORD',
      said.record('it:record:danish', 'github.com/precedence/danish', {
        descriptions: [described('en', null, 'English')],
      }),
    );
    await index.catchUp();
    expect(await at('github.com/precedence/danish', 'shortDescription')).toEqual({ shortDescription: 'Kun dansk' });
  });

  it('has all its records, the one that is believed first', async () => {
    expect(await at(address, 'records { id country name provenance { observedOn } solution { id } }')).toEqual({
      records: [
        ['dk', 'Tingen', '2019-01-01'],
        ['it', 'Cosa', '2023-01-01'],
        ['be', 'Chose', '2022-01-01'],
      ].map(([country, name, observedOn]) => ({
        id: `${country}:record:precedence`,
        country: country?.toUpperCase(),
        name,
        provenance: { observedOn },
        solution: { id: address },
      })),
    });
  });

  it('is published in the countries of its publishers, and only where none is known in those of its catalogues', async () => {
    // A publisher that its country does not know is none.
    expect(await at(address, 'publishedIn publisherIds')).toEqual({
      publishedIn: ['BE', 'DK', 'IT'],
      publisherIds: [],
    });
    denmark.say('CONSORTIUM', said.consortium('dk:consortium:publisher', 'Publisher'));
    await index.catchUp();
    expect(await at(address, 'publishedIn publisherIds')).toEqual({
      publishedIn: ['DK'],
      publisherIds: ['dk:consortium:publisher'],
    });
    for (const [fake, id] of [
      [italy, 'it:record:orphan'],
      [belgium, 'be:record:orphan'],
    ] as const)
      fake.say('RECORD', said.record(id, 'github.com/precedence/orphan', { publisherName: 'Somebody' }));
    await index.catchUp();
    expect(await at('github.com/precedence/orphan', 'publishedIn publishers { __typename }')).toEqual({
      publishedIn: ['BE', 'IT'],
      publishers: [],
    });
  });

  it('changes with its records', async () => {
    const moving = 'github.com/precedence/moving';
    italy.say('RECORD', said.record('it:record:moving', moving, { name: 'Prima', ...observed('2020-01-01') }));
    belgium.say('RECORD', said.record('be:record:moving', moving, { name: 'Avant', ...observed('2019-01-01') }));
    await index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Prima' });
    belgium.say('RECORD', said.record('be:record:moving', moving, { name: 'Après', ...observed('2021-01-01') }));
    await index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Après' });
    belgium.unsay('RECORD', 'be:record:moving');
    await index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Prima' });
  });
});

describe('an address', () => {
  const now = 'github.com/addresses/now';
  const before = 'codeberg.org/addresses/before';
  const first = 'gitlab.com/addresses/group/first';

  beforeAll(async () => {
    denmark.say(
      'RECORD',
      said.record('dk:record:addresses', now, {
        name: 'Moved',
        aliases: [first, before],
        publisherId: 'dk:consortium:x',
      }),
    );
    italy.say('ADOPTION', said.adoption('it:adoption:named-only', 'it:administration:a', 'github.com/only/named'));
    italy.say('ADMINISTRATION', said.administration('it:administration:a', 'A'));
    await index.catchUp();
  });

  it('of a solution leads to it, however it is written, and so does its id', async () => {
    for (const written of [
      now,
      'https://GitHub.com/Addresses/Now.git',
      'git@github.com:addresses/now.git',
      'https://www.github.com/addresses/now/tree/main?tab=readme#top',
      before,
      'HTTPS://codeberg.org/Addresses/Before/',
      first,
    ])
      expect({ written, found: await at(written, 'address id name addresses') }).toEqual({
        written,
        found: { address: now, id: first, name: 'Moved', addresses: [now, before, first] },
      });
  });

  it('leads to the solution also for the gateway, which may know one that no catalogue describes', async () => {
    const addresses = [before, 'github.com/only/named', 'github.com/nobody/knows', now];
    const answer = await index.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Solution { address id name kind categories records { id } adoptions { totalCount } reuse { country } } } }`,
      { representations: addresses.map((address) => ({ __typename: 'Solution', address })) },
    );
    const moved = {
      address: now,
      id: first,
      name: 'Moved',
      kind: 'SOFTWARE',
      categories: [],
      records: [{ id: 'dk:record:addresses' }],
      adoptions: { totalCount: 0 },
      reuse: [],
    };
    const unknown = { name: null, kind: null, categories: null, records: [] };
    expect(answer).toEqual({
      _entities: [
        moved,
        {
          ...unknown,
          address: 'github.com/only/named',
          id: 'github.com/only/named',
          adoptions: { totalCount: 1 },
          reuse: [{ country: 'IT' }],
        },
        {
          ...unknown,
          address: 'github.com/nobody/knows',
          id: 'github.com/nobody/knows',
          adoptions: { totalCount: 0 },
          reuse: [],
        },
        moved,
      ],
    });
  });

  it('that only users name is a solution of which nobody says anything, in no list', async () => {
    expect(
      await at(
        'https://github.com/Only/Named',
        `address id addresses kind name shortDescription url licence licenceFamily developmentStatus softwareType categories
        releaseDate maintenance maintainedUntil origins { field } records { id } publishedIn publishers { __typename }
        maintainers { __typename } adoptions { nodes { id solution { id } } } basedOn { id } derivatives { id }`,
      ),
    ).toEqual({
      address: 'github.com/only/named',
      id: 'github.com/only/named',
      addresses: ['github.com/only/named'],
      ...Object.fromEntries(
        [
          ...[
            'kind',
            'name',
            'shortDescription',
            'url',
            'licence',
            'licenceFamily',
            'developmentStatus',
            'softwareType',
          ],
          ...['categories', 'releaseDate', 'maintenance', 'maintainedUntil', 'origins', 'publishedIn', 'publishers'],
        ].map((field) => [field, null]),
      ),
      records: [],
      maintainers: [],
      adoptions: { nodes: [{ id: 'it:adoption:named-only', solution: { id: 'github.com/only/named' } }] },
      basedOn: [],
      derivatives: [],
    });
    expect(await index.ask('{ solutions(search: "named") { totalCount } }')).toEqual({ solutions: { totalCount: 0 } });
  });

  it('that nobody names is null', async () => {
    expect(await at('github.com/nobody/knows', 'id')).toBeNull();
  });

  it('brings its users along when a record comes to describe it', async () => {
    const late = 'github.com/addresses/late';
    belgium.say('ADMINISTRATION', said.administration('be:administration:early', 'Early'));
    belgium.say('ADOPTION', said.adoption('be:adoption:early', 'be:administration:early', late));
    await index.catchUp();
    denmark.say(
      'RECORD',
      said.record('dk:record:late', 'github.com/addresses/newer', { name: 'Late', aliases: [late] }),
    );
    await index.catchUp();
    expect(
      await at(
        'github.com/addresses/newer',
        'id name adoptions { nodes { id solutionAddress } } reuse { country adopters }',
      ),
    ).toEqual({
      id: late,
      name: 'Late',
      adoptions: { nodes: [{ id: 'be:adoption:early', solutionAddress: late }] },
      reuse: [{ country: 'BE', adopters: 1 }],
    });
    expect(await index.ask(`{ solutions(filter: { usedBy: "be:administration:early" }) { nodes { id } } }`)).toEqual({
      solutions: { nodes: [{ id: late }] },
    });
  });
});

describe('the users of a solution', () => {
  const address = 'github.com/used/thing';
  const ids = async (query: string, of: string = address): Promise<string[]> => {
    const found = (await at(of, `adoptions${query} { nodes { id } totalCount }`)) as {
      adoptions: { nodes: { id: string }[]; totalCount: number };
    };
    expect(found.adoptions.totalCount).toBe(found.adoptions.nodes.length);
    return found.adoptions.nodes.map(({ id }) => id);
  };

  beforeAll(async () => {
    denmark.say('RECORD', said.record('dk:record:users', address, { publisherId: 'dk:consortium:x' }));
    for (const [id, name, more] of [
      ['dk:administration:zealand', 'Øzealand', {}],
      ['dk:administration:aal', 'Ål', {}],
      ['dk:administration:merged', 'Merged', { existed: { start: null, end: '2007-01-01', ended: true } }],
    ] as const)
      denmark.say('ADMINISTRATION', said.administration(id, name, more));
    italy.say('ADMINISTRATION', said.administration('it:administration:roma', 'Roma'));
    france.say('ADMINISTRATION', said.administration('fr:administration:lyon', 'Lyon'));
    const use = (id: string, user: string | null, more: object = {}): void => {
      const fake = { dk: denmark, be: belgium, it: italy, fr: france }[id.slice(0, 2)];
      fake?.say('ADOPTION', said.adoption(id, user, address, more));
    };
    use('dk:adoption:zealand', 'dk:administration:zealand', during('2010-01-01'));
    use('dk:adoption:aal', 'dk:administration:aal', during('2015-06-01', '2018-06-01'));
    use('dk:adoption:merged', 'dk:administration:merged', during('2005-01-01'));
    use('dk:adoption:ghost', 'dk:administration:ghost', during('2010-01-01'));
    use('dk:adoption:ghost-abroad', 'it:administration:ghost', during('2010-01-01'));
    use('dk:adoption:group', null, { group: 'Ten towns', ...during('2011-01-01') });
    use('dk:adoption:named', null, { rawName: 'Somebody', ...during('2011-01-01') });
    use('dk:adoption:oslo', 'no:administration:oslo', { ...during('2012-01-01'), rawName: 'Oslo kommune' });
    use('it:adoption:roma', 'it:administration:roma', during(null));
    use('fr:adoption:lyon', 'fr:administration:lyon', { ...during('2016-01-01'), version: '2.0', status: 'PILOT' });
    await index.catchUp();
  });

  it('come by country and name, those without an id among their catalogue’s; unknown bodies are left out', async () => {
    expect(await ids('')).toEqual([
      'dk:adoption:zealand',
      'dk:adoption:named',
      'dk:adoption:group',
      'fr:adoption:lyon',
      'it:adoption:roma',
      'dk:adoption:oslo',
    ]);
  });

  it('may be only those of some countries', async () => {
    expect(await ids('(countries: ["NO", "FR"])')).toEqual(['fr:adoption:lyon', 'dk:adoption:oslo']);
    expect(await ids('(countries: ["BE"])')).toEqual([]);
    expect(await ids('(countries: [])')).toEqual([]);
  });

  it.each([
    ['2004-12-31', []],
    ['2006-12-31', ['dk:adoption:merged']],
    ['2007-01-01', []],
    ['2015-05-31', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group', 'dk:adoption:oslo']],
    ['2018-05-31', ['dk:adoption:aal', 'dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group']],
    ['2018-06-01', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group']],
    ['2019-12-31', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group']],
    // Roma from the day on which it was seen.
    ['2020-01-01', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group', 'it:adoption:roma']],
  ])('on %s are those who used it then', async (day, expected) => {
    const countries = day < '2018' ? '' : ', countries: ["IT", "DK"]';
    expect(await ids(`(asOf: "${day}"${countries})`)).toEqual(expected);
  });

  it('are shown as their country says them', async () => {
    expect(
      await at(
        address,
        `adoptions(countries: ["FR"]) { nodes { id administrationId country group status version rawName matchConfidence during { start startPrecision end ended } provenance { observedOn } } }`,
      ),
    ).toEqual({
      adoptions: {
        nodes: [
          {
            id: 'fr:adoption:lyon',
            administrationId: 'fr:administration:lyon',
            country: 'FR',
            group: null,
            status: 'PILOT',
            version: '2.0',
            rawName: null,
            matchConfidence: null,
            during: { start: '2016-01-01', startPrecision: 'DAY', end: null, ended: null },
            provenance: { observedOn: '2020-01-01' },
          },
        ],
      },
    });
    const administration = '... on DanishAdministration { ref } ... on ItalianAdministration { ref }';
    expect(
      await at(
        address,
        `adoptions(countries: ["IT", "NO"]) { nodes { administrationId administration { ${administration} } } }`,
      ),
    ).toEqual({
      adoptions: {
        nodes: [
          { administrationId: 'it:administration:roma', administration: { ref: 'it:administration:roma' } },
          // Nobody can be asked about Norway.
          { administrationId: 'no:administration:oslo', administration: null },
        ],
      },
    });
  });

  it('are counted by country, the most first, bodies once', async () => {
    denmark.say(
      'ADOPTION',
      said.adoption('dk:adoption:again', 'dk:administration:zealand', address, during('2013-01-01')),
    );
    await index.catchUp();
    const reuse = (asOf: string): Promise<unknown> =>
      at(address, `reuse(asOf: "${asOf}") { country adopters firstAdopted }`);
    expect(await reuse('2016-01-01')).toEqual({
      reuse: [
        { country: 'DK', adopters: 2, firstAdopted: '2010-01-01' },
        { country: 'FR', adopters: 1, firstAdopted: '2016-01-01' },
        { country: 'NO', adopters: 1, firstAdopted: '2012-01-01' },
      ],
    });
    expect(await reuse('2004-01-01')).toEqual({ reuse: [] });
    expect(await at(address, 'reuse { country adopters }')).toEqual({
      reuse: ['DK', 'FR', 'IT', 'NO'].map((country) => ({ country, adopters: 1 })),
    });
  });

  it('grow from point to point', async () => {
    const point = (asOf: string, adopters: number, countries: number) => ({ asOf, adopters, countries });
    expect(
      await at(address, 'growth(from: "2005-06-01", to: "2017-01-01", interval: YEAR) { asOf adopters countries }'),
    ).toEqual({
      growth: [
        point('2005-06-01', 1, 1),
        point('2006-06-01', 1, 1),
        point('2007-06-01', 0, 0),
        point('2008-06-01', 0, 0),
        point('2009-06-01', 0, 0),
        point('2010-06-01', 1, 1),
        point('2011-06-01', 1, 1),
        point('2012-06-01', 2, 2),
        point('2013-06-01', 2, 2),
        point('2014-06-01', 2, 2),
        point('2015-06-01', 3, 2),
        point('2016-06-01', 4, 3),
        point('2017-01-01', 4, 3),
      ],
    });
    expect(await at(address, 'growth(from: "2016-01-31", to: "2016-03-01", interval: MONTH) { asOf }')).toEqual({
      growth: ['2016-01-31', '2016-02-29', '2016-03-01'].map((asOf) => ({ asOf })),
    });
    expect(await at('github.com/only/named', 'growth(from: "2019-01-01", to: "2019-01-01") { asOf adopters }')).toEqual(
      {
        growth: [{ asOf: '2019-01-01', adopters: 0 }],
      },
    );
  });
});

describe('a user abroad', () => {
  const address = 'github.com/abroad/thing';
  const user = 'be:administration:abroad';
  const users = async (): Promise<string[]> => {
    const { adoptions } = (await at(address, `adoptions { nodes { id } }`)) as {
      adoptions: { nodes: { id: string }[] };
    };
    return adoptions.nodes.map(({ id }) => id);
  };
  const adopters = async (): Promise<unknown> => at(address, 'reuse { country adopters }');
  const found = async (): Promise<unknown> =>
    index.ask(`{ solutions(filter: { usedBy: "${user}" }) { nodes { address } } }`);

  beforeAll(async () => {
    denmark.say('RECORD', said.record('dk:record:abroad', address, { publisherId: 'dk:consortium:x' }));
    denmark.say('ADOPTION', said.adoption('dk:adoption:abroad', user, address));
    await index.catchUp();
  });

  it('counts once its country knows it, until its country says something of its own', async () => {
    expect(await users()).toEqual([]);
    belgium.say('ADMINISTRATION', said.administration(user, 'Abroad'));
    await index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
    expect(await adopters()).toEqual({ reuse: [{ country: 'BE', adopters: 1 }] });
    expect(await found()).toEqual({ solutions: { nodes: [{ address }] } });

    belgium.say('ADOPTION', said.adoption('be:adoption:abroad', user, address, { status: 'PILOT' }));
    await index.catchUp();
    expect(await users()).toEqual(['be:adoption:abroad']);
    expect(await adopters()).toEqual({ reuse: [{ country: 'BE', adopters: 1 }] });
  });

  it('does not count where its own country says that it ended, or is yet to come', async () => {
    for (const more of [{ status: 'ENDED' }, during('2010-01-01', '2011-01-01', true), during('2090-01-01')]) {
      belgium.say('ADOPTION', said.adoption('be:adoption:abroad', user, address, more));
      await index.catchUp();
      expect(await users()).toEqual([]);
      expect(await adopters()).toEqual({ reuse: [] });
      expect(await found()).toEqual({ solutions: { nodes: [] } });
    }
  });

  it('counts again as the publisher says when its country takes its word back', async () => {
    belgium.unsay('ADOPTION', 'be:adoption:abroad');
    await index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
    expect(await found()).toEqual({ solutions: { nodes: [{ address }] } });
  });

  it('has its country’s word also where that names another address of the solution', async () => {
    belgium.say(
      'ADOPTION',
      said.adoption('be:adoption:elsewhere', user, 'codeberg.org/abroad/old', { status: 'ENDED' }),
    );
    await index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
    const aliases = ['codeberg.org/abroad/old'];
    denmark.say('RECORD', said.record('dk:record:abroad', address, { publisherId: 'dk:consortium:x', aliases }));
    await index.catchUp();
    expect(await users()).toEqual([]);
    denmark.say('RECORD', said.record('dk:record:abroad', address, { publisherId: 'dk:consortium:x' }));
    belgium.unsay('ADOPTION', 'be:adoption:elsewhere');
    await index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
  });
});

describe('a user by name alone', () => {
  const address = 'github.com/names/thing';
  const userOf = async (id: string): Promise<unknown> => {
    const fields = 'id administrationId rawName matchConfidence';
    const { adoptions } = (await at(address, `adoptions { nodes { ${fields} } }`)) as {
      adoptions: { nodes: { id: string }[] };
    };
    return adoptions.nodes.find((node) => node.id === id);
  };
  const say = (id: string, rawName: string): void => {
    italy.say('ADOPTION', said.adoption(id, null, address, { rawName }));
  };
  const open = (id: string, rawName: string) => ({ id, administrationId: null, rawName, matchConfidence: null });

  beforeAll(async () => {
    belgium.say('ADMINISTRATION', said.administration('be:administration:namur', 'Namur'));
    for (const [fake, id] of [
      [belgium, 'be:administration:hal'],
      [denmark, 'dk:administration:hal'],
    ] as const)
      fake.say('ADMINISTRATION', said.administration(id, 'Hal'));
    italy.say('ADMINISTRATION', said.administration('it:administration:ispra', 'Ispra'));
    say('it:adoption:namur', 'Ville de Namur');
    say('it:adoption:hal', 'Hal Kommune');
    say('it:adoption:ispra', 'Comune di Ispra');
    say('it:adoption:bare', 'Namur');
    await index.catchUp();
  });

  it('is the one body abroad that is written so, not quite for certain', async () => {
    expect(await userOf('it:adoption:namur')).toEqual({
      id: 'it:adoption:namur',
      administrationId: 'be:administration:namur',
      rawName: 'Ville de Namur',
      matchConfidence: 0.9,
    });
    expect(await index.ask(`{ catalogueStatus { country usersNamed usersMatched } }`)).toMatchObject({
      catalogueStatus: expect.arrayContaining([{ country: 'IT', usersNamed: 4, usersMatched: 1 }]) as unknown,
    });
  });

  it('stays open where two bodies bear it, where its own country has one so, or where no word says what it is', async () => {
    expect(await userOf('it:adoption:hal')).toEqual(open('it:adoption:hal', 'Hal Kommune'));
    expect(await userOf('it:adoption:ispra')).toEqual(open('it:adoption:ispra', 'Comune di Ispra'));
    expect(await userOf('it:adoption:bare')).toEqual(open('it:adoption:bare', 'Namur'));
    expect(await at(address, 'reuse { country adopters }')).toEqual({ reuse: [{ country: 'BE', adopters: 1 }] });
  });

  it('is found as soon as only one bears it, and open again when that one is gone', async () => {
    denmark.unsay('ADMINISTRATION', 'dk:administration:hal');
    await index.catchUp();
    expect(await userOf('it:adoption:hal')).toMatchObject({ administrationId: 'be:administration:hal' });
    belgium.unsay('ADMINISTRATION', 'be:administration:hal');
    await index.catchUp();
    expect(await userOf('it:adoption:hal')).toEqual(open('it:adoption:hal', 'Hal Kommune'));
  });
});

describe('what a solution is based on', () => {
  it('is found by any of its addresses, and knows what is based on it', async () => {
    const base = 'github.com/bases/base';
    denmark.say('RECORD', said.record('dk:record:base', base, { aliases: ['codeberg.org/bases/base'] }));
    const derived = (name: string, isBasedOn: string[]): void => {
      belgium.say('RECORD', said.record(`be:record:${name}`, `github.com/bases/${name}`, { isBasedOn }));
    };
    derived('two', ['https://github.com/Bases/Base.git', 'https://github.com/upstream/unknown', 'no address at all']);
    derived('one', ['https://codeberg.org/bases/base', 'github.com/bases/one']);
    await index.catchUp();
    expect(await at('github.com/bases/two', 'basedOn { address name }')).toEqual({
      basedOn: [
        { address: base, name: 'base' },
        { address: 'github.com/upstream/unknown', name: null },
      ],
    });
    expect(await at('github.com/bases/one', 'basedOn { address }')).toEqual({ basedOn: [{ address: base }] });
    const derivatives = { derivatives: [{ address: 'github.com/bases/one' }, { address: 'github.com/bases/two' }] };
    expect(await at(base, 'derivatives { address }')).toEqual(derivatives);
    expect(await at('codeberg.org/bases/base', 'derivatives { address }')).toEqual(derivatives);
    expect(await at('github.com/upstream/unknown', 'id name derivatives { address }')).toEqual({
      id: 'github.com/upstream/unknown',
      name: null,
      derivatives: [{ address: 'github.com/bases/two' }],
    });
  });
});

describe('a record', () => {
  it('says all that its country says, with the claims of its catalogue', async () => {
    const address = 'github.com/records/whole';
    const whole = {
      landingURL: 'https://example.org/',
      applicationSuite: 'Suite',
      isBasedOn: ['https://github.com/x/y'],
      softwareVersion: '1.0',
      platforms: ['web'],
      supports: ['urn:x'],
      mainCopyrightOwner: 'Town',
      contractors: [{ name: 'Company', until: '2030-01-01', website: 'https://example.org/' }],
      fundedBy: [{ name: 'EU', uri: 'urn:eu' }],
      intendedAudience: { countries: ['DK'], unsupportedCountries: ['US'], scope: ['government'] },
      localisationReady: true,
      availableLanguages: ['da'],
      dependsOn: [
        { kind: 'OPEN', name: 'PostgreSQL', versionMin: '15', versionMax: null, version: null, optional: false },
      ],
      roadmap: 'https://example.org/roadmap',
      publisherName: 'The Town',
      issues: [{ path: 'legal', rule: 'legal-missing', severity: 'WARNING', message: 'Missing' }],
      publiccode: 'publiccodeYmlVersion: 0.7\n',
      descriptions: [described('da', 'Hel', 'Kort'), described('en', 'Whole', 'Short')],
    };
    denmark.say('RECORD', said.record('dk:record:whole', address, { ...whole, publisherId: 'dk:administration:any' }));
    denmark.say('CLAIM', said.claim('dk:claim:old', address, { statement: 'Nine', count: 9, asOf: '2015-01-01' }));
    denmark.say('CLAIM', said.claim('dk:claim:undated', address, { statement: 'Some' }));
    denmark.say(
      'CLAIM',
      said.claim('dk:claim:new', address, { statement: 'Ten', count: 10, publishedOn: '2018-01-01' }),
    );
    italy.say('CLAIM', said.claim('it:claim:other', address, { statement: 'Another catalogue’s' }));
    await index.catchUp();
    const selection = `landingURL applicationSuite isBasedOn softwareVersion platforms supports mainCopyrightOwner
      contractors { name until website } fundedBy { name uri }
      intendedAudience { countries unsupportedCountries scope } localisationReady availableLanguages
      dependsOn { kind name versionMin versionMax version optional } roadmap publisherName
      issues { path rule severity message } publiccode
      descriptions { language localisedName shortDescription longDescription documentation apiDocumentation features awards }`;
    expect(await at(address, `records { ${selection} }`)).toEqual({ records: [whole] });
    expect(
      await at(address, `records { publisherId publisher { ${refs} } claims { id statement count } issued aliases }`),
    ).toEqual({
      records: [
        {
          publisherId: 'dk:administration:any',
          publisher: { ref: 'dk:administration:any' },
          claims: [
            { id: 'dk:claim:new', statement: 'Ten', count: 10 },
            { id: 'dk:claim:old', statement: 'Nine', count: 9 },
            { id: 'dk:claim:undated', statement: 'Some', count: null },
          ],
          issued: '2020-01-01T00:00:00.000Z',
          aliases: [],
        },
      ],
    });
    // The catalogues of these tests have English first.
    const texts = async (language: string | null) =>
      index.ask(
        `query ($language: String) { solution(address: "${address}") { records {
          localisedName(language: $language) shortDescription(language: $language) } } }`,
        { language },
      );
    expect(await texts(null)).toEqual({
      solution: { records: [{ localisedName: 'Whole', shortDescription: 'Short' }] },
    });
    expect(await texts('fr')).toEqual({
      solution: { records: [{ localisedName: 'Whole', shortDescription: 'Short' }] },
    });
    expect(await texts('da')).toEqual({ solution: { records: [{ localisedName: 'Hel', shortDescription: 'Kort' }] } });
  });
});

describe('what is deleted in its country', () => {
  const address = 'github.com/deleted/thing';
  const bodies = `publishers { ${refs} } maintainers { ${consortiumRefs} }`;
  const everywhere = `{
    administrations(search: "Vanishing") { totalCount nodes { __typename } }
    consortia(search: "Vanishing") { totalCount nodes { __typename } }
    used: solutions(filter: { usedBy: "dk:administration:vanishing" }) { totalCount }
    maintained: solutions(filter: { maintainer: "dk:consortium:vanishing" }) { totalCount }
    members: administrations(filter: { memberOf: "dk:consortium:vanishing" }) { totalCount }
    member: administrations(search: "Member abroad", filter: { memberOfNone: false }) { totalCount } }`;
  const nowhere = {
    administrations: { totalCount: 0, nodes: [] },
    consortia: { totalCount: 0, nodes: [] },
    used: { totalCount: 0 },
    maintained: { totalCount: 0 },
    members: { totalCount: 0 },
    member: { totalCount: 0 },
  };

  it('is in no answer of Europe', async () => {
    denmark.say('ADMINISTRATION', said.administration('dk:administration:vanishing', 'Vanishing town'));
    denmark.say('CONSORTIUM', said.consortium('dk:consortium:vanishing', 'Vanishing group'));
    denmark.say('CONSORTIUM', said.consortium('dk:consortium:staying', 'Staying group'));
    denmark.say(
      'RECORD',
      said.record('dk:record:deleted', address, { name: 'Deletable', publisherId: 'dk:consortium:vanishing' }),
    );
    for (const name of ['vanishing', 'staying'])
      denmark.say('PORTFOLIO', said.portfolio(`dk:portfolio:${name}`, `dk:consortium:${name}`, address));
    italy.say('RECORD', said.record('it:record:deleted', address, { publisherId: 'dk:administration:vanishing' }));
    italy.say('ADOPTION', said.adoption('it:adoption:vanishing', 'dk:administration:vanishing', address));
    belgium.say('ADMINISTRATION', said.administration('be:administration:member', 'Member abroad'));
    belgium.say(
      'MEMBERSHIP',
      said.membership('be:membership:vanishing', 'dk:consortium:vanishing', 'be:administration:member'),
    );
    await index.catchUp();
    expect(await at(address, bodies)).toEqual({
      publishers: [{ ref: 'dk:administration:vanishing' }, { ref: 'dk:consortium:vanishing' }],
      maintainers: [{ ref: 'dk:consortium:staying' }, { ref: 'dk:consortium:vanishing' }],
    });
    expect(await index.ask(everywhere)).toEqual({
      administrations: { totalCount: 1, nodes: [{ __typename: 'DanishAdministration' }] },
      consortia: { totalCount: 1, nodes: [{ __typename: 'DanishConsortium' }] },
      ...Object.fromEntries(['used', 'maintained', 'members', 'member'].map((field) => [field, { totalCount: 1 }])),
    });

    denmark.unsay('ADMINISTRATION', 'dk:administration:vanishing');
    denmark.unsay('CONSORTIUM', 'dk:consortium:vanishing');
    await index.catchUp();
    expect(await at(address, `${bodies} adoptions { totalCount } reuse { country }`)).toEqual({
      publishers: [],
      maintainers: [{ ref: 'dk:consortium:staying' }],
      adoptions: { totalCount: 0 },
      reuse: [],
    });
    expect(await index.ask(everywhere)).toEqual(nowhere);
  });

  it('is none of the solutions once its last record is gone', async () => {
    denmark.unsay('RECORD', 'dk:record:deleted');
    await index.catchUp();
    expect(await at(address, 'name records { id }')).toEqual({ name: 'thing', records: [{ id: 'it:record:deleted' }] });
    expect(await index.ask(`{ solutions(search: "Deletable") { totalCount } }`)).toEqual({
      solutions: { totalCount: 0 },
    });
    italy.unsay('RECORD', 'it:record:deleted');
    await index.catchUp();
    // The portfolio names it still.
    expect(await at(address, 'name records { id } addresses')).toEqual({
      name: null,
      records: [],
      addresses: [address],
    });
    denmark.unsay('PORTFOLIO', 'dk:portfolio:vanishing');
    denmark.unsay('PORTFOLIO', 'dk:portfolio:staying');
    italy.unsay('ADOPTION', 'it:adoption:vanishing');
    await index.catchUp();
    expect(await at(address, 'name')).toBeNull();
  });
});

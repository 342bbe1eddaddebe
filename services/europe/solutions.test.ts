import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { contents } from './testing/feed-contents.js';
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
  const answer = await index.query(`query ($address: String!) { solution(address: $address) { ${fields} } }`, {
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
    denmark.publish(
      'RECORD',
      contents.record('dk:record:precedence', address, {
        publisherId: 'dk:consortium:publisher',
        name: 'Tingen',
        descriptions: [described('da', 'Tingen på dansk', 'Kort'), described('en', 'The thing', 'Short')],
        licence: 'MPL-2.0',
        developmentStatus: null,
        categories: [],
        ...observed('2019-01-01'),
      }),
    );
    italy.publish(
      'RECORD',
      contents.record('it:record:precedence', address, {
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
    belgium.publish(
      'RECORD',
      contents.record('be:record:precedence', address, {
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
    denmark.publish('RECORD', contents.record('dk:record:silent', 'github.com/precedence/silent'));
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
      index.query(
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
    denmark.publish(
      'RECORD',
      contents.record('dk:record:danish', 'github.com/precedence/danish', {
        publisherId: 'dk:consortium:publisher',
        descriptions: [described('da', null, 'Kun dansk')],
      }),
    );
    italy.publish(
      'RECORD',
      contents.record('it:record:danish', 'github.com/precedence/danish', {
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
    denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:publisher', 'Publisher'));
    await index.catchUp();
    expect(await at(address, 'publishedIn publisherIds')).toEqual({
      publishedIn: ['DK'],
      publisherIds: ['dk:consortium:publisher'],
    });
    for (const [fake, id] of [
      [italy, 'it:record:orphan'],
      [belgium, 'be:record:orphan'],
    ] as const)
      fake.publish('RECORD', contents.record(id, 'github.com/precedence/orphan', { publisherName: 'Somebody' }));
    await index.catchUp();
    expect(await at('github.com/precedence/orphan', 'publishedIn publishers { __typename }')).toEqual({
      publishedIn: ['BE', 'IT'],
      publishers: [],
    });
  });

  it('changes with its records', async () => {
    const moving = 'github.com/precedence/moving';
    italy.publish('RECORD', contents.record('it:record:moving', moving, { name: 'Prima', ...observed('2020-01-01') }));
    belgium.publish(
      'RECORD',
      contents.record('be:record:moving', moving, { name: 'Avant', ...observed('2019-01-01') }),
    );
    await index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Prima' });
    belgium.publish(
      'RECORD',
      contents.record('be:record:moving', moving, { name: 'Après', ...observed('2021-01-01') }),
    );
    await index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Après' });
    belgium.withdraw('RECORD', 'be:record:moving');
    await index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Prima' });
  });
});

describe('an address', () => {
  const now = 'github.com/addresses/now';
  const before = 'codeberg.org/addresses/before';
  const first = 'gitlab.com/addresses/group/first';

  beforeAll(async () => {
    denmark.publish(
      'RECORD',
      contents.record('dk:record:addresses', now, {
        name: 'Moved',
        aliases: [first, before],
        publisherId: 'dk:consortium:x',
      }),
    );
    italy.publish(
      'ADOPTION',
      contents.adoption('it:adoption:named-only', 'it:administration:a', 'github.com/only/named'),
    );
    italy.publish('ADMINISTRATION', contents.administration('it:administration:a', 'A'));
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
    const answer = await index.query(
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
    expect(await index.query('{ solutions(search: "named") { totalCount } }')).toEqual({
      solutions: { totalCount: 0 },
    });
  });

  it('that nobody names is null', async () => {
    expect(await at('github.com/nobody/knows', 'id')).toBeNull();
  });

  it('brings its users along when a record comes to describe it', async () => {
    const late = 'github.com/addresses/late';
    belgium.publish('ADMINISTRATION', contents.administration('be:administration:early', 'Early'));
    belgium.publish('ADOPTION', contents.adoption('be:adoption:early', 'be:administration:early', late));
    await index.catchUp();
    denmark.publish(
      'RECORD',
      contents.record('dk:record:late', 'github.com/addresses/newer', { name: 'Late', aliases: [late] }),
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
    expect(await index.query(`{ solutions(filter: { usedBy: "be:administration:early" }) { nodes { id } } }`)).toEqual({
      solutions: { nodes: [{ id: late }] },
    });
  });
});

describe('what a solution is based on', () => {
  it('is found by any of its addresses, and knows what is based on it', async () => {
    const base = 'github.com/bases/base';
    denmark.publish('RECORD', contents.record('dk:record:base', base, { aliases: ['codeberg.org/bases/base'] }));
    const derived = (name: string, isBasedOn: string[]): void => {
      belgium.publish('RECORD', contents.record(`be:record:${name}`, `github.com/bases/${name}`, { isBasedOn }));
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
    denmark.publish(
      'RECORD',
      contents.record('dk:record:whole', address, { ...whole, publisherId: 'dk:administration:any' }),
    );
    denmark.publish(
      'CLAIM',
      contents.claim('dk:claim:old', address, { statement: 'Nine', count: 9, asOf: '2015-01-01' }),
    );
    denmark.publish('CLAIM', contents.claim('dk:claim:undated', address, { statement: 'Some' }));
    denmark.publish(
      'CLAIM',
      contents.claim('dk:claim:new', address, { statement: 'Ten', count: 10, publishedOn: '2018-01-01' }),
    );
    italy.publish('CLAIM', contents.claim('it:claim:other', address, { statement: 'Another catalogue’s' }));
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
      index.query(
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
    denmark.publish('ADMINISTRATION', contents.administration('dk:administration:vanishing', 'Vanishing town'));
    denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:vanishing', 'Vanishing group'));
    denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:staying', 'Staying group'));
    denmark.publish(
      'RECORD',
      contents.record('dk:record:deleted', address, { name: 'Deletable', publisherId: 'dk:consortium:vanishing' }),
    );
    for (const name of ['vanishing', 'staying'])
      denmark.publish('PORTFOLIO', contents.portfolio(`dk:portfolio:${name}`, `dk:consortium:${name}`, address));
    italy.publish(
      'RECORD',
      contents.record('it:record:deleted', address, { publisherId: 'dk:administration:vanishing' }),
    );
    italy.publish('ADOPTION', contents.adoption('it:adoption:vanishing', 'dk:administration:vanishing', address));
    belgium.publish('ADMINISTRATION', contents.administration('be:administration:member', 'Member abroad'));
    belgium.publish(
      'MEMBERSHIP',
      contents.membership('be:membership:vanishing', 'dk:consortium:vanishing', 'be:administration:member'),
    );
    await index.catchUp();
    expect(await at(address, bodies)).toEqual({
      publishers: [{ ref: 'dk:administration:vanishing' }, { ref: 'dk:consortium:vanishing' }],
      maintainers: [{ ref: 'dk:consortium:staying' }, { ref: 'dk:consortium:vanishing' }],
    });
    expect(await index.query(everywhere)).toEqual({
      administrations: { totalCount: 1, nodes: [{ __typename: 'DanishAdministration' }] },
      consortia: { totalCount: 1, nodes: [{ __typename: 'DanishConsortium' }] },
      ...Object.fromEntries(['used', 'maintained', 'members', 'member'].map((field) => [field, { totalCount: 1 }])),
    });

    denmark.withdraw('ADMINISTRATION', 'dk:administration:vanishing');
    denmark.withdraw('CONSORTIUM', 'dk:consortium:vanishing');
    await index.catchUp();
    expect(await at(address, `${bodies} adoptions { totalCount } reuse { country }`)).toEqual({
      publishers: [],
      maintainers: [{ ref: 'dk:consortium:staying' }],
      adoptions: { totalCount: 0 },
      reuse: [],
    });
    expect(await index.query(everywhere)).toEqual(nowhere);
  });

  it('is none of the solutions once its last record is gone', async () => {
    denmark.withdraw('RECORD', 'dk:record:deleted');
    await index.catchUp();
    expect(await at(address, 'name records { id }')).toEqual({ name: 'thing', records: [{ id: 'it:record:deleted' }] });
    expect(await index.query(`{ solutions(search: "Deletable") { totalCount } }`)).toEqual({
      solutions: { totalCount: 0 },
    });
    italy.withdraw('RECORD', 'it:record:deleted');
    await index.catchUp();
    // The portfolio names it still.
    expect(await at(address, 'name records { id } addresses')).toEqual({
      name: null,
      records: [],
      addresses: [address],
    });
    denmark.withdraw('PORTFOLIO', 'dk:portfolio:vanishing');
    denmark.withdraw('PORTFOLIO', 'dk:portfolio:staying');
    italy.withdraw('ADOPTION', 'it:adoption:vanishing');
    await index.catchUp();
    expect(await at(address, 'name')).toBeNull();
  });
});

import { useCountryIndex } from './testing/country-index.js';
import { contents } from './testing/feed-contents.js';

const graph = useCountryIndex();
const { at } = graph;

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

describe('the fields of a solution', () => {
  const address = 'github.com/precedence/thing';
  const origins = `origins { field recordId country }`;

  beforeAll(async () => {
    graph.denmark.publish(
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
    graph.italy.publish(
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
    graph.belgium.publish(
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
    await graph.index.catchUp();
  });

  it('are taken from the record that owns the address, then from the newest one', async () => {
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

  it('name their origin, and have none if no record has a value', async () => {
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
    graph.denmark.publish('RECORD', contents.record('dk:record:silent', 'github.com/precedence/silent'));
    await graph.index.catchUp();
    expect(await at('github.com/precedence/silent', `url licence licenceFamily categories ${origins}`)).toEqual({
      url: null,
      licence: null,
      licenceFamily: null,
      categories: [],
      origins: ['kind', 'name'].map((field) => ({ field, recordId: 'dk:record:silent', country: 'DK' })),
    });
  });

  it('are in the requested language, else in the nearest available one', async () => {
    const texts = async (language: string | null) =>
      graph.index.query(
        `query ($language: String) { solution(address: "${address}") {
          name(language: $language) nameLanguage(language: $language)
          shortDescription(language: $language) shortDescriptionLanguage(language: $language) } }`,
        { language },
      );
    const danish = {
      name: 'Tingen på dansk',
      nameLanguage: 'da',
      shortDescription: 'Kort',
      shortDescriptionLanguage: 'da',
    };
    expect(await texts('da')).toEqual({ solution: danish });
    expect(await texts('DA-dk')).toEqual({ solution: danish });
    expect(await texts('en-GB')).toEqual({
      solution: { name: 'The thing', nameLanguage: 'en', shortDescription: 'Short', shortDescriptionLanguage: 'en' },
    });
    // The catalogues of these tests have English first, whatever their descriptions begin with.
    for (const language of [null, 'pt'])
      expect(await texts(language)).toMatchObject({
        solution: { nameLanguage: null, shortDescription: 'Short', shortDescriptionLanguage: 'en' },
      });
    // A text in the requested language of another record is preferred to another language.
    expect(await texts('it')).toMatchObject({
      solution: { shortDescription: 'Breve', shortDescriptionLanguage: 'it' },
    });
    expect(await texts('fr')).toMatchObject({ solution: { name: 'Tingen', nameLanguage: null } });
    // By default, the first record with a text decides, whatever its language.
    graph.denmark.publish(
      'RECORD',
      contents.record('dk:record:danish', 'github.com/precedence/danish', {
        publisherId: 'dk:consortium:publisher',
        descriptions: [described('da', null, 'Kun dansk')],
      }),
    );
    await graph.index.catchUp();
    graph.italy.publish(
      'RECORD',
      contents.record('it:record:danish', 'github.com/precedence/danish', {
        descriptions: [described('en', null, 'English')],
      }),
    );
    await graph.index.catchUp();
    expect(await at('github.com/precedence/danish', 'shortDescription shortDescriptionLanguage')).toEqual({
      shortDescription: 'Kun dansk',
      shortDescriptionLanguage: 'da',
    });
  });

  it('include all records, in their order of precedence', async () => {
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

  it('give as countries those of the publishers, and those of the catalogues only if no publisher is known', async () => {
    // A publisher that its country does not know does not count.
    expect(await at(address, 'publishedIn publisherIds')).toEqual({
      publishedIn: ['BE', 'DK', 'IT'],
      publisherIds: [],
    });
    graph.denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:publisher', 'Publisher'));
    await graph.index.catchUp();
    expect(await at(address, 'publishedIn publisherIds')).toEqual({
      publishedIn: ['DK'],
      publisherIds: ['dk:consortium:publisher'],
    });
    for (const [fake, id] of [
      [graph.italy, 'it:record:orphan'],
      [graph.belgium, 'be:record:orphan'],
    ] as const)
      fake.publish('RECORD', contents.record(id, 'github.com/precedence/orphan', { publisherName: 'Somebody' }));
    await graph.index.catchUp();
    expect(await at('github.com/precedence/orphan', 'publishedIn publishers { __typename }')).toEqual({
      publishedIn: ['BE', 'IT'],
      publishers: [],
    });
  });

  it('change with the records, but not to those of a country that described the solution later', async () => {
    const moving = 'github.com/precedence/moving';
    graph.italy.publish(
      'RECORD',
      contents.record('it:record:moving', moving, { name: 'Prima', ...observed('2020-01-01') }),
    );
    await graph.index.catchUp();
    graph.belgium.publish(
      'RECORD',
      contents.record('be:record:moving', moving, { name: 'Avant', ...observed('2021-01-01') }),
    );
    await graph.index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Prima' });
    graph.italy.publish(
      'RECORD',
      contents.record('it:record:moving', moving, { name: 'Seconda', ...observed('2020-01-01') }),
    );
    await graph.index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Seconda' });
    graph.italy.withdraw('RECORD', 'it:record:moving');
    await graph.index.catchUp();
    expect(await at(moving, 'name')).toEqual({ name: 'Avant' });
  });
});

describe('a record', () => {
  it('has all fields that its country states, and the claims of its catalogue', async () => {
    const address = 'github.com/records/whole';
    const legal = {
      path: 'legal',
      rule: 'missing',
      severity: 'WARNING',
      message: 'Missing',
      line: 3,
      column: 1,
      violatesStandard: true,
    };
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
      issues: [legal],
      publiccodeFile: { text: 'publiccodeYmlVersion: 0.7\n', valid: false, issues: [legal] },
      validByStandard: true,
      descriptions: [described('da', 'Hel', 'Kort'), described('en', 'Whole', 'Short')],
    };
    graph.denmark.publish(
      'RECORD',
      contents.record('dk:record:whole', address, { ...whole, publisherId: 'dk:administration:any' }),
    );
    graph.denmark.publish(
      'CLAIM',
      contents.claim('dk:claim:old', address, { statement: 'Nine', count: 9, asOf: '2015-01-01' }),
    );
    graph.denmark.publish('CLAIM', contents.claim('dk:claim:undated', address, { statement: 'Some' }));
    graph.denmark.publish(
      'CLAIM',
      contents.claim('dk:claim:new', address, { statement: 'Ten', count: 10, publishedOn: '2018-01-01' }),
    );
    graph.italy.publish('CLAIM', contents.claim('it:claim:other', address, { statement: 'Another catalogue’s' }));
    graph.denmark.publish(
      'TERMS',
      contents.terms('dk:terms:whole', address, { exceptionGround: 'THIRD_PARTY_RIGHTS' }),
    );
    graph.italy.publish('TERMS', contents.terms('it:terms:whole', address, { exceptionGround: 'SECURITY' }));
    await graph.index.catchUp();
    const issues = 'issues { path rule severity message line column violatesStandard }';
    const selection = `landingURL applicationSuite isBasedOn softwareVersion platforms supports mainCopyrightOwner
      contractors { name until website } fundedBy { name uri }
      intendedAudience { countries unsupportedCountries scope } localisationReady availableLanguages
      dependsOn { kind name versionMin versionMax version optional } roadmap publisherName
      ${issues} publiccode publiccodeFile { text valid ${issues} } validByStandard
      descriptions { language localisedName shortDescription longDescription documentation apiDocumentation features awards }`;
    expect(await at(address, `records { ${selection} }`)).toEqual({
      records: [{ ...whole, publiccode: whole.publiccodeFile.text }],
    });
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
    // By the terms of the record's own catalogue.
    expect(
      await at(address, `records { portalReadiness(asOf: "2020-01-01") { criterion answer because } }`),
    ).toMatchObject({
      records: [
        {
          portalReadiness: [
            { criterion: 'NO_THIRD_PARTY_RIGHTS', answer: 'NO', because: 'EXCEPTION' },
            { criterion: 'NO_CONFIDENTIAL_DATA', answer: 'UNKNOWN', because: 'NOT_STATED' },
            { criterion: 'ALIGNED' },
            { criterion: 'LICENSED_FOR_REUSE', answer: 'UNKNOWN', because: 'NOT_STATED' },
            { criterion: 'MAINTAINED', answer: 'UNKNOWN', because: 'NOT_STATED' },
          ],
        },
      ],
    });
    // The catalogues of these tests have English first.
    const texts = async (language: string | null) =>
      graph.index.query(
        `query ($language: String) { solution(address: "${address}") { records {
          localisedName(language: $language) localisedNameLanguage(language: $language)
          shortDescription(language: $language) shortDescriptionLanguage(language: $language) } } }`,
        { language },
      );
    const record = (language: string, localisedName: string, shortDescription: string) => ({
      solution: {
        records: [
          {
            localisedName,
            localisedNameLanguage: language,
            shortDescription,
            shortDescriptionLanguage: language,
          },
        ],
      },
    });
    expect(await texts(null)).toEqual(record('en', 'Whole', 'Short'));
    expect(await texts('fr')).toEqual(record('en', 'Whole', 'Short'));
    expect(await texts('da')).toEqual(record('da', 'Hel', 'Kort'));
  });
});

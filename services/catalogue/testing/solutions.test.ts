import { at, listAt } from './test-catalogue.js';
import { useCatalogue } from './use-catalogue.js';

const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,start,end,source',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aby,,,s',
    'dk:administration:b,MUNICIPALITY,LOCAL,da,Bby,2015-01-01,2020-01-01,s',
  ],
  'consortia.csv': ['id,kind,name_da,source', 'dk:consortium:k,ASSOCIATION,Kaa,s'],
  'records.csv': [
    'id,kind,address,aliases,name,localised_name_en,short_description_da,short_description_en,url,licence,development_status,software_type,categories,platforms,based_on,release_date,maintenance_type,maintained_until,publisher,publisher_name,source',
    'dk:record:meet,SOFTWARE,https://www.GitHub.com/Kaa/Meet.git,https://bitbucket.org/Old/Meet | git@gitlab.com:Mirror/Meet.git|gitlab.com/mirror/meet,Møde,Meeting,Styr møder og dagsordener,Runs meetings,https://github.com/Kaa/Meet,EUPL-1.2,STABLE,STANDALONE_WEB,document-management|it-security,web,github.com/plone/plone,2024-05-01,CONTRACT,2030-12-31,dk:consortium:k,,s',
    'dk:record:help,SERVICE,urn:dk:solution:help,,Hjælp,,Fælles vagt,,,,,,,,,,,,dk:consortium:k,,s',
    'dk:record:other,SOFTWARE,gitlab.com/x/agenda,,Agenda,,Dagsordener,,,,,,,,,,,,,Somebody,s',
  ],
  'portfolio.csv': [
    'id,consortium,address,stage,level,start,end,end_reason,source',
    'dk:portfolio:meet,dk:consortium:k,github.com/kaa/meet,PRODUCT,2,2018-01-01,,,s',
    'dk:portfolio:left,dk:consortium:k,gitlab.com/x/agenda,PRODUCT,1,2016-01-01,2019-01-01,Left for its vendor,s',
  ],
  'adoptions.csv': [
    'id,administration,group,address,status,start,start_precision,end,ended,raw_name,match_confidence,source,observed_on',
    'dk:adoption:a-meet,dk:administration:a,,github.com/kaa/meet,IN_PRODUCTION,2019-01-01,YEAR,,,Aby Kommune,0.9,s,',
    'dk:adoption:a-help,dk:administration:a,,urn:dk:solution:help,DECLARED,,,,,,,s,2018-03-05',
    'dk:adoption:b-meet,dk:administration:b,,github.com/kaa/meet,PILOT,2014-01-01,,,,,,s,',
    'dk:adoption:b-past,dk:administration:b,,urn:dk:solution:help,ENDED,2016-01-01,,,,,,s,2017-01-01',
    'dk:adoption:many,,Several municipalities,github.com/kaa/meet,DECLARED,,,,,,,s,2020-01-01',
  ],
  'claims.csv': [
    'id,consortium,address,statement,relation,count,as_of,source',
    'dk:claim:meet,dk:consortium:k,github.com/kaa/meet,Nine use it,USERS,9,2019-01-01,s',
  ],
};

describe('solutions', () => {
  const catalogue = useCatalogue(tables);

  it('have claims that are not part of the growth of a consortium', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:consortium:k") { ... on Consortium {
        claims { id solutionAddress } growth(from: "2018-01-01", to: "2020-01-01") { claims { id } } } } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          claims: [{ id: 'dk:claim:meet', solutionAddress: 'github.com/kaa/meet' }],
          growth: [{ claims: [] }, { claims: [] }, { claims: [] }],
        },
      },
    });
  });

  it('have records under the names of publiccode.yml', async () => {
    expect(
      await catalogue.query(`{ denmark { record(id: "dk:record:meet") {
        name localisedName(language: "en") default: localisedName shortDescription en: shortDescription(language: "en-GB")
        inFrench: localisedNameLanguage(language: "fr") inEnglish: shortDescriptionLanguage(language: "en-GB")
        language: shortDescriptionLanguage
        country kind solutionAddress aliases solution { address } url licence developmentStatus softwareType categories platforms isBasedOn
        releaseDate maintenance maintainedUntil publisherId publisher { name } claims { statement relation count } issues { rule }
        provenance { source method } } } }`),
    ).toEqual({
      denmark: {
        record: {
          name: 'Møde',
          localisedName: 'Meeting',
          default: 'Meeting',
          shortDescription: 'Styr møder og dagsordener',
          en: 'Runs meetings',
          inFrench: 'en',
          inEnglish: 'en',
          language: 'da',
          country: 'DK',
          kind: 'SOFTWARE',
          solutionAddress: 'github.com/kaa/meet',
          aliases: ['bitbucket.org/old/meet', 'gitlab.com/mirror/meet'],
          solution: { address: 'github.com/kaa/meet' },
          url: 'https://github.com/Kaa/Meet',
          licence: 'EUPL-1.2',
          developmentStatus: 'STABLE',
          softwareType: 'STANDALONE_WEB',
          categories: ['document-management', 'it-security'],
          platforms: ['web'],
          isBasedOn: ['github.com/plone/plone'],
          releaseDate: '2024-05-01',
          maintenance: 'CONTRACT',
          maintainedUntil: '2030-12-31',
          publisherId: 'dk:consortium:k',
          publisher: { name: 'Kaa' },
          claims: [{ statement: 'Nine use it', relation: 'USERS', count: 9 }],
          issues: [],
          provenance: { source: 'https://example.org/', method: 'IMPORTED' },
        },
      },
    });
  });

  it('have the moment of their first listing, in UTC, in every list', async () => {
    const [row] = await catalogue.database.query<{ issued: Date }>(
      `SELECT issued FROM catalogue_record WHERE id = 'dk:record:meet'`,
    );
    const data =
      await catalogue.query(`{ denmark { record(id: "dk:record:meet") { issued } other: record(id: "dk:record:help") { aliases }
      records { nodes { issued } } organisation(id: "dk:consortium:k") { ... on Consortium { records { nodes { issued } } } } } }`);
    const issued = row?.issued.toISOString();
    expect(data).toEqual({
      denmark: {
        record: { issued },
        other: { aliases: [] },
        records: { nodes: [{ issued }, { issued }, { issued }] },
        organisation: { records: { nodes: [{ issued }, { issued }] } },
      },
    });
  });

  const names = (connection: unknown): unknown[] => listAt(connection, 'nodes').map((node) => at(node, 'name'));

  it('lead to the administrations that use them on a day, from any of their addresses', async () => {
    const users = async (uses: string, asOf: string | null = null): Promise<unknown[]> =>
      names(
        at(
          await catalogue.query(
            `query ($uses: String, $asOf: Date) { denmark { administrations(filter: { uses: $uses }, asOf: $asOf) { nodes { name } } } }`,
            { uses, asOf },
          ),
          ...['denmark', 'administrations'],
        ),
      );
    expect(await users('github.com/kaa/meet')).toEqual(['Aby']);
    expect(await users('https://GitHub.com/kaa/meet.git')).toEqual(['Aby']);
    expect(await users('gitlab.com/mirror/meet')).toEqual(['Aby']);
    expect(await users('github.com/kaa/meet', '2016-01-01')).toEqual(['Bby']);
    expect(await users('github.com/kaa/meet', '2013-01-01')).toEqual([]);
    expect(await users('urn:dk:solution:help')).toEqual(['Aby']);
    expect(await users('urn:dk:solution:other')).toEqual([]);
    const { errors } = await catalogue.execute(`{ denmark { administrations(filter: { uses: "x" }) { totalCount } } }`);
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_ADDRESS']);
  });

  it('lead from a portfolio, or from any of them, to the administrations that are known to use one', async () => {
    const users = async (filter: string, asOf: string): Promise<unknown[]> => {
      const { administrations } = at(
        await catalogue.query(`{ denmark { administrations(filter: { ${filter} }, asOf: "${asOf}") {
          nodes { name } unknown uncertain } } }`),
        'denmark',
      ) as { administrations: { unknown: number; uncertain: number } };
      return [...names(administrations), administrations.unknown, administrations.uncertain];
    };
    expect(await users('usesAny: true', '2014-06-01')).toEqual([1, 0]);
    expect(await users('usesAny: true', '2016-01-01')).toEqual(['Bby', 1, 0]);
    expect(await users('usesAny: true', '2019-06-01')).toEqual(['Aby', 'Bby', 0, 0]);
    expect(await users('usesAny: false', '2018-01-01')).toEqual(['Aby', 0, 1]);
    // The portfolio has only the solution for meetings, since 2018, and the user of that day counts all the same.
    expect(await users('usesFrom: "dk:consortium:k"', '2016-01-01')).toEqual(['Bby', 1, 0]);
    expect(await users('usesFrom: "dk:consortium:k"', '2018-06-01')).toEqual(['Bby', 1, 0]);
    expect(await users('usesFrom: "dk:consortium:other"', '2018-06-01')).toEqual([2, 0]);
    const { errors } = await catalogue.execute(
      `{ denmark { administrations(filter: { usesFrom: "x" }) { totalCount } } }`,
    );
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_ID']);
  });

  it('are listed by name, and found by words of any language', async () => {
    const find = async (search: string | null): Promise<unknown[]> =>
      names(
        at(
          await catalogue.query(
            `query ($search: String) { denmark { records(search: $search) { totalCount nodes { name } } } }`,
            { search },
          ),
          ...['denmark', 'records'],
        ),
      );
    expect(await find(null)).toEqual(['Agenda', 'Hjælp', 'Møde']);
    expect(await find('MODE')).toEqual(['Møde']);
    expect(await find('meetings')).toEqual(['Møde']);
    expect(await find('dagsordener')).toEqual(['Agenda', 'Møde']);
    expect(await find('nothing')).toEqual([]);
  });

  it('are paginated in the lists of a catalogue and of a publisher', async () => {
    const data = await catalogue.query(`{ denmark {
      records(first: 2) { nodes { name } pageInfo { endCursor hasNextPage } }
      organisation(id: "dk:consortium:k") { ... on Consortium { records(first: 1) { totalCount nodes { name } pageInfo { endCursor } } } } } }`);
    const [all, own] = [at(data, 'denmark', 'records'), at(data, 'denmark', 'organisation', 'records')];
    expect([names(all), names(own), at(own, 'totalCount')]).toEqual([['Agenda', 'Hjælp'], ['Hjælp'], 2]);
    const next = await catalogue.query(
      `query ($all: String, $own: String) { denmark {
        records(first: 2, after: $all) { nodes { name } pageInfo { hasNextPage } }
        organisation(id: "dk:consortium:k") { ... on Consortium { records(after: $own) { nodes { name } } } } } }`,
      { all: at(all, 'pageInfo', 'endCursor'), own: at(own, 'pageInfo', 'endCursor') },
    );
    expect(names(at(next, 'denmark', 'records'))).toEqual(['Møde']);
    expect(names(at(next, 'denmark', 'organisation', 'records'))).toEqual(['Møde']);
  });

  it('are in a portfolio from a day until a day', async () => {
    const portfolio = async (asOf: string, past: boolean): Promise<unknown> =>
      at(
        await catalogue.query(
          `query ($asOf: Date, $past: Boolean) { denmark { organisation(id: "dk:consortium:k") { ... on Consortium {
            portfolio(asOf: $asOf, past: $past) { solutionAddress stage level endReason during { start end ended } consortium { id } } } } } }`,
          { asOf, past },
        ),
        ...['denmark', 'organisation', 'portfolio'],
      );
    const meet = {
      solutionAddress: 'github.com/kaa/meet',
      stage: 'PRODUCT',
      level: '2',
      endReason: null,
      during: { start: '2018-01-01', end: null, ended: null },
      consortium: { id: 'dk:consortium:k' },
    };
    const left = {
      ...meet,
      solutionAddress: 'gitlab.com/x/agenda',
      level: '1',
      endReason: 'Left for its vendor',
      during: { start: '2016-01-01', end: '2019-01-01', ended: true },
    };
    expect(await portfolio('2015-12-31', true)).toEqual([]);
    expect(await portfolio('2018-12-31', false)).toEqual([meet, left]);
    expect(await portfolio('2019-01-01', false)).toEqual([meet]);
    expect(await portfolio('2019-01-01', true)).toEqual([meet, left]);
  });

  it('are used from a day until a day, never outside the life of the user', async () => {
    const used = async (id: string, asOf: string): Promise<unknown[]> =>
      listAt(
        await catalogue.query(
          `query ($id: ID!, $asOf: Date) { denmark { organisation(id: $id) { ... on Administration {
            adoptions(asOf: $asOf) { totalCount nodes { solutionAddress } } } } } }`,
          { id: `dk:administration:${id}`, asOf },
        ),
        ...['denmark', 'organisation', 'adoptions', 'nodes'],
      ).map((node) => at(node, 'solutionAddress'));
    expect(await used('a', '2018-03-04')).toEqual([]);
    expect(await used('a', '2018-03-05')).toEqual(['urn:dk:solution:help']);
    expect(await used('a', '2019-01-01')).toEqual(['github.com/kaa/meet', 'urn:dk:solution:help']);
    expect(await used('b', '2014-12-31')).toEqual([]);
    expect(await used('b', '2016-06-01')).toEqual(['github.com/kaa/meet', 'urn:dk:solution:help']);
    expect(await used('b', '2017-01-01')).toEqual(['github.com/kaa/meet']);
    expect(await used('b', '2020-01-01')).toEqual([]);
  });

  it('show the user’s name in the source, and the confidence of the match', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:administration:a") { ... on Administration { adoptions(first: 1) {
        totalCount nodes { country administrationId administration { name } group status rawName matchConfidence during { start startPrecision } } } } } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          adoptions: {
            totalCount: 2,
            nodes: [
              {
                country: 'DK',
                administrationId: 'dk:administration:a',
                administration: { name: 'Aby' },
                group: null,
                status: 'IN_PRODUCTION',
                rawName: 'Aby Kommune',
                matchConfidence: 0.9,
                during: { start: '2019-01-01', startPrecision: 'YEAR' },
              },
            ],
          },
        },
      },
    });
  });

  it('with claims do not count for the consortium', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:consortium:k") { ... on Consortium {
        coverage { closestClaim { statement } } claims { statement solutionAddress consortiumId } } } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          coverage: { closestClaim: null },
          claims: [
            { statement: 'Nine use it', solutionAddress: 'github.com/kaa/meet', consortiumId: 'dk:consortium:k' },
          ],
        },
      },
    });
  });
});

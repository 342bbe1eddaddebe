import { at } from './test-catalogue.js';
import { useCatalogue } from './use-catalogue.js';

const claim = (id: string, rest: string): string => `dk:claim:${id},dk:consortium:partial,${id},${rest},s`;

const tables = {
  'sources.csv': ['id,url,retrieved_at', 's,https://example.org/,2024-06-01T00:00:00Z'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,nuts,start,end,source',
    ...['a', 'b', 'c', 'd'].map((id) => `dk:administration:${id},MUNICIPALITY,LOCAL,da,${id},DK011,,,s`),
    'dk:administration:merged,MUNICIPALITY,LOCAL,da,merged,DK011,,2020-01-01,s',
    'dk:administration:west,MUNICIPALITY,LOCAL,da,west,DK021,,,s',
    'dk:administration:nowhere,MUNICIPALITY,LOCAL,da,nowhere,,,,s',
    'dk:administration:r,REGION,REGIONAL,da,r,DK01,,,s',
  ],
  'consortia.csv': [
    'id,kind,name_da,open_to_kinds,open_to_nuts,members_complete_since,source',
    'dk:consortium:whole,ASSOCIATION,whole,MUNICIPALITY|REGION,DK01,2012-01-01,s',
    'dk:consortium:partial,ASSOCIATION,partial,MUNICIPALITY,DK01,,s',
    'dk:consortium:national,ASSOCIATION,national,MUNICIPALITY,DK,2012-01-01,s',
    'dk:consortium:two-areas,ASSOCIATION,two areas,MUNICIPALITY,DK01|DK02,2012-01-01,s',
    'dk:consortium:closed,INITIATIVE,closed,,,,s',
  ],
  'memberships.csv': [
    'id,consortium,member,role,start,source',
    ...['whole', 'partial', 'national'].flatMap((consortium) => [
      `dk:membership:${consortium}-a,dk:consortium:${consortium},dk:administration:a,FOUNDER,2013-01-01,s`,
      `dk:membership:${consortium}-b,dk:consortium:${consortium},dk:administration:b,MEMBER,2013-01-01,s`,
      `dk:membership:${consortium}-c,dk:consortium:${consortium},dk:administration:c,OBSERVER,2013-01-01,s`,
      `dk:membership:${consortium}-d,dk:consortium:${consortium},dk:administration:d,PARTNER,2013-01-01,s`,
    ]),
    'dk:membership:whole-a-again,dk:consortium:whole,dk:administration:a,BOARD,2014-01-01,s',
    'dk:membership:whole-west,dk:consortium:whole,dk:administration:west,MEMBER,2013-01-01,s',
    'dk:membership:whole-k,dk:consortium:whole,dk:consortium:partial,MEMBER,2013-01-01,s',
    'dk:membership:whole-abroad,dk:consortium:whole,be:administration:25110,MEMBER,2013-01-01,s',
  ],
  'claims.csv': [
    'id,consortium,statement,relation,kind,count,out_of,share,as_of,precision,published_on,source',
    claim('members-2016', 'MEMBERS,MUNICIPALITY,3,5,,2016-01-01,,2016-02-01'),
    claim('users-2016', 'USERS,MUNICIPALITY,9,,,2016-01-01,,'),
    claim('served-2018', 'SERVED,MUNICIPALITY,,,0.75,2018-01-01,YEAR,'),
    claim('all-2018', 'MEMBERS,,40,,,2018-01-02,,'),
    claim('undated', 'MEMBERS,MUNICIPALITY,4,,,,,'),
  ],
  'completeness.csv': ['kind,nuts,since', 'MUNICIPALITY,DK01,2007-01-01', 'MUNICIPALITY,DK02,2015-01-01'],
};

describe('counts', () => {
  const catalogue = useCatalogue(tables);

  it('are of memberships, each of which has an address by its id', async () => {
    const query = `{ denmark { found: membership(id: "dk:membership:whole-west") { consortiumId memberId } other: membership(id: "dk:membership:x") { id } } }`;
    expect(await catalogue.query(query)).toEqual({
      denmark: { found: { consortiumId: 'dk:consortium:whole', memberId: 'dk:administration:west' }, other: null },
    });
  });

  const coverage = async (consortium: string, asOf: string, kind: string | null = null): Promise<unknown> =>
    at(
      await catalogue.query(
        `query ($id: ID!, $asOf: Date, $kind: AdministrationKind) { denmark { organisation(id: $id) { ... on Consortium {
          coverage(asOf: $asOf, kind: $kind) { asOf kind knownMembers eligible share complete closestClaim { statement relation } } } } } }`,
        { id: `dk:consortium:${consortium}`, asOf, kind },
      ),
      ...['denmark', 'organisation', 'coverage'],
    );

  it('give a share if the member list and the denominator are complete', async () => {
    // Eligible are a, b, c, d and merged. Of the members, west is outside; observers and partners are not members, and an
    // administration with two memberships is one member.
    expect(await coverage('whole', '2019-12-31')).toEqual({
      asOf: '2019-12-31',
      kind: 'MUNICIPALITY',
      knownMembers: 3,
      eligible: 5,
      share: 0.4,
      complete: true,
      closestClaim: null,
    });
  });

  it('follow the denominator over a merger', async () => {
    expect(await coverage('whole', '2020-01-01')).toMatchObject({ eligible: 4, share: 0.5 });
  });

  it('give no share while the member list is not complete', async () => {
    expect(await coverage('whole', '2011-12-31')).toMatchObject({ complete: false, eligible: 5, share: null });
    expect(await coverage('partial', '2019-12-31')).toMatchObject({
      complete: false,
      knownMembers: 2,
      eligible: 5,
      share: null,
    });
  });

  it('give no denominator if the list of administrations is not complete', async () => {
    expect(await coverage('whole', '2006-12-31')).toMatchObject({ eligible: null, share: null });
    expect(await coverage('whole', '2019-12-31', 'REGION')).toMatchObject({
      knownMembers: 0,
      eligible: null,
      share: null,
    });
    // The whole country is complete only if this is stated: complete parts are not enough.
    expect(await coverage('national', '2019-12-31')).toMatchObject({
      knownMembers: 2,
      eligible: null,
      share: null,
      complete: true,
    });
  });

  it('add up areas, each with its own completeness', async () => {
    expect(await coverage('two-areas', '2019-12-31')).toMatchObject({ eligible: 6 });
    expect(await coverage('two-areas', '2014-12-31')).toMatchObject({ eligible: null });
  });

  it('give no denominator for a consortium that is not open, or not to this kind', async () => {
    expect(await coverage('closed', '2019-12-31')).toMatchObject({ eligible: null, share: null });
    expect(await coverage('partial', '2019-12-31', 'REGION')).toMatchObject({ eligible: null });
  });

  it('include the nearest claim for the kind, a claim of members first on one day', async () => {
    expect(await coverage('partial', '2016-03-01')).toMatchObject({
      closestClaim: { statement: 'members-2016', relation: 'MEMBERS' },
    });
    expect(await coverage('partial', '2017-06-01')).toMatchObject({
      closestClaim: { statement: 'served-2018', relation: 'SERVED' },
    });
    expect(await coverage('partial', '2016-03-01', 'REGION')).toMatchObject({ closestClaim: null });
  });

  it('never turn a claim into a count', async () => {
    expect(await coverage('partial', '2018-01-01')).toMatchObject({ knownMembers: 2, share: null });
  });

  it('list claims by the day on which they could be read', async () => {
    const claims = async (asOf: string): Promise<unknown> =>
      at(
        await catalogue.query(
          `query ($asOf: Date) { denmark { organisation(id: "dk:consortium:partial") { ... on Consortium { claims(asOf: $asOf) { statement } } } } }`,
          { asOf },
        ),
        ...['denmark', 'organisation', 'claims'],
      );
    expect(await claims('2016-01-31')).toEqual([{ statement: 'users-2016' }]);
    expect(await claims('2018-01-01')).toEqual([
      { statement: 'served-2018' },
      { statement: 'members-2016' },
      { statement: 'users-2016' },
    ]);
    expect(await claims('2024-06-01')).toContainEqual({ statement: 'undated' });
  });

  it('form a series of points, each with the claims made since the point before', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:consortium:partial") { ... on Consortium {
        growth(from: "2012-06-30", to: "2018-01-02", interval: YEAR) { asOf knownMembers claims { statement } } } } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          growth: [
            { asOf: '2012-06-30', knownMembers: 0, claims: [] },
            { asOf: '2013-06-30', knownMembers: 2, claims: [] },
            { asOf: '2014-06-30', knownMembers: 2, claims: [] },
            { asOf: '2015-06-30', knownMembers: 2, claims: [] },
            {
              asOf: '2016-06-30',
              knownMembers: 2,
              claims: [{ statement: 'members-2016' }, { statement: 'users-2016' }],
            },
            { asOf: '2017-06-30', knownMembers: 2, claims: [] },
            { asOf: '2018-01-02', knownMembers: 2, claims: [{ statement: 'all-2018' }, { statement: 'served-2018' }] },
          ],
        },
      },
    });
  });

  it('count members in other countries apart, because only this catalogue states them, and state whether all are known', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:consortium:whole") { ... on Consortium {
        growth(from: "2011-12-31", to: "2013-12-31") { knownMembers unconfirmedMembers complete } } } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          growth: [
            { knownMembers: 0, unconfirmedMembers: 0, complete: false },
            { knownMembers: 0, unconfirmedMembers: 0, complete: true },
            { knownMembers: 4, unconfirmedMembers: 1, complete: true },
          ],
        },
      },
    });
  });

  it.each([
    ['backwards', 'from: "2018-01-01", to: "2017-01-01"'],
    ['of more than 500 points', 'from: "1900-01-01", to: "2017-01-01", interval: MONTH'],
  ])('reject a series %s', async (_what, series) => {
    const { data, errors } = await catalogue.execute(
      `{ denmark { organisation(id: "dk:consortium:partial") { name ... on Consortium { growth(${series}) { asOf } } } } }`,
    );
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions['code']).toBe('INVALID_ARGUMENT');
    expect(at(data, 'denmark', 'organisation', 'name')).toBe('partial');
  });

  it('return the number of administrations on a day, or null if it is unknown', async () => {
    expect(
      await catalogue.query(`{ denmark {
        east: administrationCount(kind: MUNICIPALITY, nuts: "DK01", asOf: "2019-12-31")
        merged: administrationCount(kind: MUNICIPALITY, nuts: "DK01", asOf: "2020-01-01")
        part: administrationCount(kind: MUNICIPALITY, nuts: "DK011", asOf: "2020-01-01")
        early: administrationCount(kind: MUNICIPALITY, nuts: "DK01", asOf: "2006-12-31")
        all: administrationCount(kind: MUNICIPALITY)
        regions: administrationCount(kind: REGION, nuts: "DK01")
        completeSince { kind nuts since }
      } }`),
    ).toEqual({
      denmark: {
        east: 5,
        merged: 4,
        part: 4,
        early: null,
        all: null,
        regions: null,
        completeSince: [
          { kind: 'MUNICIPALITY', nuts: 'DK01', since: '2007-01-01' },
          { kind: 'MUNICIPALITY', nuts: 'DK02', since: '2015-01-01' },
        ],
      },
    });
  });

  it('list members of every kind, those of other countries by their id', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:consortium:whole") { ... on Consortium {
        membersCompleteSince early: members(asOf: "2011-12-31") { totalCount complete }
        members(asOf: "2019-01-01") { totalCount complete nodes { memberId role country confirmed member { __typename name } } }
        observers: members(asOf: "2019-01-01", role: OBSERVER) { totalCount nodes { memberId } }
        municipalities: members(asOf: "2019-01-01", kind: MUNICIPALITY) { totalCount } } } } }`),
    ).toMatchObject({
      denmark: {
        organisation: {
          members: {
            totalCount: 8,
            nodes: expect.arrayContaining([
              { memberId: 'be:administration:25110', role: 'MEMBER', country: 'DK', confirmed: false, member: null },
              {
                memberId: 'dk:consortium:partial',
                role: 'MEMBER',
                country: 'DK',
                confirmed: true,
                member: { __typename: 'DanishConsortium', name: 'partial' },
              },
            ]) as unknown,
          },
          observers: { totalCount: 1, nodes: [{ memberId: 'dk:administration:c' }] },
          municipalities: { totalCount: 6 },
        },
      },
    });
  });
});

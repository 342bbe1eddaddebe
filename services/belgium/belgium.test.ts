import { at, listAt, startTestCatalogue, type TestCatalogue } from '../catalogue/testing/test-catalogue.js';
import { belgium } from './catalogue.js';
import { hasKboCheckDigits } from './kbo.js';

describe('Belgium', () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await startTestCatalogue(belgium);
  });
  afterAll(() => catalogue.close());

  it('imported every row of its tables', async () => {
    const runs = await catalogue.database.query(
      "SELECT report -> 'problems' AS problems, report -> 'contradictions' AS contradictions, report -> 'suspicious' AS suspicious FROM import_run",
    );
    expect(runs).toEqual([{ problems: [], contradictions: [], suspicious: [] }]);
  });

  it.each([
    ['2024-12-01', 581],
    ['2024-12-02', 580],
    ['2024-12-31', 580],
    ['2025-01-01', 565],
  ])('on %s had %i municipalities', async (asOf, count) => {
    expect(
      await catalogue.query(
        `query ($asOf: Date) { belgium { administrations(asOf: $asOf, filter: { kind: MUNICIPALITY }) { totalCount } administrationCount(kind: MUNICIPALITY, asOf: $asOf) } }`,
        { asOf },
      ),
    ).toEqual({ belgium: { administrations: { totalCount: count }, administrationCount: count } });
  });

  it('has a denominator for the country from 2019 on, for Wallonia long before', async () => {
    expect(
      await catalogue.query(`{ belgium {
        country: administrationCount(kind: MUNICIPALITY, asOf: "2018-12-31")
        flanders: administrationCount(kind: MUNICIPALITY, nuts: "BE2", asOf: "2018-12-31")
        wallonia: administrationCount(kind: MUNICIPALITY, nuts: "BE3", asOf: "2017-08-07")
        later: administrationCount(kind: MUNICIPALITY, asOf: "2019-01-01")
      } }`),
    ).toEqual({ belgium: { country: null, flanders: null, wallonia: 262, later: 581 } });
  });

  it('distinguishes IMIO’s claims of members from those of organisations served, though both are 262', async () => {
    expect(
      await catalogue.query(`{ belgium { organisation(id: "be:consortium:0841470248") { ... on BelgianConsortium { kbo
        coverage(asOf: "2017-08-07") { eligible share closestClaim { share count relation kind } }
        claims(asOf: "2017-08-07") { share count relation kind asOf } } } } }`),
    ).toMatchObject({
      belgium: {
        organisation: {
          kbo: '0841470248',
          coverage: {
            eligible: 262,
            share: null,
            closestClaim: { share: 0.75, count: null, relation: 'MEMBERS', kind: 'MUNICIPALITY' },
          },
          claims: expect.arrayContaining([
            { share: null, count: 262, relation: 'SERVED', kind: null, asOf: '2017-08-07' },
          ]) as unknown,
        },
      },
    });
  });

  it('has a share of Cipal for the day on which the register listed every municipality, and for that day and kind only', async () => {
    const coverage = (asOf: string, kind: string) => `coverage(asOf: "${asOf}", kind: ${kind}) { ...Counted }`;
    const members = (asOf: string) => `administrations(asOf: "${asOf}",
      filter: { kind: MUNICIPALITY, memberOf: "be:consortium:0219395192" }) { totalCount unknown }`;
    expect(
      await catalogue.query(`{ belgium { organisation(id: "be:consortium:0219395192") { ... on Consortium { name
        completeMembers { start end kinds }
        listed: ${coverage('2023-09-14', 'MUNICIPALITY')} before: ${coverage('2023-09-13', 'MUNICIPALITY')}
        after: ${coverage('2023-09-15', 'MUNICIPALITY')} provinces: ${coverage('2023-09-14', 'PROVINCE')}
        municipalities: members(asOf: "2023-09-14", kind: MUNICIPALITY) { totalCount complete }
        all: members(asOf: "2023-09-14") { complete } } }
        onThatDay: ${members('2023-09-14')} later: ${members('2023-09-15')} } }
        fragment Counted on Coverage { knownMembers eligible share complete }`),
    ).toEqual({
      belgium: {
        organisation: {
          name: 'Cipal',
          completeMembers: { start: '2023-09-14', end: '2023-09-15', kinds: ['MUNICIPALITY'] },
          listed: { knownMembers: 140, eligible: 300, share: 140 / 300, complete: true },
          before: { knownMembers: 0, eligible: 300, share: null, complete: false },
          after: { knownMembers: 140, eligible: 300, share: null, complete: false },
          provinces: { knownMembers: 0, eligible: 5, share: null, complete: false },
          municipalities: { totalCount: 140, complete: true },
          all: { complete: false },
        },
        // Of every other municipality it is known that it was not a member.
        onThatDay: { totalCount: 140, unknown: 0 },
        later: { totalCount: 140, unknown: 160 },
      },
    });
  });

  it('lists IMIO apart from the intermunicipal bodies of which only the members are known', async () => {
    expect(
      await catalogue.query(`{ belgium {
        sharing: consortia(filter: { sharesSolutions: true }) { nodes { id } }
        other: consortia(filter: { sharesSolutions: false }) { totalCount }
        past: consortia(filter: { sharesSolutions: false }, asOf: "2023-09-14") { totalCount } } }`),
    ).toEqual({
      belgium: {
        sharing: { nodes: [{ id: 'be:consortium:0841470248' }] },
        other: { totalCount: 148 },
        past: { totalCount: 148 },
      },
    });
  });

  it('knows for 463 municipalities and provinces the platform on which their council’s decisions are', async () => {
    const platforms = ['deliberations-be', 'csecho', 'onlinesmartcities', 'lblodweb', 'meetingburger', 'idelibe', 'irisnet-e-publications', 'ibabs-publieksportaal']; // prettier-ignore
    const lists = platforms.map(
      (name, n) => `p${n}: administrations(filter: { uses: "urn:be:solution:${name}" }) { totalCount }`,
    );
    expect(await catalogue.query(`{ belgium { ${lists.join('\n')} } }`)).toEqual({
      belgium: Object.fromEntries([196, 79, 65, 63, 46, 31, 10, 2].map((totalCount, n) => [`p${n}`, { totalCount }])),
    });
  });

  it('has one need for council decisions with 575 holders, who meet it in nine ways', async () => {
    const data =
      await catalogue.query(`{ belgium { need(id: "be:need:publish-council-decisions") { statement(language: "en")
      all: holders(asOf: "2026-11-29") { totalCount } unmet: holders(asOf: "2026-11-29", state: STATED) { nodes { holderId } }
      brussels: holders(asOf: "2026-11-29", nuts: "BE1", first: 200) { nodes { metBy } } } } }`);
    expect(at(data, 'belgium', 'need', 'statement')).toBe(
      'Publish council decisions: those of the municipal or provincial council',
    );
    expect(at(data, 'belgium', 'need', 'all', 'totalCount')).toBe(575);
    expect(at(data, 'belgium', 'need', 'unmet', 'nodes')).toEqual([{ holderId: 'be:administration:73028' }]);
    const brussels = listAt(data, 'belgium', 'need', 'brussels', 'nodes').map((node) => listAt(node, 'metBy'));
    expect([brussels.length, brussels.filter((solutions) => solutions.length === 0).length]).toEqual([19, 9]);
  });

  it('counts Waterloo’s membership from the summer of 2017', async () => {
    expect(
      await catalogue.query(`{ belgium { administration(identifier: { scheme: "BE_NIS", notation: "25110" }) { name
        before: memberships(asOf: "2017-05-31") { id }
        from: memberships(asOf: "2017-06-01") { during { start startPrecision } consortium { id } } } } }`),
    ).toEqual({
      belgium: {
        administration: {
          name: 'Waterloo',
          before: [],
          from: [
            {
              during: { start: '2017-06-01', startPrecision: 'SEASON' },
              consortium: { id: 'be:consortium:0841470248' },
            },
          ],
        },
      },
    });
  });

  it('has La Louvière in 2017 under its id, with the codes of that day', async () => {
    expect(
      await catalogue.query(`{ belgium {
        administrations(search: "La Louvière", asOf: "2017-08-07", filter: { kind: MUNICIPALITY }) { nodes { id existed { start } identifiers(asOf: "2017-08-07") { scheme } } } } }`),
    ).toEqual({
      belgium: {
        administrations: {
          nodes: [{ id: 'be:administration:58001', existed: { start: null }, identifiers: [{ scheme: 'EU_LAU' }] }],
        },
      },
    });
  });

  it('merges Borsbeek into Antwerpen, which keeps its code, and Bastogne into a new municipality', async () => {
    expect(
      await catalogue.query(`{ belgium {
        antwerp: administration(identifier: { scheme: "BE_NIS", notation: "11002" }) { ...body }
        borsbeek: organisation(id: "be:administration:11007") { ...body }
        bastogne: administration(identifier: { scheme: "BE_NIS", notation: "82039" }) { ...body }
        former: administration(identifier: { scheme: "BE_NIS", notation: "82003" }) { ...body }
      } } fragment body on Administration { id name existed { start end } predecessors { id } successors { id } }`),
    ).toEqual({
      belgium: {
        antwerp: {
          id: 'be:administration:11002',
          name: 'Antwerpen',
          existed: { start: null, end: null },
          predecessors: [{ id: 'be:administration:11007' }],
          successors: [],
        },
        borsbeek: {
          id: 'be:administration:11007',
          name: 'Borsbeek',
          existed: { start: null, end: '2025-01-01' },
          predecessors: [],
          successors: [{ id: 'be:administration:11002' }],
        },
        bastogne: {
          id: 'be:administration:82039',
          name: 'Bastogne',
          existed: { start: '2024-12-02', end: null },
          predecessors: [{ id: 'be:administration:82003' }, { id: 'be:administration:82005' }],
          successors: [],
        },
        former: {
          id: 'be:administration:82003',
          name: 'Bastogne',
          existed: { start: null, end: '2024-12-02' },
          predecessors: [],
          successors: [{ id: 'be:administration:82039' }],
        },
      },
    });
  });

  it('lists its mergers between two days, in pages', async () => {
    const page = async (more: string): Promise<unknown> =>
      at(
        await catalogue.query(`{ belgium { successions(from: "2024-12-02", to: "2025-01-01", ${more}) {
          totalCount nodes { on predecessorId successorId } pageInfo { endCursor hasNextPage } } } }`),
        ...['belgium', 'successions'],
      );
    const whole = await page('first: 200');
    expect(at(whole, 'totalCount')).toBe(listAt(whole, 'nodes').length);
    expect(listAt(whole, 'nodes')).toContainEqual({
      on: '2025-01-01',
      predecessorId: 'be:administration:11007',
      successorId: 'be:administration:11002',
    });
    const paged: unknown[] = [];
    for (let after = '', hasNext: unknown = true; hasNext === true;) {
      const next = await page(`first: 4${after}`);
      paged.push(...listAt(next, 'nodes'));
      after = `, after: "${String(at(next, 'pageInfo', 'endCursor'))}"`;
      hasNext = at(next, 'pageInfo', 'hasNextPage');
    }
    expect(paged).toEqual(listAt(whole, 'nodes'));
    expect(paged.length).toBeGreaterThan(8);
    const days = paged.map((node) => at(node, 'on'));
    expect(days).toEqual([...days].sort());
  });

  it.each([
    ['11002', 'Antwerpen', 'Anvers', 'nl'],
    ['53053', 'Mons', 'Mons', 'fr'],
    ['63023', 'Eupen', 'Eupen', 'de'],
    ['21004', 'Bruxelles', 'Bruxelles', 'fr'],
  ])(
    'names %s %s, and in French %s; in Danish, which has no name, in language %s',
    async (notation, own, french, language) => {
      const data = await catalogue.query(
        `query ($notation: String!) { belgium { administration(identifier: { scheme: "BE_NIS", notation: $notation }) { name fr: name(language: "fr") french: nameLanguage(language: "fr") danish: nameLanguage(language: "da") } } }`,
        { notation },
      );
      expect(at(data, 'belgium', 'administration')).toEqual({ name: own, fr: french, french: 'fr', danish: language });
    },
  );

  it('finds an organisation by its KBO number in any spelling', async () => {
    expect(
      await catalogue.query(
        `{ belgium { administration(identifier: { scheme: "BE_KBO", notation: "0201.105.843" }) { name ... on BelgianAdministration { kbo nis } } } }`,
      ),
    ).toEqual({ belgium: { administration: { name: 'IDEA', kbo: '0201105843', nis: null } } });
  });
});

describe('a KBO number', () => {
  it('has check digits', () => {
    expect(hasKboCheckDigits('0841470248')).toBe(true);
    expect(hasKboCheckDigits('0841470247')).toBe(false);
    expect(hasKboCheckDigits('0814470248')).toBe(false);
  });
});

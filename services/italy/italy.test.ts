import { loadCatalogue } from '../catalogue/import/publiccode/stored-catalogue.js';
import { at, listAt, startTestCatalogue, type TestCatalogue } from '../catalogue/testing/test-catalogue.js';
import { italy } from './catalogue.js';

describe('Italy', () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await startTestCatalogue(italy);
    // The import of all comuni takes half a minute on a busy machine.
  }, 300_000);
  afterAll(() => catalogue.close());

  it('imported every row of its tables', async () => {
    const runs = await catalogue.database.query(
      "SELECT report -> 'problems' AS problems, report -> 'contradictions' AS contradictions, report -> 'suspicious' AS suspicious FROM import_run",
    );
    expect(runs).toEqual([{ problems: [], contradictions: [], suspicious: [] }]);
  });

  it.each([
    ['2023-01-01', 7901],
    ['2023-11-18', 7900],
    ['2024-01-01', 7899],
    ['2024-01-22', 7896],
    ['2026-11-23', 7896],
  ])('on %s had %i comuni', async (asOf, count) => {
    const data = await catalogue.query(
      `query ($asOf: Date) { italy { administrationCount(kind: MUNICIPALITY, asOf: $asOf) } }`,
      { asOf },
    );
    expect(at(data, 'italy', 'administrationCount')).toBe(count);
  });

  it('is paginated in both directions without gap or repeat', async () => {
    const page = `query ($first: Int, $after: String, $last: Int, $before: String) { italy {
      administrations(first: $first, after: $after, last: $last, before: $before, filter: { kind: MUNICIPALITY }) {
        nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
    const forwards: unknown[] = [];
    for (let after: unknown = null, more: unknown = true; more === true;) {
      const data = at(await catalogue.query(page, { first: 200, after }), 'italy', 'administrations');
      forwards.push(...listAt(data, 'nodes').map((node) => at(node, 'id')));
      [after, more] = [at(data, 'pageInfo', 'endCursor'), at(data, 'pageInfo', 'hasNextPage')];
    }
    const backwards: unknown[] = [];
    for (let before: unknown = null, more: unknown = true; more === true;) {
      const data = at(await catalogue.query(page, { last: 200, before }), 'italy', 'administrations');
      backwards.unshift(...listAt(data, 'nodes').map((node) => at(node, 'id')));
      [before, more] = [at(data, 'pageInfo', 'startCursor'), at(data, 'pageInfo', 'hasPreviousPage')];
    }
    expect(new Set(forwards).size).toBe(7896);
    expect(forwards).toHaveLength(7896);
    expect(backwards).toEqual(forwards);
  });

  it('names Bozen in German by default, and in Italian on request', async () => {
    expect(
      await catalogue.query(`{ italy { administration(identifier: { scheme: "IT_ISTAT", notation: "021008" }) {
        name it: name(language: "it") ... on ItalianAdministration { sigla } } } }`),
    ).toEqual({ italy: { administration: { name: 'Bozen', it: 'Bolzano', sigla: 'BZ' } } });
  });

  it.each([
    ['IT_ISTAT', '062008'],
    ['IT_CADASTRAL', 'a783'],
    ['IT_IPA', 'C_A783'],
    ['EU_LAU', 'IT_062008'],
  ])('finds Benevento by %s %s', async (scheme, notation) => {
    const data = await catalogue.query(
      `query ($code: IdentifierInput!) { italy { administration(identifier: $code) { name ... on ItalianAdministration { istat cadastral ipa sigla } } } }`,
      { code: { scheme, notation } },
    );
    expect(at(data, 'italy', 'administration')).toEqual({
      name: 'Benevento',
      istat: '062008',
      cadastral: 'A783',
      ipa: 'c_a783',
      sigla: 'BN',
    });
  });

  it.each([
    // The code of an organisation, and the cadastral code from which another one's would follow.
    ['c_m094', 'Monastero di Lanzo', 'F327'],
    ['c_m094to', 'Viù', 'M094'],
    ['c_i400', 'Roiate', 'H494'],
    ['c_h494', 'San Vito Romano', 'I400'],
    ['rharnics', 'Setteville', 'M437'],
  ])('has the IPA code %s of %s, which does not follow from %s', async (notation, name, cadastral) => {
    const data = await catalogue.query(
      `query ($code: IdentifierInput!) { italy { administration(identifier: $code) { name(language: "it") ... on ItalianAdministration { ipa cadastral } } } }`,
      { code: { scheme: 'IT_IPA', notation } },
    );
    expect(at(data, 'italy', 'administration')).toEqual({ name, ipa: notation, cadastral });
  });

  it('matches the users that publiccode.yml files name to the same organisations again', async () => {
    const { match } = await loadCatalogue(catalogue.database.dataSource.manager, '2026-11-29');
    const users = await catalogue.database.query<{ name: string; id: string; confidence: number }>(
      `SELECT raw_name AS name, administration_id AS id, match_confidence AS confidence FROM adoption
      WHERE status = 'DECLARED' AND administration_id IS NOT NULL`,
    );
    expect(users.length).toBeGreaterThan(3400);
    const found = users.map(({ name, id }) => ({ name, id, matched: match(name).administrationId }));
    expect(found.filter(({ id, matched }) => matched !== null && matched !== id)).toEqual([]);
    // What a person decided, and PITre's own names for comuni of Trentino.
    const undecided = found.filter(({ matched }) => matched === null).map(({ name }) => name);
    expect(undecided.filter((name) => !name.startsWith('Comune del Trentino ')).sort()).toEqual([
      'Città Metropolitana di Roma Capitale',
      'Comune di Capaccio',
    ]);
  });

  it('has the needs that PA digitale 2026 finances, with their holders, budgets and outcomes', async () => {
    const data = await catalogue.query(
      `{ italy { needs { totalCount nodes { id holders { totalCount states { state holders amounts { amount currency } } } } } } }`,
    );
    const needs = listAt(data, 'italy', 'needs', 'nodes');
    expect(needs).toHaveLength(9);
    // 35 of the 59,415 are of comuni that have ended since.
    expect(needs.reduce<number>((sum, need) => sum + Number(at(need, 'holders', 'totalCount')), 0)).toBe(59_380);
    expect(needs).toContainEqual({
      id: 'it:need:pnrr-send',
      holders: {
        totalCount: 7706,
        states: [
          { state: 'FUNDED', holders: 146, amounts: [{ amount: '4201851', currency: 'EUR' }] },
          { state: 'MET', holders: 6819, amounts: [{ amount: '192542580', currency: 'EUR' }] },
          { state: 'WITHDRAWN', holders: 730, amounts: [{ amount: '18866548', currency: 'EUR' }] },
        ],
      },
    });
  });

  it('has each application of PA digitale 2026 that was paid as a dated use of the service, whose note names the rule', async () => {
    const [found] = await catalogue.database.query(
      `SELECT count(*)::int AS adoptions, bool_and(a.provenance ->> 'note' LIKE 'State E of PA digitale 2026:%' AND a.start_date IS NOT NULL) AS named,
        bool_and(EXISTS (SELECT FROM need_holder h WHERE h.holder_id = a.administration_id AND h.state = 'MET' AND h.start_date = a.start_date AND a.address = ANY (h.met_by))) AS stated,
        (SELECT count(DISTINCT (holder_id, met_by)) FROM need_holder WHERE met_by <> '{}' AND holder_id IS NOT NULL)::int AS users
      FROM adoption a WHERE a.provenance ->> 'source' LIKE '%padigitale2026-opendata%'`,
    );
    expect(found).toEqual({ adoptions: 18_997, users: 18_997, named: true, stated: true });
    // Caines applies from its seat in Rifiano, whose code the source states.
    const caines =
      await catalogue.query(`{ italy { administration(identifier: { scheme: "IT_ISTAT", notation: "021014" }) {
      name(language: "it") needs { nodes { need { id } state } } } } }`);
    expect(caines).toMatchObject({ italy: { administration: { name: 'Caines' } } });
    expect(listAt(caines, 'italy', 'administration', 'needs', 'nodes')).toContainEqual({
      need: { id: 'it:need:pnrr-send' },
      state: 'MET',
    });
  });

  it('distinguishes comuni of the same name', async () => {
    const data = await catalogue.query(
      `{ italy { administrations(search: "castro", first: 2) { nodes { name ... on ItalianAdministration { sigla } } } } }`,
    );
    expect(listAt(data, 'italy', 'administrations', 'nodes')).toEqual([
      { name: 'Castro', sigla: 'BG' },
      { name: 'Castro', sigla: 'LE' },
    ]);
  });

  it('has Consorzio Sannio as a member of the initiative of July 2017, and the five municipalities as a claim; it is in dissolution, and no other consortium is known to be', async () => {
    const sannio = { id: 'it:consortium:sannio-it' };
    const others = ['it:consortium:cst-sistemi-sud', 'it:consortium:puglia-campania-2017'].map((id) => ({ id }));
    expect(
      await catalogue.query(`{ italy {
        initiative: organisation(id: "it:consortium:puglia-campania-2017") { name(language: "en") nameLanguage(language: "en") ... on Consortium {
          kind members { totalCount nodes { member { __typename name } during { start startPrecision } } }
          claims { count kind relation asOf precision } } }
        consortia { nodes { id } } open: consortia(filter: { inDissolution: false }) { totalCount nodes { id } }
        dissolving: consortia(filter: { inDissolution: true }) { nodes { id } }
        sannio: organisation(id: "it:consortium:sannio-it") { ... on Consortium {
          status before: status(asOf: "2017-08-07") statusProvenance { source observedOn }
          provinces: members(kind: PROVINCE) { totalCount }
          mountain: members(kind: MOUNTAIN_COMMUNITY) { totalCount }
          municipalities: members(kind: MUNICIPALITY) { totalCount } } }
      } }`),
    ).toEqual({
      italy: {
        initiative: {
          name: 'Joint initiative of Puglian municipalities and Consorzio Sannio',
          nameLanguage: 'en',
          kind: 'INITIATIVE',
          members: {
            totalCount: 1,
            nodes: [
              {
                member: { __typename: 'ItalianConsortium', name: 'Consorzio Sannio.it' },
                during: { start: '2017-07-01', startPrecision: 'MONTH' },
              },
            ],
          },
          claims: [{ count: 5, kind: 'MUNICIPALITY', relation: 'MEMBERS', asOf: '2017-07-01', precision: 'MONTH' }],
        },
        consortia: { nodes: [sannio, ...others] },
        open: { totalCount: 2, nodes: others },
        dissolving: { nodes: [sannio] },
        sannio: {
          status: 'IN_DISSOLUTION',
          before: null,
          statusProvenance: {
            source:
              'https://www.ottopagine.it/bn/politica/375470/centro-servizi-territoriali-deliberato-lo-scioglimento.shtml',
            observedOn: '2026-11-23',
          },
          provinces: { totalCount: 1 },
          mountain: { totalCount: 3 },
          municipalities: { totalCount: 26 },
        },
      },
    });
  });
});

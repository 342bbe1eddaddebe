import { at, listAt, startTestCatalogue, type TestCatalogue } from '../catalogue/testing/test-catalogue.js';
import { denmark } from './catalogue.js';
import { hasCvrCheckDigit } from './cvr.js';

describe('Denmark', () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await startTestCatalogue(denmark);
  });
  afterAll(() => catalogue.close());

  it('has 98 municipalities and 5 regions', async () => {
    expect(
      await catalogue.query(`{ denmark {
        municipalities: administrations(filter: { kind: MUNICIPALITY }) { totalCount }
        regions: administrations(filter: { kind: REGION }) { nodes { name nuts } }
        administrationCount(kind: MUNICIPALITY, asOf: "2017-08-07")
        before: administrationCount(kind: MUNICIPALITY, asOf: "2006-12-31")
      } }`),
    ).toEqual({
      denmark: {
        municipalities: { totalCount: 98 },
        regions: {
          nodes: [
            { name: 'Region Hovedstaden', nuts: 'DK01' },
            { name: 'Region Midtjylland', nuts: 'DK04' },
            { name: 'Region Nordjylland', nuts: 'DK05' },
            { name: 'Region Sjælland', nuts: 'DK02' },
            { name: 'Region Syddanmark', nuts: 'DK03' },
          ],
        },
        administrationCount: 98,
        before: null,
      },
    });
  });

  it('has the same values in fields for which a part of a row is read as beside fields that need all of it', async () => {
    const ofAll = '__typename id name nameLanguage country identifiers { notation }';
    const ofMembership = '__typename id role member { id name } consortium { id name } country confirmed';
    const operation = (whole: string, wholeMembership: string): string => `{ denmark {
      administrations(first: 120) { edges { cursor node {
        ${ofAll} kind predecessors { id } successors { id } ... on DanishAdministration { kommunekode cvr } population { count } memberships { ${ofMembership} ${wholeMembership} }
        adoptions(first: 2) { nodes { id } } needs(first: 2) { nodes { id } } ${whole}
      } } }
      consortia { edges { cursor node {
        ${ofAll} ... on DanishConsortium { cvr } members(first: 3) { complete nodes { ${ofMembership} ${wholeMembership} } }
        coverage { knownMembers kind asOf } growth(from: "2010-01-01", to: "2020-01-01") { knownMembers complete } ${whole}
      } } }
    } }`;
    const narrow = await catalogue.query(operation('', ''));
    const whole = await catalogue.query(operation('homepage', 'during { start }'));
    const withoutMore = JSON.stringify(whole, (name, value: unknown) =>
      name === 'homepage' || name === 'during' ? undefined : value,
    );
    expect(narrow).toEqual(JSON.parse(withoutMore));
  });

  it('imported every row of its tables', async () => {
    const runs = await catalogue.database.query(
      "SELECT report -> 'problems' AS problems, report -> 'contradictions' AS contradictions, report -> 'suspicious' AS suspicious FROM import_run",
    );
    expect(runs).toEqual([{ problems: [], contradictions: [], suspicious: [] }]);
  });

  it('has what a municipality of 97,000 inhabitants pays for OS2valghalla as a member of OS2, and for its membership', async () => {
    expect(
      await catalogue.query(`{ denmark {
        organisation(id: "dk:consortium:41849983") { ... on DanishConsortium { terms {
          id fees(population: 97000, kind: MUNICIPALITY, isMember: true, asOf: "2026-11-29") { kind amount { amount currency } }
        } } }
        contracts(first: 1) { totalCount } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          terms: [
            { id: 'dk:terms:os2', fees: [{ kind: 'MEMBERSHIP', amount: { amount: '25000', currency: 'DKK' } }] },
            { id: 'dk:terms:os2-os2kitos', fees: [{ kind: 'ANNUAL', amount: { amount: '30000', currency: 'DKK' } }] },
            // The last fee that its source states ended in 2021.
            { id: 'dk:terms:os2-os2mo', fees: [] },
            {
              id: 'dk:terms:os2-os2valghalla',
              fees: [
                { kind: 'ANNUAL', amount: { amount: '45780', currency: 'DKK' } },
                { kind: 'JOINING', amount: { amount: '190000', currency: 'DKK' } },
              ],
            },
          ],
        },
        contracts: { totalCount: 3 },
      },
    });
  });

  it('has OS2 on the day of the article: 58 of 98 claimed, fewer known by name, no share', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:consortium:41849983") { ... on DanishConsortium { cvr
        openTo { kinds nuts descriptionLanguage english: descriptionLanguage(language: "en") french: descriptionLanguage(language: "fr") }
        coverage(asOf: "2017-08-07") { knownMembers eligible share complete
          closestClaim { count outOf relation asOf publishedOn source } } } } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          cvr: '41849983',
          openTo: {
            kinds: ['MUNICIPALITY', 'REGION', 'STATE_BODY'],
            nuts: ['DK'],
            descriptionLanguage: 'da',
            english: 'en',
            french: 'da',
          },
          coverage: {
            knownMembers: 7,
            eligible: 98,
            share: null,
            complete: false,
            closestClaim: {
              count: 58,
              outOf: 98,
              relation: 'MEMBERS',
              asOf: '2017-08-07',
              publishedOn: '2017-08-07',
              source:
                'https://joinup.ec.europa.eu/collection/sharing-and-reuse-it-solutions/news/growing-groups-administrat',
            },
          },
        },
      },
    });
  });

  it.each([
    ['Furesø', '0190', '2016-09-30', '2016-10-01'],
    ['Vesthimmerland', '0820', '2016-12-31', '2017-01-01'],
  ])('%s joined OS2 on the first of its month', async (_name, kommunekode, before, from) => {
    const members = async (asOf: string): Promise<unknown[]> =>
      listAt(
        await catalogue.query(
          `query ($asOf: Date) { denmark { organisation(id: "dk:consortium:41849983") { ... on Consortium {
            members(asOf: $asOf, first: 200) { nodes { memberId during { start startPrecision } } } } } } }`,
          { asOf },
        ),
        ...['denmark', 'organisation', 'members', 'nodes'],
      );
    const id = `dk:administration:${kommunekode}`;
    expect((await members(before)).map((node) => at(node, 'memberId'))).not.toContain(id);
    expect(await members(from)).toContainEqual({ memberId: id, during: { start: from, startPrecision: 'MONTH' } });
  });

  it.each([
    ['DK_KOMMUNE', '0820', 'Vesthimmerlands'],
    ['DK_CVR', '64 94 22 12', 'København'],
    ['EU_NUTS', 'dk01', 'Region Hovedstaden'],
    ['EU_LAU', 'DK_101', 'København'],
  ])('finds the organisation with %s %s', async (scheme, notation, name) => {
    const data = await catalogue.query(
      `query ($code: IdentifierInput!) { denmark { administration(identifier: $code) { name } } }`,
      { code: { scheme, notation } },
    );
    expect(at(data, 'denmark', 'administration', 'name')).toBe(name);
  });

  it.each([
    ['2024-05-01', 0],
    ['2024-12-31', 90],
    ['2026-11-29', 93],
  ])('on %s %i municipalities are known to run their library’s website on DPL CMS', async (asOf, count) => {
    expect(
      await catalogue.query(
        `query ($asOf: Date) { denmark { administrations(asOf: $asOf, filter: { uses: "github.com/danskernesdigitalebibliotek/dpl-cms" }) { totalCount } } }`,
        { asOf },
      ),
    ).toEqual({ denmark: { administrations: { totalCount: count } } });
  });

  it('states what the law requires of every municipality once, and a library website for each that has one', async () => {
    const data = await catalogue.query(`{ denmark {
      codes(search: "folkeregistrering", first: 1) { nodes { notation broader { notation } } }
      need(id: "dk:need:library-website") { codes { scheme notation }
        holders(asOf: "2026-11-29", first: 1) { totalCount nodes { state metBy } } }
      fano: administration(identifier: { scheme: "DK_KOMMUNE", notation: "0563" }) { needs { nodes { state rule { kind nuts } need { id } } } }
      egedal: administration(identifier: { scheme: "DK_KOMMUNE", notation: "0240" }) { needs { totalCount } } } }`);
    expect(at(data, 'denmark', 'codes', 'nodes')).toEqual([{ notation: '23.05', broader: { notation: '23' } }]);
    expect(at(data, 'denmark', 'need')).toEqual({
      codes: [{ scheme: 'DK_KLE', notation: '21.20' }],
      holders: {
        totalCount: 95,
        nodes: [{ state: 'MET', metBy: ['github.com/danskernesdigitalebibliotek/dpl-cms'] }],
      },
    });
    const required = ['building-permits', 'civil-registration', 'day-care', 'primary-school', 'public-library', 'record-council-decisions']; // prettier-ignore
    const rule = { kind: 'MUNICIPALITY', nuts: 'DK' };
    expect(listAt(data, 'denmark', 'fano', 'needs', 'nodes')).toEqual(
      required.map((id) => ({ state: 'STATED', rule, need: { id: `dk:need:${id}` } })),
    );
    expect(at(data, 'denmark', 'egedal', 'needs', 'totalCount')).toBe(required.length + 1);
  });

  it('has its codes as fields', async () => {
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:administration:0101") {
        ... on DanishAdministration { kommunekode cvr lau nuts population(asOf: "2019-06-01") { count on } } } } }`),
    ).toEqual({
      denmark: {
        organisation: {
          kommunekode: '0101',
          cvr: '64942212',
          lau: '101',
          nuts: 'DK011',
          population: { count: 623404, on: '2019-01-01' },
        },
      },
    });
  });
});

describe('a CVR number', () => {
  it('has a check digit', () => {
    expect(hasCvrCheckDigit('64942212')).toBe(true);
    expect(hasCvrCheckDigit('64942213')).toBe(false);
    expect(hasCvrCheckDigit('46942212')).toBe(false);
  });
});

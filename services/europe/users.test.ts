import { useCountryIndex } from './testing/country-index.js';
import { contents, during } from './testing/feed-contents.js';

const graph = useCountryIndex();
const { at } = graph;

const provenance = {
  source: null,
  retrievedAt: null,
  observedOn: null,
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
};

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
    graph.denmark.publish('RECORD', contents.record('dk:record:users', address, { publisherId: 'dk:consortium:x' }));
    for (const [id, name, more] of [
      ['dk:administration:zealand', 'Øzealand', { nuts: 'DK011', population: { count: 9_999 } }],
      ['dk:administration:aal', 'Ål', {}],
      ['dk:administration:merged', 'Merged', { existed: { start: null, end: '2007-01-01', ended: true } }],
    ] as const)
      graph.denmark.publish('ADMINISTRATION', contents.administration(id, name, more));
    graph.italy.publish(
      'ADMINISTRATION',
      contents.administration('it:administration:roma', 'Roma', { nuts: null, population: null }),
    );
    graph.france.publish(
      'ADMINISTRATION',
      contents.administration('fr:administration:lyon', 'Lyon', { nuts: null, population: { count: 522_000 } }),
    );
    const use = (id: string, user: string | null, more: object = {}): void => {
      const fake = { dk: graph.denmark, be: graph.belgium, it: graph.italy, fr: graph.france }[id.slice(0, 2)];
      fake?.publish('ADOPTION', contents.adoption(id, user, address, more));
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
    await graph.index.catchUp();
  });

  it('are ordered by country and name, without unknown organisations; users without an id count to their catalogue’s country', async () => {
    expect(await ids('')).toEqual([
      'dk:adoption:zealand',
      'dk:adoption:named',
      'dk:adoption:group',
      'fr:adoption:lyon',
      'it:adoption:roma',
      'dk:adoption:oslo',
    ]);
  });

  it('can be filtered by country', async () => {
    expect(await ids('(countries: ["NO", "FR"])')).toEqual(['fr:adoption:lyon', 'dk:adoption:oslo']);
    expect(await ids('(countries: ["BE"])')).toEqual([]);
    expect(await ids('(countries: [])')).toEqual([]);
  });

  it.each([
    ['kinds: [MUNICIPALITY]', ['dk:adoption:zealand', 'fr:adoption:lyon', 'it:adoption:roma']],
    ['kinds: [REGION, PROVINCE]', []],
    ['kinds: []', []],
    ['nuts: "FR"', ['fr:adoption:lyon']],
    ['nuts: "DK0"', ['dk:adoption:zealand']],
    ['nuts: "DK03"', []],
    ['population: { min: 1 }', ['dk:adoption:zealand', 'fr:adoption:lyon']],
    ['population: { max: 9999 }', ['dk:adoption:zealand']],
    ['population: { min: 10000, max: 500000 }', []],
    ['statuses: [PILOT]', ['fr:adoption:lyon']],
    ['statuses: [PILOT, AGREEMENT], kinds: [REGION]', []],
    [
      'started: { from: "2011-01-01", to: "2012-01-01" }',
      ['dk:adoption:named', 'dk:adoption:group', 'dk:adoption:oslo'],
    ],
    ['started: { from: "2016-01-02" }', []],
    [
      'started: {}',
      ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group', 'fr:adoption:lyon', 'dk:adoption:oslo'],
    ],
    ['kinds: null, population: null, statuses: null, started: null, nuts: "IT"', ['it:adoption:roma']],
  ])('can be filtered by { %s }', async (filter, expected) => {
    expect(await ids(`(filter: { ${filter} })`)).toEqual(expected);
  });

  it('are counted by the values that filters accept', async () => {
    const facets = async (query: string): Promise<unknown> => {
      const { adoptionFacets } = (await at(
        address,
        `adoptionFacets${query} { field missing values { value count } }`,
      )) as {
        adoptionFacets: { field: string; missing: number; values: { value: string; count: number }[] }[];
      };
      return Object.fromEntries(
        adoptionFacets.map(({ field, missing, values }) => [
          field,
          [...values.map(({ value, count }) => `${count} ${value}`), ...(missing === 0 ? [] : [`${missing} unknown`])],
        ]),
      );
    };
    expect(await facets('')).toEqual({
      country: ['3 DK', '1 FR', '1 IT', '1 NO'],
      kind: ['3 MUNICIPALITY', '3 unknown'],
      nuts: ['1 DK01', '5 unknown'],
      population: ['1 100000-', '1 5000-19999', '4 unknown'],
      status: ['5 IN_PRODUCTION', '1 PILOT'],
      start: ['2 2011', '1 2010', '1 2012', '1 2016', '1 unknown'],
      method: ['6 IMPORTED'],
      assertedBy: ['6 unknown'],
      observed: ['6 2020'],
    });
    expect(await facets('(filter: { statuses: [PILOT] }, countries: ["FR"])')).toMatchObject({ start: ['1 2016'] });
    expect(await facets('(asOf: "2006-12-31")')).toMatchObject({ country: ['1 DK'], kind: ['1 MUNICIPALITY'] });
  });

  it.each([
    ['2004-12-31', []],
    ['2006-12-31', ['dk:adoption:merged']],
    ['2007-01-01', []],
    ['2015-05-31', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group', 'dk:adoption:oslo']],
    ['2018-05-31', ['dk:adoption:aal', 'dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group']],
    ['2018-06-01', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group']],
    ['2019-12-31', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group']],
    // Roma from the day on which it was observed.
    ['2020-01-01', ['dk:adoption:zealand', 'dk:adoption:named', 'dk:adoption:group', 'it:adoption:roma']],
  ])('on %s are those that used it on that day', async (day, expected) => {
    const countries = day < '2018' ? '' : ', countries: ["IT", "DK"]';
    expect(await ids(`(asOf: "${day}"${countries})`)).toEqual(expected);
  });

  it('have the fields that their country states', async () => {
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
        `adoptions(countries: ["IT", "NO"]) { nodes { administrationId confirmed administration { ${administration} } } }`,
      ),
    ).toEqual({
      adoptions: {
        nodes: [
          {
            administrationId: 'it:administration:roma',
            confirmed: true,
            administration: { ref: 'it:administration:roma' },
          },
          // Norway has no subgraph.
          { administrationId: 'no:administration:oslo', confirmed: false, administration: null },
        ],
      },
    });
  });

  it('are counted by country if that country states it, the largest number first, and each organisation once', async () => {
    graph.denmark.publish(
      'ADOPTION',
      contents.adoption('dk:adoption:again', 'dk:administration:zealand', address, during('2013-01-01')),
    );
    await graph.index.catchUp();
    const reuse = (asOf: string): Promise<unknown> =>
      at(address, `reuse(asOf: "${asOf}") { country adopters firstAdopted }`);
    expect(await reuse('2016-01-01')).toEqual({
      reuse: [
        { country: 'DK', adopters: 2, firstAdopted: '2010-01-01' },
        { country: 'FR', adopters: 1, firstAdopted: '2016-01-01' },
      ],
    });
    expect(await reuse('2004-01-01')).toEqual({ reuse: [] });
    expect(await at(address, 'reuse { country adopters }')).toEqual({
      reuse: ['DK', 'FR', 'IT'].map((country) => ({ country, adopters: 1 })),
    });
    expect(await at(address, 'unconfirmedReuse { country assertedBy adopters }')).toEqual({
      unconfirmedReuse: [{ country: 'NO', assertedBy: 'DK', adopters: 1 }],
    });
  });

  it('are counted by kind, and are not known to be all', async () => {
    expect(await at(address, `reuse(kind: MUNICIPALITY) { country adopters complete }`)).toEqual({
      reuse: ['DK', 'FR', 'IT'].map((country) => ({ country, adopters: 1, complete: false })),
    });
    expect(await at(address, `reuse(kind: REGION) { adopters } adoptions { complete }`)).toEqual({
      reuse: [],
      adoptions: { complete: false },
    });
  });

  it('have a first start only if none of them was observed before it, and are separated into dated and observed', async () => {
    const [observedFirst, datedFirst] = ['github.com/first/observed', 'github.com/first/dated'];
    const use = (id: string, user: string, of: string, start: string | null, observedOn: string): void => {
      const stated = during(start);
      graph.denmark.publish(
        'ADOPTION',
        contents.adoption(`dk:adoption:${id}`, `dk:administration:${user}`, of, {
          during: { ...stated.during, startPrecision: start && 'MONTH' },
          provenance: { ...provenance, observedOn },
        }),
      );
    };
    use('observed-first', 'zealand', observedFirst, null, '2021-05-31');
    use('dated-later', 'aal', observedFirst, '2023-02-01', '2023-04-07');
    use('dated-first', 'aal', datedFirst, '2020-03-01', '2023-04-07');
    use('observed-later', 'zealand', datedFirst, null, '2024-01-01');
    await graph.index.catchUp();
    const first = (of: string, asOf: string): Promise<unknown> =>
      at(of, `reuse(asOf: "${asOf}") { adopters dated observed knownSince firstAdopted firstAdoptedPrecision }`);
    const unknownStart = { firstAdopted: null, firstAdoptedPrecision: null };
    expect(await first(observedFirst, '2025-01-01')).toEqual({
      reuse: [{ adopters: 2, dated: 1, observed: 1, knownSince: '2021-05-31', ...unknownStart }],
    });
    expect(await first(observedFirst, '2022-01-01')).toEqual({
      reuse: [{ adopters: 1, dated: 0, observed: 1, knownSince: '2021-05-31', ...unknownStart }],
    });
    expect(await first(datedFirst, '2025-01-01')).toEqual({
      reuse: [
        {
          ...{ adopters: 2, dated: 1, observed: 1, knownSince: '2020-03-01' },
          ...{ firstAdopted: '2020-03-01', firstAdoptedPrecision: 'MONTH' },
        },
      ],
    });
    expect(
      await at(observedFirst, 'growth(from: "2021-01-01", to: "2024-01-01") { adopters dated observed complete }'),
    ).toEqual({
      growth: [
        [0, 0],
        [0, 1],
        [0, 1],
        [1, 1],
      ].map(([dated = 0, observed = 0]) => ({ adopters: dated + observed, dated, observed, complete: false })),
    });
  });

  it('may be claimed in figures, which any catalogue states about any address of the solution', async () => {
    graph.denmark.publish(
      'RECORD',
      contents.record('dk:record:claimed', 'github.com/claimed/new', { aliases: ['github.com/claimed/old'] }),
    );
    graph.denmark.publish(
      'CLAIM',
      contents.claim('dk:claim:old', 'github.com/claimed/old', { count: 75, outOf: 98, asOf: '2017-05-02' }),
    );
    graph.italy.publish(
      'CLAIM',
      contents.claim('it:claim:new', 'github.com/claimed/new', { publishedOn: '2020-01-01' }),
    );
    graph.denmark.publish('CLAIM', contents.claim('dk:claim:undescribed', 'github.com/claimed/undescribed'));
    await graph.index.catchUp();
    expect(await at('github.com/claimed/new', 'reuse { adopters } claims { id count outOf }')).toEqual({
      reuse: [],
      claims: [
        { id: 'it:claim:new', count: null, outOf: null },
        { id: 'dk:claim:old', count: 75, outOf: 98 },
      ],
    });
    expect(await at('github.com/claimed/new', 'claims(asOf: "2019-01-01") { id }')).toEqual({
      claims: [{ id: 'dk:claim:old' }],
    });
    expect(await graph.index.query('{ solutions(search: "new") { nodes { claims { id } } } }')).toEqual({
      solutions: { nodes: [{ claims: [{ id: 'it:claim:new' }, { id: 'dk:claim:old' }] }] },
    });
  });

  it('are counted for each point of their growth', async () => {
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
        point('2012-06-01', 1, 1),
        point('2013-06-01', 1, 1),
        point('2014-06-01', 1, 1),
        point('2015-06-01', 2, 1),
        point('2016-06-01', 3, 2),
        point('2017-01-01', 3, 2),
      ],
    });
    expect(await at(address, 'growth(from: "2016-01-31", to: "2016-03-01", interval: MONTH) { asOf }')).toEqual({
      growth: ['2016-01-31', '2016-02-29', '2016-03-01'].map((asOf) => ({ asOf })),
    });
    graph.italy.publish(
      'ADOPTION',
      contents.adoption('it:adoption:named-only', 'it:administration:roma', 'github.com/only/named'),
    );
    await graph.index.catchUp();
    expect(await at('github.com/only/named', 'growth(from: "2019-01-01", to: "2019-01-01") { asOf adopters }')).toEqual(
      {
        growth: [{ asOf: '2019-01-01', adopters: 0 }],
      },
    );
  });
});

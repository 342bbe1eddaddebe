import { at, listAt } from '../testing/test-catalogue.js';
import { useCatalogue } from '../testing/use-catalogue.js';

const administration = (id: string, start = '', end = ''): string =>
  `dk:administration:${id},MUNICIPALITY,LOCAL,da,${id},${start},${end},s`;
const succession = (predecessor: string, successor: string): string =>
  `dk:administration:${predecessor},dk:administration:${successor}`;
const figure = (id: string, on: string, count: number, source = 's'): string =>
  `dk:administration:${id},${on},${count},${source}`;

const merger = '2020-01-01';
const merged = ['north', 'south', 'east', 'west', 'unmeasured', 'divided', 'village', 'hamlet'];
const tables = {
  'sources.csv': ['id,url,licence', 's,https://example.org/,CC0-1.0', 't,https://example.org/t,CC0-1.0'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,start,end,source',
    ...merged.map((id) => administration(id, '', merger)),
    administration('twins', merger, '2024-01-01'),
    administration('counted', merger),
    administration('incomplete', merger),
    administration('part-1', merger),
    administration('part-2', merger),
    administration('town'),
    administration('city'),
    administration('undated'),
    administration('again', '2024-01-01'),
    administration('alone', merger),
  ],
  'successions.csv': [
    'predecessor,successor',
    succession('north', 'twins'),
    succession('south', 'twins'),
    succession('twins', 'again'),
    succession('east', 'counted'),
    succession('west', 'incomplete'),
    succession('unmeasured', 'incomplete'),
    succession('divided', 'part-1'),
    succession('divided', 'part-2'),
    succession('village', 'town'),
    succession('hamlet', 'undated'),
  ],
  'populations.csv': [
    'organisation,on,count,source',
    figure('north', '2018-01-01', 10),
    figure('south', '2018-01-01', 5),
    figure('south', '2019-01-01', 6, 't'),
    figure('east', '2018-01-01', 7),
    figure('counted', '2021-01-01', 9),
    figure('west', '2018-01-01', 1),
    figure('divided', '2018-01-01', 8),
    figure('village', '2018-01-01', 2),
    figure('town', '2018-01-01', 100),
    figure('hamlet', '2018-01-01', 3),
    figure('undated', '', 50),
    figure('city', '2018-01-01', 1000),
  ],
};

describe('the number of inhabitants', () => {
  const catalogue = useCatalogue(tables);

  const populationOf = async (id: string, asOf = '2025-01-01'): Promise<unknown> =>
    at(
      await catalogue.query(
        `query ($id: ID!, $asOf: Date) { denmark { organisation(id: $id) { ... on Administration { population(asOf: $asOf) {
          count on provenance { method source licence observedOn note } } } } } }`,
        { id: `dk:administration:${id}`, asOf },
      ),
      ...['denmark', 'organisation', 'population'],
    );
  const countOf = async (id: string, asOf?: string): Promise<unknown> => {
    const found = await populationOf(id, asOf);
    return found === null ? null : [at(found, 'count'), at(found, 'provenance', 'method')];
  };

  it('of an organisation founded by a merger is the sum of its predecessors, marked as inferred', async () => {
    expect(await populationOf('twins', '2018-06-01')).toEqual({
      count: 15,
      on: '2018-01-01',
      provenance: {
        method: 'INFERRED',
        source: 'https://example.org/',
        licence: 'CC0-1.0',
        observedOn: null,
        note: 'The sum of the latest figures of what was merged: dk:administration:north 10 (2018-01-01) + dk:administration:south 5 (2018-01-01).',
      },
    });
  });

  it('that is a sum of figures of different days and sources has no day and no source', async () => {
    expect(await populationOf('twins')).toMatchObject({ count: 16, on: null, provenance: { source: null } });
  });

  it('is a sum through two mergers', async () => {
    expect(await countOf('again')).toEqual([16, 'INFERRED']);
  });

  it('is the recorded figure from its day on', async () => {
    expect(await countOf('counted', '2020-12-31')).toEqual([7, 'INFERRED']);
    expect(await countOf('counted', '2021-01-01')).toEqual([9, 'IMPORTED']);
  });

  it('of an organisation that absorbed another one includes it from the merger on, if its figure is older', async () => {
    expect(await countOf('town', '2019-12-31')).toEqual([100, 'IMPORTED']);
    expect(await countOf('town', merger)).toEqual([102, 'INFERRED']);
    // Whether an undated figure includes it is not known.
    expect(await countOf('undated')).toEqual([50, 'IMPORTED']);
  });

  it('is null if a figure is missing, after a division, and for one without predecessors', async () => {
    for (const id of ['incomplete', 'part-1', 'part-2', 'alone']) expect(await countOf(id)).toBeNull();
  });

  it('orders and filters lists as it is shown, and those without one are counted as unknown', async () => {
    const list = async (min: number, asOf: string): Promise<unknown> => {
      const found = at(
        await catalogue.query(
          `query ($min: Int, $asOf: Date) { denmark { administrations(
            asOf: $asOf, filter: { population: { min: $min } }, orderBy: { field: POPULATION }) {
            totalCount unknown uncertain nodes { name } } } }`,
          { min, asOf },
        ),
        ...['denmark', 'administrations'],
      );
      const names = listAt(found, 'nodes').map((node) => at(node, 'name'));
      return [names.join(' '), at(found, 'totalCount'), at(found, 'unknown'), at(found, 'uncertain')];
    };
    expect(await list(9, '2025-01-01')).toEqual(['city town undated again counted', 5, 4, 0]);
    expect(await list(15, '2021-01-01')).toEqual(['city town undated twins', 4, 4, 0]);
    // Before the first figures, only the undated one is known.
    expect(await list(0, '2017-12-31')).toEqual(['undated', 1, 10, 0]);
  });

  it('is in the change feed again if a figure of which it is the sum changes', async () => {
    const changes = `query ($after: String) { denmark { changes(after: $after, first: 200) {
      nodes { subjectId } pageInfo { endCursor } } } }`;
    const before = await catalogue.query(changes, { after: null });
    await catalogue.database.query(
      `UPDATE population SET count = 11 WHERE organisation_id = 'dk:administration:north'`,
    );
    const after = at(before, 'denmark', 'changes', 'pageInfo', 'endCursor');
    const changed = listAt(await catalogue.query(changes, { after }), 'denmark', 'changes', 'nodes');
    expect(changed.map((change) => at(change, 'subjectId')).sort()).toEqual(
      ['again', 'north', 'twins'].map((id) => `dk:administration:${id}`),
    );
    expect(await countOf('again')).toEqual([17, 'INFERRED']);
  });
});

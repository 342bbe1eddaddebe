import { at, listAt } from './test-catalogue.js';
import { useCatalogue } from './use-catalogue.js';

const names = [
  'København',
  'Køge',
  'Ærø',
  'Høje-Taastrup',
  'Aarhus',
  'Aabenraa',
  'Mons',
  'Moens',
  'Saint-Mards',
  'San Marco',
  'San Martino',
  'Marco',
  'Romeno',
];

const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,name_en,alternative_names_da,alternative_names_en,start,end,source',
    ...names.map((name, index) => `dk:administration:n${index},MUNICIPALITY,LOCAL,da,${name},,,,,,s`),
    'dk:administration:renamed,MUNICIPALITY,LOCAL,da,Nyby,New Town,Gammelby|Den gamle by,,,,s',
    'dk:administration:roma,MUNICIPALITY,LOCAL,da,Roma,,,Rome,,,s',
    // By its id and name it would come first.
    'dk:administration:county,REGION,REGIONAL,da,Amt,,Roma,,,,s',
    'dk:administration:ended,MUNICIPALITY,LOCAL,da,Fortid,,,,,2010-01-01,s',
  ],
  'identifiers.csv': [
    'organisation,scheme,notation',
    'dk:administration:n6,DK_TEST,M1',
    'dk:administration:n11,EU_LAU,DK_101',
  ],
  'consortia.csv': ['id,kind,name_da,source', 'dk:consortium:k,ASSOCIATION,København Fælles IT,s'],
};

describe('search', () => {
  const catalogue = useCatalogue(tables);

  const find = async (search: string, asOf?: string): Promise<unknown[]> =>
    listAt(
      await catalogue.query(
        `query ($search: String, $asOf: Date) { denmark { administrations(search: $search, asOf: $asOf) { totalCount nodes { name } } } }`,
        { search, asOf },
      ),
      ...['denmark', 'administrations', 'nodes'],
    ).map((node) => at(node, 'name'));

  const found: [search: string, names: string[]][] = [
    // As written, whatever the case, accents and hyphens.
    ['København', ['København']],
    ['KOBENHAVN', ['København']],
    ['høje taastrup', ['Høje-Taastrup']],
    ['taastrup', ['Høje-Taastrup']],
    ['aero', ['Ærø']],
    ['Aerø', ['Ærø']],
    // As its language also writes it, and in letters that only look different.
    ['Åbenrå', ['Aabenraa']],
    ['A\u030abenra\u030a', ['Aabenraa']],
    ['Koege', ['Køge']],
    ['St-Mards', ['Saint-Mards']],
    ['st mards', ['Saint-Mards']],
    ['Sankt Mards', ['Saint-Mards']],
    ['S. Martino', ['San Martino']],
    ['Kø\u00adge', ['Køge']],
    ['Ｋøｇｅ', ['Køge']],
    // A short form needs its name.
    ['saint', ['Saint-Mards']],
    // Beginnings of words, each word somewhere.
    ['mar', ['Marco', 'Saint-Mards', 'San Marco', 'San Martino']],
    ['marc san', ['San Marco']],
    // A whole name before the beginning of one, that before a word within.
    ['marco', ['Marco', 'San Marco']],
    ['rome', ['Roma', 'Romeno']],
    // Of whole names, and of names that begin alike, those of municipalities first.
    ['roma', ['Roma', 'Amt']],
    ['rom', ['Roma', 'Romeno', 'Amt']],
    // Other languages and other names.
    ['new town', ['Nyby']],
    ['gammelby', ['Nyby']],
    // A code, whatever its case.
    ['m1', ['Mons']],
    ['DK_101', ['Marco']],
    ['dk_101', ['Marco']],
    // A typing error: a letter wrong, missing, too many, or two swapped; from eight letters on two.
    ['kobenhagn', ['København']],
    ['koebenhavn', ['København']],
    ['københvan', ['København']],
    ['mosn', ['Mons']],
    ['arhus', ['Aarhus']],
    ['nuby', ['Nyby']],
    // Not forgiven: where something matches as written, two errors in a short word, an error in a very short one.
    ['moens', ['Moens']],
    ['minz', []],
    ['xyz', []],
    ['köx', []],
    // An organisation that has ended is not found today.
    ['Fortid', []],
  ];
  it.each(found)('for %j finds %j', async (search, expected) => {
    expect(await find(search)).toEqual(expected);
  });

  it('corrects a typing error if nothing that is searched matches as written', async () => {
    // Consortia and organisations that have ended do not count as matches of the search for administrations.
    expect(await find('faelles')).toEqual([]);
    expect(await find('fortit')).toEqual([]);
    expect(await find('fortit', '2009-12-31')).toEqual(['Fortid']);
    expect(await catalogue.query(`{ denmark { consortia(search: "kobenhavm") { nodes { name } } } }`)).toEqual({
      denmark: { consortia: { nodes: [{ name: 'København Fælles IT' }] } },
    });
  });

  it('marks what matches only with a typing error', async () => {
    const marks = async (list: string): Promise<unknown> => {
      const found = at(
        await catalogue.query(`{ denmark { list: ${list} { fuzzy edges { fuzzy node { name } } } } }`),
        'denmark',
        'list',
      );
      return [
        at(found, 'fuzzy'),
        ...listAt(found, 'edges').map((edge) => [at(edge, 'node', 'name'), at(edge, 'fuzzy')]),
      ];
    };
    const kobenhavn = 'København';
    expect(await marks('administrations(search: "kobenhavn")')).toEqual([false, [kobenhavn, false]]);
    expect(await marks('administrations(search: "kobenhavm")')).toEqual([true, [kobenhavn, true]]);
    expect(await marks('administrations(search: "kobenhavm", orderBy: { field: NAME })')).toEqual([
      true,
      [kobenhavn, true],
    ]);
    expect(await marks('administrations(search: "xyz")')).toEqual([null]);
    expect(await marks('administrations(first: 1)')).toEqual([null, ['Aabenraa', null]]);
    expect(await marks('consortia(search: "kobenhavm")')).toEqual([true, ['København Fælles IT', true]]);
  });

  it('finds organisations that existed on the day', async () => {
    expect(await find('fortid', '2009-12-31')).toEqual(['Fortid']);
  });

  it('ignores a search of punctuation alone', async () => {
    expect(await find(' -- ')).toHaveLength(names.length + 3);
  });

  it.each([`'; DROP TABLE organisation; --`, '%', '_', '\\', '100%', '(', 'a\u0000b', '𝒳', '؀'])(
    'treats %j as words',
    async (search) => {
      await find(search);
      expect(await find('Køge')).toEqual(['Køge']);
    },
  );

  it('counts what it finds, and pages through it by rank', async () => {
    const page = `query ($after: String) { denmark { administrations(search: "mar", first: 3, after: $after) {
      totalCount nodes { name } pageInfo { endCursor hasNextPage } } } }`;
    const first = await catalogue.query(page);
    expect(at(first, 'denmark', 'administrations', 'totalCount')).toBe(4);
    const second = await catalogue.query(page, {
      after: at(first, 'denmark', 'administrations', 'pageInfo', 'endCursor'),
    });
    expect(at(second, 'denmark', 'administrations')).toMatchObject({
      nodes: [{ name: 'San Martino' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('finds consortia among consortia', async () => {
    expect(await catalogue.query(`{ denmark { consortia(search: "kobenhavn") { nodes { name } } } }`)).toEqual({
      denmark: { consortia: { nodes: [{ name: 'København Fælles IT' }] } },
    });
  });
});

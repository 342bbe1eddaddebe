import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { geoArea } from '@visx/vendor/d3-geo';
import type { FeatureCollection, Polygon } from 'geojson';
import { topology } from 'topojson-server';

import { ConfigError } from '../../../../kit/config/config.js';
import { type FakeGateway, startFakeGateway, toPage } from '../../../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../../../testing/start-test-portal.js';
import { readMunicipalBoundaries } from '../../server/municipal-boundaries.js';
import { fromEpsg3035 } from './from-epsg-3035.js';

const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A square in the place of a municipality: geometry for tests, with the properties that GISCO's files have. */
const square = (code: string, name: string, [x, y]: readonly [number, number], size: number) => {
  const [country, unit] = code.split('_');
  const ring = [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    // A corner that no reader would see.
    [x + size / 2, y + size * 1.0001],
    [x, y + size],
    [x, y],
  ];
  return {
    type: 'Feature' as const,
    properties: { GISCO_ID: code, CNTR_CODE: country, LAU_ID: unit, LAU_NAME: name },
    geometry: { type: 'Polygon' as const, coordinates: [ring] } satisfies Polygon,
  };
};
const toCollection = (...features: ReturnType<typeof square>[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});

const inDegrees = toCollection(
  square('DK_751', 'Aarhus', [10, 56], 0.3),
  square('DK_741', 'Samsø', [10.5, 55.8], 0.001),
  square('BE_92094', 'Namur', [5, 50], 0.1),
  square('IT_062008', 'Benevento', [14.7, 41.1], 0.1),
  square('XR_75056', 'Zenda', [2.3, 48.8], 0.1),
);
/** Namur's square begins at 5° E, 50° N, the example of IOGP Guidance Note 7-2. */
const inMetres = toCollection(square('BE_92094', 'Namur', [3_962_799.45, 2_999_718.85], 10_000));

const write = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const geoJson = write('lau.geojson', inDegrees);
const files = [
  ['GeoJSON', geoJson],
  ['TopoJSON', write('lau.json', topology({ LAU_RG_01M_2024_4326: inDegrees }, 1e5))],
  ['TopoJSON that is not quantised', write('lau-exact.json', topology({ LAU_RG_01M_2024_4326: inDegrees }))],
] as const;

it('EPSG:3035 is read as longitude and latitude, to the centimetre', () => {
  const [lon, lat] = fromEpsg3035([3_962_799.45, 2_999_718.85]);
  expect(lon).toBeCloseTo(5, 7);
  expect(lat).toBeCloseTo(50, 7);
  expect(fromEpsg3035([4_321_000, 3_210_000])).toEqual([10, 52]);
});

it.each(files)('municipalities are read from %s, simplified, and the small ones remain', (_format, file) => {
  const municipalities = readMunicipalBoundaries(file);
  const found = municipalities?.find(['DK_751', 'DK_741', 'IT_062008', 'XR_75056', 'DK_000']) ?? [];
  expect(found.map(({ name }) => name)).toEqual(['Aarhus', 'Samsø', 'Benevento']);
  const corners = found.map(({ geometry }) => (geometry.coordinates[0]?.[0]?.length ?? 0) - 1);
  expect(corners.slice(0, 1)).toEqual([4]);
  // d3-geo would take the rest of the world for the inside of a ring that turns the other way.
  for (const { geometry } of found) expect(geoArea({ type: 'Feature', properties: {}, geometry })).toBeLessThan(0.001);
  expect(municipalities?.outlineOf('DK')?.coordinates).toHaveLength(1);
  expect(municipalities?.outlineOf('XR')).toBeUndefined();
});

it('municipalities are read in the metres of GISCO', () => {
  for (const file of [
    write('metres.geojson', inMetres),
    write('metres.json', topology({ LAU_RG_01M_2024_3035: inMetres }, 1e5)),
  ]) {
    const [namur] = readMunicipalBoundaries(file)?.find(['BE_92094']) ?? [];
    const [lon = 0, lat = 0] = namur?.geometry.coordinates[0]?.[0]?.[0] ?? [];
    expect([lon, lat].map(Math.round)).toEqual([5, 50]);
  }
});

it.each([
  ['a file that does not exist', undefined, 'cannot be read: ENOENT'],
  ['a compressed file', '\u001f\u008b', 'is not JSON'],
  ['a list', [], 'must be TopoJSON (a Topology) or GeoJSON (a FeatureCollection)'],
  ['a broken topology', { type: 'Topology' }, 'is not valid TopoJSON'],
  ['broken features', { type: 'FeatureCollection' }, 'is not valid GeoJSON'],
  [
    'other properties',
    toCollection({ ...square('DK_1', '', [10, 56], 1), properties: { id: 'DK_1' } as never }),
    'has no municipality',
  ],
  ['other countries', toCollection(square('XR_1', '', [2, 48], 1)), 'has no municipality'],
  [
    'no coordinates',
    toCollection({ ...square('DK_1', '', [0, 0], 1), geometry: { type: 'Polygon', coordinates: [] } as never }),
    'without coordinates',
  ],
  [
    'Web Mercator',
    toCollection(square('DK_751', 'Aarhus', [1_113_194, 7_558_415], 10_000)),
    'its coordinates must be EPSG:4326 or EPSG:3035',
  ],
])('%s is rejected by name when the portal starts', (_what, content, problem) => {
  const file = content === undefined ? join(folder, 'none.json') : write('rejected.json', content);
  expect(() => readMunicipalBoundaries(file)).toThrow(ConfigError);
  expect(() => readMunicipalBoundaries(file)).toThrow('PORTAL_BOUNDARIES: the file ');
  expect(() => readMunicipalBoundaries(file)).toThrow(problem);
});

describe('with boundaries of municipalities', () => {
  const located = (country: string, lau: string | null, kind = 'MUNICIPALITY') => ({
    __typename: country === 'DK' ? 'DanishAdministration' : 'BelgianAdministration',
    country,
    kind,
    lau,
    nuts: country === 'DK' ? 'DK042' : 'BE352',
  });
  const members = [located('DK', '751'), located('DK', '751'), located('DK', null, 'REGION')];
  let gateway: FakeGateway;
  let portal: TestPortal;
  beforeAll(async () => {
    gateway = await startFakeGateway({
      organisation: ({ id }: { id: string }) => ({
        __typename: id.startsWith('dk') ? 'DanishConsortium' : 'ItalianConsortium',
        id,
        name: 'OS2',
        nameLanguage: null,
        country: id.slice(0, 2).toUpperCase(),
        members: (page: object) => ({
          ...toPage(
            members.map((member) => ({ role: 'MEMBER', member })),
            page,
          ),
          complete: true,
        }),
      }),
      solution: ({ address }: { address: string }) => ({
        id: address,
        name: 'OS2mo',
        adoptionFacets: [{ field: 'nuts', missing: 0, values: [{ value: 'DK04', count: 2 }] }],
        adoptions: (page: object) => ({
          ...toPage([{ country: 'DK', administration: located('DK', '741') }, null], page),
          ...(address.endsWith('many') && { totalCount: 2001 }),
        }),
      }),
      catalogues: () => [],
    });
    portal = await startTestPortal(gateway.url, { boundaries: geoJson });
  });
  afterAll(async () => {
    await portal.stop();
    await gateway.stop();
  });
  const draw = async (path: string): Promise<string> => (await portal.fetch(path)).text();

  it('a map colours the municipalities of members, and names GISCO', async () => {
    const svg = await draw('/en/pictures/consortium-members-map.svg?id=dk:consortium:os2');
    expect([...svg.matchAll(/<title>(.*?)<\/title>/g)].map(([, name]) => name)).toEqual(['Aarhus']);
    expect(svg).toContain('2 are not drawn');
    expect(svg).toContain('© EuroGeographics for the administrative boundaries');
    expect(await draw('/fr/about')).toContain('© EuroGeographics');
    expect((await draw('/en/pictures/consortium-members-map.csv?id=dk:consortium:os2')).split('\r\n')).toEqual([
      'row,country,nuts,lau,name,count',
      'REGION,DK,DK04,,Midtjylland,3',
      'MUNICIPALITY,DK,,751,Aarhus,1',
      'MUNICIPALITY,,,,,2',
      '',
    ]);
  });

  it('a map colours the municipalities of users, and shows regions if they are too many', async () => {
    const svg = await draw('/de/pictures/solution-users-map.svg?id=github.com/os2mo/os2mo&theme=dark');
    expect(svg).toContain('<title>Samsø</title>');
    expect(svg).toContain('© EuroGeographics bezüglich der Verwaltungsgrenzen');
    expect(await draw('/de/pictures/solution-users-map.svg?id=github.com/many')).toContain(
      '<title>Midtjylland: 2</title>',
    );
  });

  it('a country without boundaries is shown by regions', async () => {
    expect(await draw('/en/pictures/consortium-members-map.svg?id=xr:consortium:x')).not.toContain('EuroGeographics');
  });
});

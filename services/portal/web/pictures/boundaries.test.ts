import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../../../schema/files.js';
import { countries } from '../../../../schema/values/countries.js';
import { languages } from '../model/languages.js';
import { createBoundaries } from './boundaries.js';
import { toMapData } from './map-data.js';

const boundaries = createBoundaries();

/** The NUTS codes of all administrations of a catalogue. */
const codesOf = (country: string): string[] => {
  const rows = parse(readProjectFile(`services/${country}/data/administrations.csv`), { columns: true });
  return [...new Set((rows as { nuts: string }[]).map(({ nuts }) => nuts))].filter((nuts) => nuts !== '');
};

/** Codes that are larger than the regions of the map: of bodies of a whole country, or of a group of regions. */
const withoutRegion = /^(?:BE[123]?|DK0?|IT[CFGHI]?)$/;

it.each(countries.map(({ folder }) => folder))(
  'every NUTS code of %s is on the map, unless it is larger than its regions',
  (country) => {
    const missing = codesOf(country).filter((code) => boundaries.regionOf(code) === undefined);
    expect(missing.filter((code) => !withoutRegion.test(code))).toEqual([]);
  },
);

it('a code belongs to the smallest region that contains it', () => {
  expect(['DK014', 'BE336', 'ITF32', 'ITG2H', 'ITC4', 'DE123'].map(boundaries.regionOf)).toEqual([
    'DK01',
    'BE33',
    'ITF32',
    // Drawn as a part of Cagliari.
    'ITG2F',
    // Larger than a province.
    undefined,
    undefined,
  ]);
});

it.each([2, 3] as const)('every region of level %d has a name of its own and a part on land', (level) => {
  const { regions } = boundaries.atLevel(level);
  expect(new Set(regions.map(({ code }) => code)).size).toBe(regions.length);
  expect(regions.filter(({ name, code }) => name === code)).toEqual([]);
  expect(regions.filter(({ mainPart }) => (mainPart.geometry.coordinates[0]?.length ?? 0) < 4)).toEqual([]);
});

it('members are counted by provinces, or by larger regions if there are many, and those elsewhere are not lost', () => {
  expect(toMapData(['ITF32', 'ITF32', 'ITF34', null, 'FR101'])).toEqual({
    level: 3,
    regions: [
      { code: 'ITF32', count: 2 },
      { code: 'ITF34', count: 1 },
    ],
    names: { ITF32: 'Benevento', ITF34: 'Avellino' },
    elsewhere: 2,
  });
  const provinces = boundaries.atLevel(3).regions.map(({ code }) => code);
  const { level, regions, elsewhere } = toMapData(provinces);
  expect([level, regions.reduce((sum, { count }) => sum + count, 0), elsewhere]).toEqual([2, provinces.length, 0]);
});

it.each(languages)('a map names whom its boundaries are from, in %s', (language) => {
  const text = JSON.parse(readProjectFile(`services/portal/web/messages/${language}/charts.json`)) as Record<
    string,
    string
  >;
  const sources = JSON.parse(readProjectFile('services/portal/web/maps/boundaries/sources.json')) as Record<
    string,
    { attribution: string }
  >;
  const names = Object.values(sources).flatMap(({ attribution }) => attribution.split(/[;,]/)[0] ?? []);
  for (const name of names) expect(text['map.attribution']).toContain(name);
});

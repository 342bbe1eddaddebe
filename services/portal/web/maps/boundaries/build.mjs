/**
 * Makes europe.topo.json, which is committed, from two packages of the npm registry:
 *
 *   npm pack @superset-ui/legacy-plugin-chart-country-map@0.18.25 world-atlas@2.0.2
 *   mkdir superset atlas
 *   tar xzf superset-ui-*.tgz -C superset && tar xzf world-atlas-*.tgz -C atlas
 *   node services/portal/web/maps/boundaries/build.mjs superset atlas
 *
 * sources.json states their licences. The regions have the NUTS codes (2021) of the catalogues: those of level 2 in Denmark and
 * Belgium, and of level 3 in Italy, because these are the regions of ISO 3166-2, by which the packages name them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { feature, mergeArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';

const [superset, atlas] = process.argv.slice(2);
if (!superset || !atlas) throw new Error('Name the folders of the two packages.');

const nutsOfDenmark = { 'DK-84': 'DK01', 'DK-85': 'DK02', 'DK-83': 'DK03', 'DK-82': 'DK04', 'DK-81': 'DK05' };
const nutsOfBelgium = {
  'BE-BRU': 'BE10',
  'BE-VAN': 'BE21',
  'BE-VLI': 'BE22',
  'BE-VOV': 'BE23',
  'BE-VBR': 'BE24',
  'BE-VWV': 'BE25',
  'BE-WBR': 'BE31',
  'BE-WHT': 'BE32',
  'BE-WLG': 'BE33',
  'BE-WLX': 'BE34',
  'BE-WNA': 'BE35',
};
/** The package has Sardinia as it was from 2005 to 2016. Southern Sardinia and Cagliari cannot be told apart in it. */
const sardinia = { 'IT-OT': 'ITG2D', 'IT-OG': 'ITG2E', 'IT-VS': 'ITG2F', 'IT-CI': 'ITG2F' };
/** Codes of regions that are drawn as a part of another one. */
const drawnWith = { ITG2F: ['ITG2H'] };

/** The provinces of the Italian catalogue, by their sign on number plates. */
const nutsOfItaly = Object.fromEntries(
  parse(readFileSync('services/italy/data/administrations.csv'), { columns: true })
    .filter(({ kind }) => kind === 'PROVINCE')
    .map(({ sigla, nuts }) => [`IT-${sigla}`, nuts]),
);

const readRegions = (name, codes) =>
  JSON.parse(readFileSync(join(superset, `package/lib/countries/${name}.geojson`), 'utf8')).features.map(
    ({ properties, geometry }) => {
      const id = codes[properties.ISO];
      if (!id) throw new Error(`${properties.ISO} has no NUTS code.`);
      return { type: 'Feature', id, properties: drawnWith[id] ? { alsoCodes: drawnWith[id] } : {}, geometry };
    },
  );

const regions = [
  ...readRegions('denmark', nutsOfDenmark),
  ...readRegions('belgium', nutsOfBelgium),
  ...readRegions('italy', { ...nutsOfItaly, ...sardinia }),
];

/** The other countries of the map, by their numbers in ISO 3166-1. */
const countries = Object.entries({
  AL: '008',
  AT: '040',
  BA: '070',
  BG: '100',
  BY: '112',
  CH: '756',
  CY: '196',
  CZ: '203',
  DE: '276',
  EE: '233',
  ES: '724',
  FI: '246',
  FR: '250',
  GB: '826',
  GR: '300',
  HR: '191',
  HU: '348',
  IE: '372',
  IS: '352',
  LT: '440',
  LU: '442',
  LV: '428',
  MD: '498',
  ME: '499',
  MK: '807',
  MT: '470',
  NL: '528',
  NO: '578',
  PL: '616',
  PT: '620',
  RO: '642',
  RS: '688',
  SE: '752',
  SI: '705',
  SK: '703',
  TR: '792',
  UA: '804',
});

const world = JSON.parse(readFileSync(join(atlas, 'package/countries-50m.json'), 'utf8'));

/** Whether a ring is on the map: not, for example, French Guiana or Svalbard. */
const isOnMap = ([ring]) => ring.every(([lon, lat]) => lon > -26 && lon < 46 && lat > 33 && lat < 72);

const outlines = countries.map(([id, number]) => {
  const object = world.objects.countries.geometries.find((geometry) => geometry.id === number);
  const { geometry } = feature(world, object);
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return {
    type: 'Feature',
    id,
    properties: {},
    geometry: { type: 'MultiPolygon', coordinates: polygons.filter(isOnMap) },
  };
});

const collection = (features) => ({ type: 'FeatureCollection', features });
const map = quantize(topology({ countries: collection(outlines), regions: collection(regions) }), 20_000);
/** What has one code is one region. */
const byCode = new Map();
for (const region of map.objects.regions.geometries) byCode.set(region.id, [...(byCode.get(region.id) ?? []), region]);
map.objects.regions.geometries = [...byCode.values()].map((parts) =>
  parts.length === 1 ? parts[0] : { ...mergeArcs(map, parts), id: parts[0].id, properties: parts[0].properties },
);
writeFileSync(new URL('europe.topo.json', import.meta.url), `${JSON.stringify(map)}\n`);

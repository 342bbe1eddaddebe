import { scaleSqrt } from '@visx/scale';
import type { Geometry } from 'geojson';
import { useIntl } from 'react-intl';

import { useLook } from '../charts/look.js';
import { BaseMap } from './base-map.js';
import type { Land } from './land.js';
import type { RegionCounts } from './region-counts.js';
import type { Boundaries, Region } from './regions.js';

interface RegionMapProps {
  readonly title: string;
  readonly boundaries: Boundaries;
  readonly counts: RegionCounts;
  /** The countries that the map shows, although nothing may be known of them. */
  readonly countries: readonly string[];
  readonly caption: readonly string[];
}

const maxRadius = 20;

/** How many members or users there are in each region: a circle with a number, whose area is proportional to it. */
export function RegionMap({ title, boundaries, counts, countries, caption }: RegionMapProps) {
  const { formatMessage } = useIntl();
  const { regions } = boundaries;
  const total = counts.regions.reduce((sum, { count }) => sum + count, 0);
  return (
    <BaseMap
      title={title}
      description={formatMessage({ id: 'charts.map.description' }, { count: total, regions: counts.regions.length })}
      caption={[
        formatMessage({ id: 'charts.map.caption' }),
        ...(counts.elsewhere > 0 ? [formatMessage({ id: 'charts.map.elsewhere' }, { count: counts.elsewhere })] : []),
        ...caption,
      ]}
      boundaries={boundaries}
      countries={countries}
      readLand={() => toLand(boundaries, countries)}
    >
      {({ centres }) =>
        toCircles(regions, counts, centres).map((circle) => <Circle key={circle.region.code} {...circle} />)
      }
    </BaseMap>
  );
}

/** All regions, with those of the countries in the middle. */
function toLand({ regions, outlines }: Boundaries, countries: readonly string[]): Land {
  const shown = regions.filter(({ code }) => countries.includes(code.slice(0, 2)));
  return {
    neighbours: outlines,
    regions: geometriesOf(regions),
    fitted: geometriesOf(shown.length > 0 ? shown : regions),
    places: regions.map(({ mainPart }) => mainPart),
  };
}

const geometriesOf = (regions: readonly Region[]): Geometry[] => regions.map(({ feature }) => feature.geometry);

interface CircleProps {
  readonly region: Region;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

function Circle({ region, count, x, y, radius }: CircleProps) {
  const { palette } = useLook();
  const { formatNumber } = useIntl();
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{`${region.name}: ${formatNumber(count)}`}</title>
      <circle r={radius} fill={palette.count} stroke={palette.background} strokeWidth={1.5} />
      <text y={4} textAnchor="middle" fontSize={radius < 12 ? 10 : 12} fontWeight={600} fill={palette.background}>
        {formatNumber(count, { notation: 'compact' })}
      </text>
    </g>
  );
}

/** The circles of regions with their centres; the largest comes first, so that a small one is not covered. */
function toCircles(
  regions: readonly Region[],
  { regions: counts }: RegionCounts,
  centres: readonly (readonly [number, number])[],
): CircleProps[] {
  const max = Math.max(1, ...counts.map(({ count }) => count));
  const radiusOf = scaleSqrt<number>({ domain: [0, max], range: [0, maxRadius] });
  return counts.flatMap(({ code, count }) => {
    const index = regions.findIndex((region) => region.code === code);
    const [region, centre] = [regions[index], centres[index]];
    if (!region || !centre) return [];
    // A number needs room, however small it is.
    const radius = Math.max(8, round(radiusOf(count)));
    return [{ region, count, x: round(centre[0]), y: round(centre[1]), radius }];
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;

import type { FeatureCollection } from 'geojson';
import { useIntl } from 'react-intl';

import { useLook } from '../charts/look.js';
import type { Municipalities, MunicipalShape } from '../model/municipalities.js';
import { BaseMap } from './base-map.js';

/** What a map of municipalities shows. */
export interface MunicipalMap {
  /** Those that are coloured. */
  readonly shapes: readonly MunicipalShape[];
  /** What the boundaries are read from. */
  readonly boundaries: Municipalities;
  /** The countries that are shown as a whole. */
  readonly countries: readonly string[];
  /** How many members or users are not drawn: they are no municipalities, or have no boundaries. */
  readonly elsewhere: number;
}

interface MunicipalityMapProps extends MunicipalMap {
  readonly title: string;
  /** The outlines of other countries. */
  readonly neighbours: FeatureCollection;
  /** What a coloured municipality is, and the sources. */
  readonly caption: readonly string[];
}

/** Which municipalities are members or users: each is coloured, without a measure. */
export function MunicipalityMap({
  title,
  shapes,
  boundaries,
  countries,
  elsewhere,
  neighbours,
  caption,
}: MunicipalityMapProps) {
  const { palette } = useLook();
  const { formatMessage } = useIntl();
  return (
    <BaseMap
      title={title}
      description={formatMessage({ id: 'charts.municipalities.description' }, { count: shapes.length })}
      caption={[
        ...(elsewhere > 0 ? [formatMessage({ id: 'charts.municipalities.elsewhere' }, { count: elsewhere })] : []),
        ...caption,
        formatMessage({ id: 'charts.municipalities.attribution' }),
      ]}
      boundaries={boundaries}
      countries={countries}
      readLand={() => ({ neighbours, regions: countries.flatMap((country) => boundaries.outlineOf(country) ?? []) })}
    >
      {({ path }) =>
        shapes.map(({ code, name, geometry }) => (
          <path key={code} d={path(geometry) ?? ''} fill={palette.count} stroke={palette.background} strokeWidth={0.2}>
            <title>{name}</title>
          </path>
        ))
      }
    </BaseMap>
  );
}

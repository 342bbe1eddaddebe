import { CustomProjection } from '@visx/geo';
import type { ExtendedFeature } from '@visx/vendor/d3-geo';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { useIntl } from 'react-intl';

import { useLook } from '../charts/look.js';
import { margin, PictureFrame } from '../charts/picture-frame.js';
import type { MunicipalShape } from '../model/municipalities.js';
import { mapHeight, projection } from './projection.js';

/** What a map of municipalities shows. */
export interface MunicipalMap {
  /** Those that are coloured. */
  readonly shapes: readonly MunicipalShape[];
  /** The countries that are shown as a whole. */
  readonly outlines: readonly MultiPolygon[];
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
export function MunicipalityMap({ title, shapes, outlines, elsewhere, neighbours, caption }: MunicipalityMapProps) {
  const { palette, width, isNarrow } = useLook();
  const { formatMessage } = useIntl();
  const height = mapHeight(isNarrow);
  const border = { stroke: palette.background, strokeWidth: 0.5 };
  const shown: ExtendedFeature = {
    type: 'Feature',
    properties: {},
    geometry: { type: 'GeometryCollection', geometries: [...outlines] },
  };
  return (
    <PictureFrame
      title={title}
      description={formatMessage({ id: 'charts.municipalities.description' }, { count: shapes.length })}
      caption={[
        ...(elsewhere > 0 ? [formatMessage({ id: 'charts.municipalities.elsewhere' }, { count: elsewhere })] : []),
        ...caption,
        formatMessage({ id: 'charts.municipalities.attribution' }),
        formatMessage({ id: 'charts.map.attribution' }),
      ]}
      height={height + 8}
    >
      <CustomProjection
        projection={projection}
        clipExtent={[
          [0, 0],
          [width, height],
        ]}
        fitExtent={[
          [
            [margin, margin],
            [width - margin, height - margin],
          ],
          shown,
        ]}
        digits={1}
        data={[shown]}
      >
        {({ path }) => (
          <>
            <path d={path(neighbours) ?? ''} fill={palette.land} {...border} />
            <path d={path(shown) ?? ''} fill={palette.region} {...border} />
            {shapes.map(({ code, name, geometry }) => (
              <path key={code} d={path(geometry) ?? ''} fill={palette.count} {...border} strokeWidth={0.2}>
                <title>{name}</title>
              </path>
            ))}
          </>
        )}
      </CustomProjection>
    </PictureFrame>
  );
}

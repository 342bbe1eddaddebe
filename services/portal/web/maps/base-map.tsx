import { CustomProjection } from '@visx/geo';
import type { ExtendedFeature, GeoPath } from '@visx/vendor/d3-geo';
import type { FeatureCollection, Geometry } from 'geojson';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';

import { useLook } from '../charts/look.js';
import { margin, PictureFrame } from '../charts/picture-frame.js';
import { mapHeight, projection } from './projection.js';

/** What is drawn on the map: of each feature with a place, where its centre is. */
interface Drawn {
  readonly path: GeoPath;
  readonly centres: readonly (readonly [number, number])[];
}

interface BaseMapProps {
  readonly title: string;
  readonly description: string;
  readonly caption: readonly string[];
  /** The outlines of other countries. */
  readonly neighbours: FeatureCollection;
  /** What the map is about, below what is drawn on it. */
  readonly land: readonly Geometry[];
  /** What fills the picture. Default: the land. */
  readonly fitted?: readonly Geometry[];
  /** What has a centre. */
  readonly places?: readonly ExtendedFeature[];
  readonly children: (drawn: Drawn) => ReactNode;
}

/** A map of some countries among their neighbours, with the source of their boundaries. */
export function BaseMap({ title, description, caption, neighbours, land, children, ...options }: BaseMapProps) {
  const { palette, width, isNarrow } = useLook();
  const { formatMessage } = useIntl();
  const { fitted = land, places = [] } = options;
  const height = mapHeight(isNarrow);
  const border = { stroke: palette.background, strokeWidth: 0.7 };
  return (
    <PictureFrame
      title={title}
      description={description}
      caption={[...caption, formatMessage({ id: 'charts.map.attribution' })]}
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
          collect(fitted),
        ]}
        digits={1}
        data={[...places]}
      >
        {({ path, features }) => (
          <>
            <path d={path(neighbours) ?? ''} fill={palette.land} {...border} />
            <path d={path(collect(land)) ?? ''} fill={palette.region} {...border} />
            {children({ path, centres: features.map(({ centroid }) => centroid) })}
          </>
        )}
      </CustomProjection>
    </PictureFrame>
  );
}

/** One shape of several. */
const collect = (geometries: readonly Geometry[]): ExtendedFeature => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'GeometryCollection', geometries: [...geometries] },
});

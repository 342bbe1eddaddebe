import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';

import { useLook } from '../charts/look.js';
import { PictureFrame } from '../charts/picture-frame.js';
import { type Land, projectLand, type ProjectedLand } from './land.js';
import { mapHeight } from './projection.js';

interface BaseMapProps {
  readonly title: string;
  readonly description: string;
  readonly caption: readonly string[];
  /** What the land is read from. */
  readonly boundaries: object;
  /** The countries that the map is about. */
  readonly countries: readonly string[];
  readonly readLand: () => Land;
  readonly children: (land: ProjectedLand) => ReactNode;
}

/** A map of some countries among their neighbours, with the source of their boundaries. */
export function BaseMap({ title, description, caption, boundaries, countries, readLand, children }: BaseMapProps) {
  const { palette, width, isNarrow } = useLook();
  const { formatMessage } = useIntl();
  const height = mapHeight(isNarrow);
  const land = projectLand(boundaries, countries, { width, height }, readLand);
  const border = { stroke: palette.background, strokeWidth: 0.7 };
  return (
    <PictureFrame
      title={title}
      description={description}
      caption={[...caption, formatMessage({ id: 'charts.map.attribution' })]}
      height={height + 8}
    >
      <path d={land.neighbours} fill={palette.land} {...border} />
      <path d={land.regions} fill={palette.region} {...border} />
      {children(land)}
    </PictureFrame>
  );
}

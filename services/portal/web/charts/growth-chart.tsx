import { useIntl } from 'react-intl';

import { CountArea, lastStepWidth, ObservedPattern, observedFill } from './count-area.js';
import { FigureMark, FigureMarks } from './figure-marks.js';
import { type GrowthSeries, highest, placeFigures, rangeOf } from './growth.js';
import { Legend, type LegendItem, legendHeight } from './legend.js';
import { useLook } from './look.js';
import { margin, PictureFrame } from './picture-frame.js';
import { countScale, timeScale } from './scales.js';
import { CountAxis, YearAxis } from './time-axes.js';

interface GrowthChartProps {
  readonly title: string;
  readonly series: GrowthSeries;
  /** What is counted. */
  readonly relation: 'MEMBERS' | 'USERS';
  /** The sources, and the day. */
  readonly caption: readonly string[];
}

/** How many members or users were known, beside what was published about them. */
export function GrowthChart({ title, series, relation, caption }: GrowthChartProps) {
  const { width, isNarrow } = useLook();
  const { formatMessage } = useIntl();
  const range = rangeOf(series.points);
  const figures = range ? placeFigures(series.figures, relation, range) : [];
  const items = useLegend(relation, {
    hasObserved: series.points.some(({ observed }) => (observed ?? 0) > 0),
    hasAll: figures.some(({ kind }) => kind === null),
    hasOfOneKind: figures.some(({ kind }) => kind !== null),
  });
  const plotTop = legendHeight(items, width);
  const plotHeight = isNarrow ? 220 : 280;
  const [left, right] = [margin + 36, width - margin];
  const description = useDescription(series, relation);
  const lastCaption = formatMessage({ id: 'charts.growth.caption' });
  return (
    <PictureFrame
      title={title}
      description={description}
      caption={[lastCaption, ...caption]}
      height={plotTop + plotHeight + 34}
    >
      <ObservedPattern />
      <Legend items={items} />
      {range && (
        <g transform={`translate(0 ${plotTop})`}>
          <Plot {...{ series, figures, range, left, right, height: plotHeight }} />
        </g>
      )}
    </PictureFrame>
  );
}

interface PlotProps {
  readonly series: GrowthSeries;
  readonly figures: ReturnType<typeof placeFigures>;
  readonly range: { readonly from: string; readonly to: string };
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

function Plot({ series: { points }, figures, range, left, right, height }: PlotProps) {
  const x = timeScale(range.from, range.to, [left, right - lastStepWidth]);
  const y = countScale(highest(points, figures), [height, 12]);
  return (
    <>
      <CountAxis scale={y} left={left} right={right} />
      <CountArea points={points} x={x} y={y} />
      <YearAxis scale={x} top={height} />
      <FigureMarks figures={figures} x={x} y={y} right={right} />
    </>
  );
}

interface Shown {
  readonly hasObserved: boolean;
  readonly hasAll: boolean;
  readonly hasOfOneKind: boolean;
}

/** The legend: counts and published figures differ by shape and by word, not only by colour. */
function useLegend(relation: 'MEMBERS' | 'USERS', { hasObserved, hasAll, hasOfOneKind }: Shown): LegendItem[] {
  const { palette } = useLook();
  const { formatMessage } = useIntl();
  const text = (name: string): string => formatMessage({ id: `charts.growth.${relation}.${name}` });
  const square = (fill: string) => <rect x={-8} y={-6} width={16} height={12} fill={fill} stroke={palette.count} />;
  return [
    { mark: square(palette.count), text: text('dated') },
    ...(hasObserved ? [{ mark: square(observedFill), text: formatMessage({ id: 'charts.growth.observed' }) }] : []),
    ...(hasAll ? [{ mark: <FigureMark isOfOneKind={false} />, text: text('published') }] : []),
    ...(hasOfOneKind ? [{ mark: <FigureMark isOfOneKind />, text: text('publishedOfOneKind') }] : []),
  ];
}

/** The end of the series and the number of published figures, in words. */
function useDescription({ points, figures }: GrowthSeries, relation: 'MEMBERS' | 'USERS'): string {
  const { formatMessage, formatDate } = useIntl();
  const last = points.at(-1);
  if (!last) return formatMessage({ id: 'charts.growth.empty' });
  const date = formatDate(`${last.asOf}T00:00:00Z`, { dateStyle: 'long', timeZone: 'UTC' });
  return formatMessage(
    { id: `charts.growth.${relation}.description` },
    { count: last.count, date, published: figures.length },
  );
}

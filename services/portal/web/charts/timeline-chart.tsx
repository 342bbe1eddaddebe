import { Fragment } from 'react';
import { useIntl } from 'react-intl';

import { CountArea, lastStepWidth, ObservedPattern, observedFill } from './count-area.js';
import { type Box, FigureMark, FigureMarks } from './figure-marks.js';
import { type GrowthSeries, highest, highestOfEachDay, placeFigures, rangeOf } from './growth.js';
import { Legend, type LegendItem, legendHeight } from './legend.js';
import { useLook } from './look.js';
import { margin, PictureFrame } from './picture-frame.js';
import { countScale, timeScale, toDay } from './scales.js';
import { fitText, toSvgText, widthOf } from './svg-text.js';
import { YearAxis } from './time-axes.js';

/** A group of administrations over time. */
export interface GrowingGroup {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  /** The first day. Null if it is not known. */
  readonly start: string | null;
  /** The first day after its end. Null if it goes on, or if it is not known. */
  readonly end: string | null;
  readonly series: GrowthSeries;
}

interface TimelineChartProps {
  readonly title: string;
  readonly groups: readonly GrowingGroup[];
  readonly caption: readonly string[];
}

const laneHeight = 110;
/** The part of a lane in which its counts are drawn, below its name. */
const [laneTop, laneBottom] = [34, 96];

/** Growing groups of administrations, each in a lane with a scale of its own: groups of ten and of hundreds are both readable. */
export function TimelineChart({ title, groups, caption }: TimelineChartProps) {
  const { palette, width } = useLook();
  const { formatMessage } = useIntl();
  const range = rangeOf(groups.find(({ series }) => rangeOf(series.points))?.series.points ?? []);
  const items: LegendItem[] = [
    { mark: <rect x={-8} y={-6} width={16} height={12} fill={palette.count} />, text: text('dated') },
    {
      mark: <rect x={-8} y={-6} width={16} height={12} fill={observedFill} stroke={palette.count} />,
      text: formatMessage({ id: 'charts.growth.observed' }),
    },
    { mark: <FigureMark isOfOneKind={false} />, text: text('published') },
    { mark: <FigureMark isOfOneKind />, text: text('publishedOfOneKind') },
  ];
  function text(name: string): string {
    return formatMessage({ id: `charts.growth.MEMBERS.${name}` });
  }
  const top = legendHeight(items, width);
  const x = range && timeScale(range.from, range.to, [margin + 8, width - margin - lastStepWidth]);
  const axisTop = top + groups.length * laneHeight;
  return (
    <PictureFrame
      title={title}
      description={formatMessage({ id: 'charts.timeline.description' }, { count: groups.length })}
      caption={[formatMessage({ id: 'charts.timeline.caption' }), ...caption]}
      height={axisTop + 34}
    >
      <ObservedPattern />
      <Legend items={items} />
      {range &&
        x &&
        groups.map((group, index) => (
          <g key={group.id} transform={`translate(0 ${top + index * laneHeight})`}>
            <Lane group={group} range={range} x={x} />
          </g>
        ))}
      {x && <YearAxis scale={x} top={axisTop} />}
    </PictureFrame>
  );
}

interface LaneProps {
  readonly group: GrowingGroup;
  readonly range: { readonly from: string; readonly to: string };
  readonly x: ReturnType<typeof timeScale>;
}

function Lane({ group, range, x }: LaneProps) {
  const { palette, width } = useLook();
  const { formatMessage, formatNumber } = useIntl();
  const { points, figures } = group.series;
  const placed = highestOfEachDay(placeFigures(figures, 'MEMBERS', range));
  const y = countScale(highest(points, placed), [laneBottom, laneTop]);
  const last = points.at(-1);
  const known = last ? formatMessage({ id: 'figures.known' }, { count: last.count }) : '';
  // The name of the group is longer in most cases.
  const knownWidth = Math.min(widthOf(known, 12), width / 2 - margin);
  const starts = group.start !== null && group.start >= range.from ? x(toDay(group.start)) : undefined;
  const founded = formatMessage({ id: 'charts.timeline.founded' }, { year: group.start?.slice(0, 4) });
  const ends = group.end !== null && group.end <= range.to ? x(toDay(group.end)) : undefined;
  return (
    <Fragment>
      <line x1={margin} x2={width - margin} y1={laneBottom} y2={laneBottom} stroke={palette.grid} />
      <text x={margin} y={16} fontWeight={600} unicodeBidi="isolate">
        {fitText(toSvgText(`${group.country} · ${group.name}`), width - 2 * margin - knownWidth - 12, 14.5)}
      </text>
      <text x={width - margin} y={16} textAnchor="end" fontSize={12} fill={palette.quietText}>
        {fitText(known, knownWidth, 12)}
      </text>
      <CountArea points={points} x={x} y={y} />
      {[starts, ends].map(
        (at, index) =>
          at !== undefined && (
            <line
              key={index}
              x1={at}
              x2={at}
              y1={laneTop - 6}
              y2={laneBottom}
              stroke={palette.text}
              strokeWidth={1.5}
            />
          ),
      )}
      {starts !== undefined && (
        <text x={starts + 4} y={laneTop + 2} fontSize={11} fill={palette.quietText}>
          {founded}
        </text>
      )}
      <FigureMarks
        figures={placed}
        x={x}
        y={y}
        right={width - margin}
        taken={[
          ...[starts, ends].flatMap((at) => (at === undefined ? [] : [boxAt(at, laneTop - 6, laneBottom, 2)])),
          ...(starts === undefined ? [] : [boxAt(starts, laneTop - 9, laneTop + 5, 4 + widthOf(founded, 11))]),
        ]}
      />
      <text x={width - margin} y={laneTop - 4} textAnchor="end" fontSize={11} fill={palette.quietText}>
        {placed.length > 0 &&
          formatMessage({ id: 'charts.timeline.highest' }, { count: formatNumber(highest([], placed)) })}
      </text>
    </Fragment>
  );
}

/** An area that begins at a line. */
const boxAt = (left: number, top: number, bottom: number, width: number): Box => ({
  left: left - 1,
  right: left + width,
  top,
  bottom,
});

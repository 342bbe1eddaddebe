import { Area, LinePath } from '@visx/shape';

import type { CountPoint } from './growth.js';
import { useLook } from './look.js';
import { type CountScale, type TimeScale, toDay } from './scales.js';

/** How wide the number of the last day is drawn: nothing is known of the days after it. */
export const lastStepWidth = 10;

interface CountAreaProps {
  readonly points: readonly CountPoint[];
  readonly x: TimeScale;
  readonly y: CountScale;
}

/** The id of the pattern of what counts since a source first showed it. */
const observedPattern = 'observed';

/** Defines the pattern: once in a picture, which may have several areas. */
export function ObservedPattern() {
  const { palette } = useLook();
  return (
    <defs>
      <pattern id={observedPattern} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} fill={palette.background} />
        <rect width={2} height={6} fill={palette.count} />
      </pattern>
    </defs>
  );
}

export const observedFill = `url(#${observedPattern})`;

/**
 * What a catalogue counts, as steps: a number is known for the days of the series, and nothing is known between them. Filled: with
 * a recorded start. Hatched: counted since a source first showed it. A broken line above: not all are known.
 */
export function CountArea({ points, x, y }: CountAreaProps) {
  const { palette } = useLook();
  const steps = toSteps(points);
  const isComplete = points.every(({ complete }) => complete === true);
  const left = ({ day, isEnd }: Step): number => x(toDay(day)) + (isEnd ? lastStepWidth : 0);
  const datedTop = ({ point }: Step): number => y(point.dated ?? point.count);
  const top = ({ point }: Step): number => y(point.count);
  return (
    <>
      <Area data={steps} x={left} y0={datedTop} y1={top} fill={observedFill} />
      <Area data={steps} x={left} y0={y(0)} y1={datedTop} fill={palette.count} />
      <LinePath
        data={steps}
        x={left}
        y={top}
        defined={({ point }) => point.count > 0}
        stroke={palette.count}
        strokeWidth={2}
        strokeDasharray={isComplete ? undefined : '5 3'}
      />
    </>
  );
}

interface Step {
  readonly day: string;
  readonly point: CountPoint;
  /** Whether it is the end of the last step. */
  readonly isEnd: boolean;
}

/** Each number lasts until the next day of the series. */
const toSteps = (points: readonly CountPoint[]): Step[] =>
  points.flatMap((point, index) => {
    const next = points[index + 1];
    return [
      { day: point.asOf, point, isEnd: false },
      { day: next?.asOf ?? point.asOf, point, isEnd: !next },
    ];
  });

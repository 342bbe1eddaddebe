import { useIntl } from 'react-intl';

import type { PlacedFigure } from './growth.js';
import { useLook } from './look.js';
import { type CountScale, type TimeScale, toDay } from './scales.js';
import { widthOf } from './svg-text.js';

interface FigureMarksProps {
  readonly figures: readonly PlacedFigure[];
  readonly x: TimeScale;
  readonly y: CountScale;
  /** Where labels end, so that the last one is not cut off. */
  readonly right: number;
  /** What labels must not cover, besides the marks and each other. */
  readonly taken?: readonly Box[];
}

const fontSize = 12;

/**
 * Published figures: hollow marks, never connected by a line, because they are of different authors. A diamond counts all, a
 * triangle those of one kind. A line to the right: known to the year, and anywhere in it.
 */
export function FigureMarks({ figures, x, y, right, taken = [] }: FigureMarksProps) {
  const { palette } = useLook();
  const { formatNumber } = useIntl();
  const labels = placeLabels(
    figures.map((figure) => ({
      text: formatNumber(figure.count),
      x: x(toDay(figure.asOf)),
      y: y(figure.count),
    })),
    right,
    taken,
  );
  return figures.map((figure, index) => {
    const left = x(toDay(figure.asOf));
    const top = y(figure.count);
    const label = labels[index];
    return (
      <g key={figure.id}>
        <title>{`${formatNumber(figure.count)} (${figure.asOf})`}</title>
        {figure.precision === 'YEAR' && (
          <line x1={left} x2={Math.min(right, x(yearAfter(figure.asOf)))} y1={top} y2={top} stroke={palette.claim} />
        )}
        <g transform={`translate(${round(left)} ${round(top)})`}>
          <FigureMark isOfOneKind={figure.kind !== null} />
        </g>
        {label && (
          <text
            x={round(label.x)}
            y={round(label.y)}
            textAnchor={label.anchor}
            fontSize={fontSize}
            fill={palette.claim}
          >
            {label.text}
          </text>
        )}
      </g>
    );
  });
}

/** The mark of a published figure, around the origin. */
export function FigureMark({ isOfOneKind }: { readonly isOfOneKind: boolean }) {
  const { palette } = useLook();
  const shape = isOfOneKind ? 'M0-5L5.5 4.5H-5.5Z' : 'M0-6L6 0L0 6L-6 0Z';
  return <path d={shape} fill={palette.background} stroke={palette.claim} strokeWidth={2} />;
}

interface Mark {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

interface Label extends Mark {
  readonly anchor: 'start' | 'middle' | 'end';
}

/** An area of a picture. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlaps = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/**
 * Places each label above its mark, else beside or below it. One that would cover a mark or another label is left out: the table
 * has all numbers.
 */
function placeLabels(marks: readonly Mark[], right: number, others: readonly Box[]): (Label | undefined)[] {
  const taken = [
    ...others,
    ...marks.map(({ x, y }): Box => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 })),
  ];
  return marks.map((mark) => {
    const label = candidates(mark).find((each) => {
      const box = boxOf(each);
      return box.right <= right && taken.every((other) => !overlaps(box, other));
    });
    if (label) taken.push(boxOf(label));
    return label;
  });
}

const candidates = ({ text, x, y }: Mark): Label[] => [
  { text, x, y: y - 9, anchor: 'middle' },
  { text, x: x - 9, y: y + 4, anchor: 'end' },
  { text, x: x + 9, y: y - 3, anchor: 'start' },
  { text, x, y: y + 18, anchor: 'middle' },
];

function boxOf({ text, x, y, anchor }: Label): Box {
  const width = widthOf(text, fontSize) + 2;
  const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
  return { left, right: left + width, top: y - fontSize + 2, bottom: y };
}

const yearAfter = (day: string): Date => {
  const date = toDay(day);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date;
};

const round = (value: number): number => Math.round(value * 10) / 10;

import { AxisBottom, AxisLeft, type TickRendererProps } from '@visx/axis';
import { useIntl } from 'react-intl';

import { useLook } from './look.js';
import type { CountScale, TimeScale } from './scales.js';

/**
 * A label of an axis. The one of @visx/text sets an inline style, which a strict content security policy forbids, and measures
 * letters in a browser.
 */
const TickLabel = ({ x, y, textAnchor, dy, fill, formattedValue }: TickRendererProps) => (
  <text x={x} y={y} dy={dy} textAnchor={textAnchor} fill={fill} fontSize={12}>
    {formattedValue}
  </text>
);

/** The years below a picture. */
export function YearAxis({ scale, top }: { readonly scale: TimeScale; readonly top: number }) {
  const { palette, isNarrow } = useLook();
  return (
    <AxisBottom
      scale={scale}
      top={top}
      numTicks={isNarrow ? 4 : 8}
      tickFormat={(day) => String((day as Date).getUTCFullYear())}
      tickComponent={TickLabel}
      tickLabelProps={{ textAnchor: 'middle', fill: palette.quietText }}
      stroke={palette.quietText}
      tickStroke={palette.quietText}
    />
  );
}

/** The numbers at the left of a picture, with lines across it. */
export function CountAxis({
  scale,
  left,
  right,
}: {
  readonly scale: CountScale;
  readonly left: number;
  readonly right: number;
}) {
  const { palette } = useLook();
  const { formatNumber } = useIntl();
  const ticks = scale.ticks(4).filter(Number.isInteger);
  return (
    <>
      {ticks.map((tick) => (
        <line key={tick} x1={left} x2={right} y1={scale(tick)} y2={scale(tick)} stroke={palette.grid} />
      ))}
      <AxisLeft
        scale={scale}
        left={left}
        tickValues={ticks}
        hideTicks
        hideAxisLine
        tickFormat={(value) => formatNumber(Number(value))}
        tickComponent={TickLabel}
        tickLabelProps={{ textAnchor: 'end', dy: '0.33em', fill: palette.quietText }}
      />
    </>
  );
}

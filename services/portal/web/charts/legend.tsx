import type { ReactNode } from 'react';

import { useLook } from './look.js';
import { margin } from './picture-frame.js';
import { fitText, wrapText } from './svg-text.js';

export interface LegendItem {
  /** Drawn around the origin, at most 16 pixels wide. */
  readonly mark: ReactNode;
  readonly text: string;
}

const line = 18;
const fontSize = 12;
const textLeft = margin + 24;

/** The height of a legend. */
export function legendHeight(items: readonly LegendItem[], width: number): number {
  return items.reduce((sum, { text }) => sum + linesOf(text, width).length * line, 0) + 6;
}

/** What the marks of a picture mean, each in words beside it. */
export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  const { width } = useLook();
  let top = 0;
  return items.map(({ mark, text }, index) => {
    const lines = linesOf(text, width);
    const y = top + line / 2;
    top += lines.length * line;
    return (
      <g key={index}>
        <g transform={`translate(${margin + 8} ${y})`}>{mark}</g>
        {lines.map((each, row) => (
          <text key={row} x={textLeft} y={y + 4 + row * line} fontSize={fontSize}>
            {each}
          </text>
        ))}
      </g>
    );
  });
}

const linesOf = (text: string, width: number): string[] =>
  wrapText(fitText(text, 2_000, fontSize), { width: width - textLeft - margin, fontSize, maxLines: 3 });

import type { ReactNode } from 'react';

import { useLook } from './look.js';
import { toSvgText, wrapText } from './svg-text.js';

export const margin = 16;
const titleSize = 16;
const titleLine = 22;
/** Letters of a title are bold, and so this much wider. */
const boldness = 1.12;
const captionSize = 11;
const captionLine = 15;

interface PictureFrameProps {
  readonly title: string;
  /** What the picture shows, in words, for readers who do not see it. */
  readonly description: string;
  /** Whom the data is from, and what to keep in mind: part of the picture, because pictures travel alone. */
  readonly caption: readonly string[];
  /** The height of what it contains. */
  readonly height: number;
  /** What is drawn in the picture's width, from the edge to the edge. */
  readonly children: ReactNode;
}

/** A picture that stands alone: with its title, its sources and a background. */
export function PictureFrame({ title, description, caption, height, children }: PictureFrameProps) {
  const { palette, width, notes } = useLook();
  const inner = width - 2 * margin;
  const titleLines = wrapText(toSvgText(title), { width: inner, fontSize: titleSize * boldness, maxLines: 3 });
  const captionLines = [...caption, ...notes].flatMap((text) =>
    wrapText(toSvgText(text), { width: inner, fontSize: captionSize, maxLines: 5 }),
  );
  const top = margin + titleLines.length * titleLine;
  const bottom = top + height;
  const total = bottom + captionLines.length * captionLine + margin;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={total}
      viewBox={`0 0 ${width} ${total}`}
      role="img"
      aria-labelledby="title description"
      fontFamily="'DejaVu Sans', 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
      fontSize={13}
      fill={palette.text}
    >
      <title id="title">{toSvgText(title)}</title>
      <desc id="description">{toSvgText(description)}</desc>
      <rect width={width} height={total} fill={palette.background} />
      {titleLines.map((line, index) => (
        <text key={index} x={margin} y={margin + titleLine * index + titleSize} fontSize={titleSize} fontWeight={600}>
          {line}
        </text>
      ))}
      <g transform={`translate(0 ${top})`}>{children}</g>
      {captionLines.map((line, index) => (
        <text
          key={index}
          x={margin}
          y={bottom + captionLine * (index + 1)}
          fontSize={captionSize}
          fill={palette.quietText}
        >
          {line}
        </text>
      ))}
    </svg>
  );
}

import { scaleBand } from '@visx/scale';
import { Fragment } from 'react';
import { useIntl } from 'react-intl';

import { useLook } from './look.js';
import { cellOf, countriesOf, heatLevel, type ReuseCell } from './matrix.js';
import { margin, PictureFrame } from './picture-frame.js';
import { fitText, wrapText } from './svg-text.js';

interface HeatMapProps {
  readonly title: string;
  readonly cells: readonly ReuseCell[];
  /** The name of a country by its code. */
  readonly nameOf: (country: string) => string;
  readonly caption: readonly string[];
}

const headHeight = 56;

/** Who uses whose solutions: a row for each country in which solutions are published, a column for each in which they are used. */
export function HeatMap({ title, cells, nameOf, caption }: HeatMapProps) {
  const { palette, width, isNarrow } = useLook();
  const { formatMessage, formatNumber } = useIntl();
  const countries = countriesOf(cells);
  const left = margin + (isNarrow ? 88 : 150);
  const rowHeight = isNarrow ? 52 : 64;
  const height = countries.length * rowHeight;
  const columns = scaleBand({ domain: countries, range: [left, width - margin], padding: 0.04 });
  const rows = scaleBand({ domain: countries, range: [headHeight, headHeight + height], padding: 0.04 });
  const rowTitle = wrapText(`${formatMessage({ id: 'figures.matrix.publishedIn' })} ↓`, {
    width: left - margin,
    fontSize: 11,
    maxLines: 2,
  });
  const abroad = cells.filter(({ publishedIn, usedIn }) => publishedIn !== usedIn);
  const description = formatMessage(
    { id: 'charts.matrix.description' },
    { countries: countries.length, abroad: abroad.reduce((sum, { adoptions }) => sum + adoptions, 0) },
  );
  return (
    <PictureFrame
      title={title}
      description={description}
      caption={[formatMessage({ id: 'charts.matrix.caption' }), ...caption]}
      height={headHeight + height + 12}
    >
      <text x={left} y={18} fontSize={12} fill={palette.quietText}>
        {formatMessage({ id: 'figures.matrix.usedIn' })} →
      </text>
      {rowTitle.map((line, index) => (
        <text key={index} x={margin} y={46 - 14 * (rowTitle.length - 1 - index)} fontSize={11} fill={palette.quietText}>
          {line}
        </text>
      ))}
      {countries.map((country) => (
        <Fragment key={country}>
          <text x={(columns(country) ?? 0) + columns.bandwidth() / 2} y={46} textAnchor="middle">
            {fitText(nameOf(country), columns.bandwidth(), 13)}
          </text>
          <text x={margin} y={(rows(country) ?? 0) + rows.bandwidth() / 2 + 4}>
            {fitText(nameOf(country), left - margin, 13)}
          </text>
        </Fragment>
      ))}
      {countries.flatMap((publishedIn) =>
        countries.map((usedIn) => {
          const cell = cellOf(cells, publishedIn, usedIn);
          const adoptions = cell?.adoptions ?? 0;
          const colour = palette.heat[heatLevel(adoptions)];
          const [x, y] = [columns(usedIn) ?? 0, rows(publishedIn) ?? 0];
          return (
            <g key={`${publishedIn} ${usedIn}`} transform={`translate(${x} ${y})`}>
              <title>{`${nameOf(publishedIn)} → ${nameOf(usedIn)}: ${formatNumber(adoptions)}`}</title>
              <rect
                width={columns.bandwidth()}
                height={rows.bandwidth()}
                rx={3}
                fill={colour?.fill}
                stroke={palette.grid}
              />
              <text
                x={columns.bandwidth() / 2}
                y={rows.bandwidth() / 2 + 1}
                textAnchor="middle"
                fontSize={16}
                fontWeight={600}
                fill={colour?.text}
              >
                {formatNumber(adoptions)}
              </text>
              <text
                x={columns.bandwidth() / 2}
                y={rows.bandwidth() / 2 + 17}
                textAnchor="middle"
                fontSize={11}
                fill={colour?.text}
              >
                {cell &&
                  fitText(
                    formatMessage({ id: 'figures.matrix.solutions' }, { count: cell.solutions }),
                    columns.bandwidth(),
                    11,
                  )}
              </text>
            </g>
          );
        }),
      )}
    </PictureFrame>
  );
}

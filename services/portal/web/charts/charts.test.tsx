import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { IntlProvider } from 'react-intl';

import { readMessageFile } from '../server/message-files.js';
import { GrowthChart } from './growth-chart.js';
import { highestOfEachDay, placeFigures, type PublishedFigure } from './growth.js';
import { HeatMap } from './heat-map.js';
import { LookContext, type Size, toLook } from './look.js';
import { heatLevel } from './matrix.js';
import { wrapText } from './svg-text.js';
import { TimelineChart } from './timeline-chart.js';

const messages = { ...readMessageFile('en', 'charts'), ...readMessageFile('en', 'figures') };

const draw = (content: ReactNode, size: Size = 'wide'): string =>
  renderToStaticMarkup(
    <IntlProvider locale="en-GB" messages={messages}>
      <LookContext value={toLook('light', size)}>{content}</LookContext>
    </IntlProvider>,
  );

const points = [
  { asOf: '2012-01-01', count: 5, dated: 5, observed: 0, complete: false },
  { asOf: '2017-01-01', count: 9, dated: 5, observed: 4, complete: false },
  { asOf: '2026-01-01', count: 30, dated: 7, observed: 23, complete: false },
];

const figure = (values: Partial<PublishedFigure>): PublishedFigure => ({
  id: `dk:claim:${values.asOf ?? 'undated'}-${values.count ?? 0}`,
  statement: 'Grew to include 58 of the 98 Danish municipalities',
  relation: 'MEMBERS',
  kind: null,
  count: 58,
  outOf: 98,
  share: null,
  asOf: '2017-08-07',
  precision: 'DAY',
  publishedOn: null,
  source: 'https://joinup.ec.europa.eu/',
  solutionAddress: null,
  ...values,
});

const growth = (figures: readonly PublishedFigure[], title = 'OS2: members', size: Size = 'wide'): string =>
  draw(<GrowthChart title={title} series={{ points, figures }} relation="MEMBERS" caption={['Source: OS2']} />, size);

const figureMarks = /M0-6L6 0L0 6L-6 0Z|M0-5L5\.5 4\.5H-5\.5Z/g;

describe('a chart of growth', () => {
  it('draws counts as areas, and published figures as hollow marks with a number', () => {
    const svg = growth([figure({}), figure({ kind: 'MUNICIPALITY', count: 56, asOf: '2017-05-02' })]);
    // Each of the two also in the legend.
    expect(svg.match(figureMarks)).toHaveLength(4);
    expect(svg).toMatch(/<text [^>]*>58<\/text>/);
    expect(svg).toContain('fill="url(#observed)"');
    expect(svg).toContain('a claim, not counted here');
  });

  it('has a broken line unless all are known', () => {
    expect(growth([])).toContain('stroke-dasharray');
    const known = points.map((point) => ({ ...point, complete: true }));
    const series = { points: known, figures: [] };
    expect(draw(<GrowthChart title="" series={series} relation="MEMBERS" caption={[]} />)).not.toContain(
      'stroke-dasharray',
    );
  });

  it('leaves out figures that count something else, or have no place on it', () => {
    const elsewhere = [
      figure({ relation: 'SERVED', count: 170_000 }),
      figure({ asOf: null }),
      figure({ count: null, share: 0.75 }),
      figure({ asOf: '1999-01-01' }),
    ];
    expect(growth(elsewhere)).not.toMatch(figureMarks);
    expect(growth(elsewhere)).not.toContain('170,000');
    const range = { from: '2012-01-01', to: '2026-01-01' };
    expect(placeFigures([...elsewhere, figure({})], 'MEMBERS', range)).toHaveLength(1);
  });

  it('of several figures of a day, a picture with little room has the highest', () => {
    const range = { from: '2012-01-01', to: '2026-01-01' };
    const placed = placeFigures(
      [figure({ count: 5 }), figure({ count: 201 }), figure({ asOf: '2020-01-01' })],
      'MEMBERS',
      range,
    );
    expect(highestOfEachDay(placed).map(({ count }) => count)).toEqual([201, 58]);
  });

  it('is a picture of its own: with a title, a description, its sources, and no style', () => {
    const svg = growth([figure({})], 'OS2: members', 'narrow');
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="360" [^>]*role="img" aria-labelledby="title description"/,
    );
    expect(svg).toContain('<title id="title">OS2: members</title>');
    expect(svg).toContain('On 1 January 2026, 30 members are known by name. One figure was published.');
    expect(svg).toContain('Source: OS2');
    expect(svg).not.toMatch(/\sstyle=|<style|\sclass="[^"]*\s+on/);
  });

  it('shows hostile texts as texts, in the room that there is, and stays well-formed', () => {
    const svg = growth([], `<script>alert(1)</script>\u0000\u202e${'long '.repeat(2_000)}`);
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toContain('<script');
    expect(svg).not.toMatch(/\u0000/);
    expect(svg.length).toBeLessThan(30_000);
  });

  it('shows nothing without points, and says so', () => {
    const svg = draw(<GrowthChart title="" series={{ points: [], figures: [] }} relation="USERS" caption={[]} />);
    expect(svg).toContain('Nothing is known for these days.');
  });
});

it('a heat map has a cell for each pair of countries, and 0 where no use is known', () => {
  const cells = [
    { publishedIn: 'IT', usedIn: 'IT', adoptions: 22_432, solutions: 11, dated: 3 },
    { publishedIn: 'IT', usedIn: 'BE', adoptions: 3, solutions: 1, dated: 0 },
  ];
  const svg = draw(<HeatMap title="" cells={cells} nameOf={(country) => country} caption={[]} />);
  expect(svg.match(/<title>[^<]*<\/title>/g)).toEqual([
    '<title>BE → BE: 0</title>',
    '<title>BE → IT: 0</title>',
    '<title>IT → BE: 3</title>',
    '<title>IT → IT: 22,432</title>',
  ]);
  expect(svg).toContain('3 uses of solutions from other countries are known.');
  expect([0, 1, 9, 10, 999, 10_000, 1e9].map(heatLevel)).toEqual([0, 1, 1, 2, 3, 5, 5]);
});

it('a timeline has a lane for each group, with a scale of its own', () => {
  const group = (id: string, count: number) => ({
    id,
    name: `Group ${id}`,
    country: 'DK',
    start: '2012-04-24',
    end: null,
    series: { points: points.map((point) => ({ ...point, count })), figures: [] },
  });
  const founding = { ...group('3', 9), series: { points, figures: [figure({ asOf: '2012-04-24', count: 30 })] } };
  const svg = draw(<TimelineChart title="" groups={[group('1', 5), group('2', 5_000), founding]} caption={[]} />);
  expect(svg).toContain('DK · Group 1');
  expect(svg).toContain('5000 known by name');
  expect(svg.match(/founded 2012/g)).toHaveLength(3);
  // Beside the line and the text that state the founding.
  expect(svg).toMatch(/<text [^>]*text-anchor="end"[^>]*fill="#a8480c">30<\/text>/);
});

it('a text is wrapped at words, and what does not fit is left out', () => {
  const options = { width: 55, fontSize: 10, maxLines: 2 };
  expect(wrapText('one two three four five', options)).toEqual(['one two', 'three fou…']);
});

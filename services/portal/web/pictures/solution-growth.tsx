import { useIntl } from 'react-intl';

import { GrowthChart } from '../charts/growth-chart.js';
import type { CountPoint, GrowthSeries, PublishedFigure } from '../charts/growth.js';
import { firstDay, today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { solutionPath } from '../model/paths.js';
import { useFigureSources, useSource } from './captions.js';
import { seriesRows } from './picture-rows.js';
import type { Picture } from './picture.js';

/** The growth of the use of a solution between two days. */
export interface SolutionGrowth {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  readonly from: string;
  readonly to: string;
  /** The countries in which it is used on the last day. */
  readonly countries: readonly string[];
  readonly series: GrowthSeries;
}

interface GrowthResponse {
  readonly solution: {
    readonly id: string;
    readonly name: string | null;
    readonly nameLanguage: string | null;
    readonly growth: readonly CountPoint[] | null;
    readonly reuse: readonly { readonly country: string }[] | null;
    readonly claims: readonly PublishedFigure[] | null;
  } | null;
}

/** Reads the growth of the use of a solution, with a point for each quarter of a year. */
export async function readSolutionGrowth(
  { execute, found, language, search }: PageRequest,
  id: string,
): Promise<SolutionGrowth> {
  const [from, to] = [search.get('from') || firstDay, search.get('to') || today()];
  const response = await execute<GrowthResponse>('solution-growth', { id, from, to, interval: 'QUARTER', language });
  const { name, growth, reuse, claims, ...solution } = found(response.solution);
  // A part that could not be read must not look like nothing.
  return {
    ...solution,
    name: name ?? id,
    from,
    to,
    countries: found(reuse).map(({ country }) => country),
    series: { points: found(growth), figures: found(claims) },
  };
}

function Draw({ data: { name, countries, to, series } }: { readonly data: SolutionGrowth }) {
  const { formatMessage } = useIntl();
  const caption = [useSource(countries, to), ...useFigureSources(series.figures)];
  const title = formatMessage({ id: 'figures.title.users' }, { name });
  return <GrowthChart title={title} series={series} relation="USERS" caption={caption} />;
}

export const solutionGrowth: Picture<SolutionGrowth> = {
  load: (request) => readSolutionGrowth(request, request.search.get('id') ?? ''),
  Draw,
  rows: ({ series }) => seriesRows(series),
  title: { id: 'figures.title.users', values: ({ name }) => ({ name }) },
  page: (search) => solutionPath(search.get('id') ?? ''),
};

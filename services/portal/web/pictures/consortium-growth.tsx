import { useIntl } from 'react-intl';

import { GrowthChart } from '../charts/growth-chart.js';
import type { CountPoint, GrowthSeries, PublishedFigure } from '../charts/growth.js';
import { firstDay, today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { consortiumPath } from '../model/paths.js';
import { useFigureSources, useSource } from './captions.js';
import { seriesRows } from './picture-rows.js';
import type { Picture } from './picture.js';

/** The growth of a consortium between two days. */
export interface ConsortiumGrowth {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  readonly country: string;
  readonly from: string;
  readonly to: string;
  readonly series: GrowthSeries;
}

interface GrowthResponse {
  readonly organisation:
    | (Pick<ConsortiumGrowth, 'id' | 'name' | 'nameLanguage' | 'country'> & {
        readonly growth: readonly CountPoint[] | null;
        readonly claims: readonly (PublishedFigure | null)[] | null;
      })
    // An organisation of another kind.
    | { readonly id?: undefined }
    | null;
}

/** Reads the growth of a consortium, with a point for each quarter of a year. */
export async function readConsortiumGrowth(
  { execute, found, language, search }: PageRequest,
  id: string,
): Promise<ConsortiumGrowth> {
  const [from, to] = [search.get('from') || firstDay, search.get('to') || today()];
  const response = await execute<GrowthResponse>('consortium-growth', { id, from, to, interval: 'QUARTER', language });
  const { organisation } = response;
  const { growth, claims, ...consortium } = found(organisation?.id === undefined ? null : organisation);
  // A part that could not be read must not look like nothing.
  const figures = found(claims).filter((figure) => figure !== null);
  return {
    ...consortium,
    from,
    to,
    // What is published of a solution counts its users.
    series: { points: found(growth), figures: figures.filter(({ solutionAddress }) => solutionAddress === null) },
  };
}

function Draw({ data: { name, country, to, series } }: { readonly data: ConsortiumGrowth }) {
  const { formatMessage } = useIntl();
  const caption = [useSource([country], to), ...useFigureSources(series.figures)];
  const title = formatMessage({ id: 'figures.title.members' }, { name });
  return <GrowthChart title={title} series={series} relation="MEMBERS" caption={caption} />;
}

export const consortiumGrowth: Picture<ConsortiumGrowth> = {
  load: (request) => readConsortiumGrowth(request, request.search.get('id') ?? ''),
  Draw,
  rows: ({ series }) => seriesRows(series),
  title: { id: 'figures.title.members', values: ({ name }) => ({ name }) },
  page: (search) => consortiumPath(search.get('id') ?? ''),
};

import { useIntl } from 'react-intl';

import type { MapData } from '../maps/region-counts.js';
import { RegionMap } from '../maps/region-map.js';
import { today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { solutionPath } from '../model/paths.js';
import { useSource } from './captions.js';
import { boundaries, withNames } from './map-data.js';
import type { Picture } from './picture.js';

/** The users of a solution on a day, by region. */
export interface SolutionUsersMap {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  readonly asOf: string;
  readonly countries: readonly string[];
  readonly map: MapData;
}

interface MapResponse {
  readonly solution: {
    readonly id: string;
    readonly name: string | null;
    readonly nameLanguage: string | null;
    readonly adoptionFacets:
      | readonly {
          readonly field: string;
          readonly missing: number;
          readonly values: readonly { readonly value: string; readonly count: number }[];
        }[]
      | null;
  } | null;
}

/** Reads in which regions of level 2 the users of a solution are. */
export async function readSolutionUsersMap(
  { execute, found, language, search }: PageRequest,
  id: string,
): Promise<SolutionUsersMap> {
  const asOf = search.get('asOf') || undefined;
  const response = await execute<MapResponse>('solution-users-map', { id, asOf, language });
  const { name, adoptionFacets, ...solution } = found(response.solution);
  const facet = found(adoptionFacets).find(({ field }) => field === 'nuts');
  const onMap = new Set(boundaries.atLevel(2).regions.map(({ code }) => code));
  const values = facet?.values ?? [];
  const regions = values.filter(({ value }) => onMap.has(value)).map(({ value, count }) => ({ code: value, count }));
  const elsewhere = values.filter(({ value }) => !onMap.has(value)).reduce((sum, { count }) => sum + count, 0);
  return {
    ...solution,
    name: name ?? id,
    asOf: asOf ?? today(),
    countries: [...new Set(regions.map(({ code }) => code.slice(0, 2)))].sort(),
    map: withNames({ regions, elsewhere: elsewhere + (facet?.missing ?? 0) }, 2),
  };
}

function Draw({ data: { name, countries, asOf, map } }: { readonly data: SolutionUsersMap }) {
  const { formatMessage } = useIntl();
  return (
    <RegionMap
      title={formatMessage({ id: 'figures.title.usersMap' }, { name })}
      boundaries={boundaries.atLevel(map.level)}
      counts={map}
      countries={countries}
      caption={[formatMessage({ id: 'charts.map.users' }), useSource(countries, asOf)]}
    />
  );
}

export const solutionUsersMap: Picture<SolutionUsersMap> = {
  load: (request) => readSolutionUsersMap(request, request.search.get('id') ?? ''),
  Draw,
  title: { id: 'figures.title.usersMap', values: ({ name }) => ({ name }) },
  page: (search) => solutionPath(search.get('id') ?? ''),
};

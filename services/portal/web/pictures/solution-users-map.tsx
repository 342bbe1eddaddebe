import { useIntl } from 'react-intl';

import { type MunicipalMap, MunicipalityMap } from '../maps/municipality-map.js';
import type { MapData } from '../maps/region-counts.js';
import { RegionMap } from '../maps/region-map.js';
import { today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { solutionPath } from '../model/paths.js';
import { useSource } from './captions.js';
import { boundaries, withNames } from './map-data.js';
import { type Located, toMunicipalMap } from './municipal-map.js';
import { mapRows } from './picture-rows.js';
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

/** The users of a solution on a map: by municipalities, if their boundaries are known. */
interface DrawnMap extends SolutionUsersMap {
  readonly municipalities: MunicipalMap | undefined;
}

interface UsersResponse {
  readonly solution: {
    readonly adoptions: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: readonly ({ readonly country: string; readonly administration: Located | null } | null)[];
    } | null;
  } | null;
}

/** Of more users, the map shows regions: each is read from its country. */
const maxUsers = 2_000;

async function load(request: PageRequest): Promise<DrawnMap> {
  const id = request.search.get('id') ?? '';
  const regions = await readSolutionUsersMap(request, id);
  if (!request.municipalities) return { ...regions, municipalities: undefined };
  const users = await readUsers(request, id);
  return { ...regions, municipalities: users && toMunicipalMap(request.municipalities, users, regions.countries) };
}

/** Reads where the users of a solution are. Undefined if there are too many, or some cannot be read. */
async function readUsers({ execute, search }: PageRequest, id: string): Promise<(Located | null)[] | undefined> {
  const asOf = search.get('asOf') || undefined;
  const users: (Located | null)[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const { solution } = await execute<UsersResponse>('solution-users-municipalities', { id, asOf, after });
    const list = solution?.adoptions;
    if (!list || list.totalCount > maxUsers) return undefined;
    users.push(...list.nodes.map((node) => node?.administration ?? null));
    after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
  }
  return users;
}

function Draw({ data: { name, countries, asOf, map, municipalities } }: { readonly data: DrawnMap }) {
  const { formatMessage } = useIntl();
  const source = useSource(countries, asOf);
  const users = formatMessage({ id: 'charts.map.users' });
  if (municipalities)
    return (
      <MunicipalityMap
        {...municipalities}
        title={formatMessage({ id: 'charts.municipalities.users.title' }, { name })}
        neighbours={boundaries.atLevel(2).outlines}
        caption={[formatMessage({ id: 'charts.municipalities.users' }), users, source]}
      />
    );
  return (
    <RegionMap
      title={formatMessage({ id: 'figures.title.usersMap' }, { name })}
      boundaries={boundaries.atLevel(map.level)}
      counts={map}
      countries={countries}
      caption={[users, source]}
    />
  );
}

export const solutionUsersMap: Picture<DrawnMap> = {
  load,
  Draw,
  rows: ({ map, municipalities }) => mapRows(map, municipalities),
  title: { id: 'figures.title.usersMap', values: ({ name }) => ({ name }) },
  page: (search) => solutionPath(search.get('id') ?? ''),
};

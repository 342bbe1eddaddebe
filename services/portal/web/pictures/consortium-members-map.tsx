import { useIntl } from 'react-intl';

import { type MunicipalMap, MunicipalityMap } from '../maps/municipality-map.js';
import type { MapData } from '../maps/region-counts.js';
import { RegionMap } from '../maps/region-map.js';
import { today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { consortiumPath } from '../model/paths.js';
import { useSource } from './captions.js';
import { boundaries, toMapData } from './map-data.js';
import { type Located, toMunicipalMap } from './municipal-map.js';
import { mapRows } from './picture-rows.js';
import type { Picture } from './picture.js';

/** The members of a consortium on a day, by region. */
export interface ConsortiumMembersMap {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  readonly country: string;
  readonly asOf: string;
  readonly map: MapData;
}

interface MapResponse {
  readonly organisation:
    | (Pick<ConsortiumMembersMap, 'id' | 'name' | 'nameLanguage' | 'country'> & {
        readonly members: {
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          readonly nodes: readonly ({
            readonly role: string;
            readonly member: (Partial<Located> & { readonly nuts?: string | null }) | null;
          } | null)[];
        } | null;
      })
    | { readonly id?: undefined }
    | null;
}

/** Roles that are counted as members. */
const memberRoles = new Set(['FOUNDER', 'MEMBER', 'BOARD']);

/** More pages than any consortium has: a list of members is not endless. */
const maxPages = 10;

/** Reads the regions of all members of a consortium. */
export const readConsortiumMembersMap = async (request: PageRequest, id: string): Promise<ConsortiumMembersMap> =>
  (await readMembers(request, id)).regions;

/** Reads where all members of a consortium are. */
async function readMembers({ execute, found, language, search }: PageRequest, id: string) {
  const asOf = search.get('asOf') || undefined;
  const members: (Located & { readonly nuts?: string | null })[] = [];
  let after: string | null | undefined;
  for (let page = 1; ; page += 1) {
    const response = await execute<MapResponse>('consortium-members-map', { id, asOf, after, language });
    const { organisation } = response;
    const { members: list, ...consortium } = found(organisation?.id === undefined ? null : organisation);
    const { nodes, pageInfo } = found(list);
    const counted = nodes.filter((node) => node !== null && memberRoles.has(node.role));
    members.push(...counted.map((node) => ({ country: consortium.country, ...node?.member })));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    if (after === null || page === maxPages) {
      const map = toMapData(members.map(({ nuts }) => nuts ?? null));
      return { members, regions: { ...consortium, asOf: asOf ?? today(), map } };
    }
  }
}

/** The members of a consortium on a map: by municipalities, if their boundaries are known. */
interface DrawnMap extends ConsortiumMembersMap {
  readonly municipalities: MunicipalMap | undefined;
}

async function load(request: PageRequest): Promise<DrawnMap> {
  const { members, regions } = await readMembers(request, request.search.get('id') ?? '');
  const municipalities = request.municipalities && toMunicipalMap(request.municipalities, members, [regions.country]);
  return { ...regions, municipalities };
}

function Draw({ data: { name, country, asOf, map, municipalities } }: { readonly data: DrawnMap }) {
  const { formatMessage } = useIntl();
  const source = useSource([country], asOf);
  if (municipalities)
    return (
      <MunicipalityMap
        {...municipalities}
        title={formatMessage({ id: 'charts.municipalities.members.title' }, { name })}
        neighbours={boundaries.atLevel(2).outlines}
        caption={[formatMessage({ id: 'charts.municipalities.members' }), source]}
      />
    );
  return (
    <RegionMap
      title={formatMessage({ id: 'figures.title.membersMap' }, { name })}
      boundaries={boundaries.atLevel(map.level)}
      counts={map}
      countries={[country]}
      caption={[source]}
    />
  );
}

export const consortiumMembersMap: Picture<DrawnMap> = {
  load,
  Draw,
  rows: ({ map, municipalities }) => mapRows(map, municipalities),
  title: { id: 'figures.title.membersMap', values: ({ name }) => ({ name }) },
  page: (search) => consortiumPath(search.get('id') ?? ''),
};

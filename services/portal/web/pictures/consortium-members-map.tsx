import { useIntl } from 'react-intl';

import type { MapData } from '../maps/region-counts.js';
import { RegionMap } from '../maps/region-map.js';
import { today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { consortiumPath } from '../model/paths.js';
import { useSource } from './captions.js';
import { boundaries, toMapData } from './map-data.js';
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
            readonly member: { readonly nuts?: string | null } | null;
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
export async function readConsortiumMembersMap(
  { execute, found, language, search }: PageRequest,
  id: string,
): Promise<ConsortiumMembersMap> {
  const asOf = search.get('asOf') || undefined;
  const regions: (string | null)[] = [];
  let after: string | null | undefined;
  for (let page = 1; ; page += 1) {
    const response = await execute<MapResponse>('consortium-members-map', { id, asOf, after, language });
    const { organisation } = response;
    const { members, ...consortium } = found(organisation?.id === undefined ? null : organisation);
    const { nodes, pageInfo } = found(members);
    const counted = nodes.filter((node) => node !== null && memberRoles.has(node.role));
    regions.push(...counted.map((node) => node?.member?.nuts ?? null));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    if (after === null || page === maxPages) return { ...consortium, asOf: asOf ?? today(), map: toMapData(regions) };
  }
}

function Draw({ data: { name, country, asOf, map } }: { readonly data: ConsortiumMembersMap }) {
  const { formatMessage } = useIntl();
  return (
    <RegionMap
      title={formatMessage({ id: 'figures.title.membersMap' }, { name })}
      boundaries={boundaries.atLevel(map.level)}
      counts={map}
      countries={[country]}
      caption={[useSource([country], asOf)]}
    />
  );
}

export const consortiumMembersMap: Picture<ConsortiumMembersMap> = {
  load: (request) => readConsortiumMembersMap(request, request.search.get('id') ?? ''),
  Draw,
  title: { id: 'figures.title.membersMap', values: ({ name }) => ({ name }) },
  page: (search) => consortiumPath(search.get('id') ?? ''),
};

import { today } from '../../model/days.js';
import type { Loader } from '../../model/loader.js';
import { readConsortiumGrowth } from '../../pictures/consortium-growth.js';
import { readConsortiumMembersMap } from '../../pictures/consortium-members-map.js';
import type { Consortium, ConsortiumData } from './data.js';

interface ConsortiumResponse {
  // An organisation of another kind has no fields here.
  readonly organisation: Consortium | { readonly id?: undefined } | null;
}

/** Reads a consortium with its growth and the regions of its members. */
export const loadConsortium: Loader<ConsortiumData> = async (request) => {
  const { language, search, params, execute, found, part } = request;
  const id = params['*'] ?? '';
  const [asOf, kind, role] = ['asOf', 'kind', 'role'].map((name) => search.get(name) || null);
  const past = search.get('past') === 'true';
  const [{ organisation }, growth, membersMap] = await Promise.all([
    execute<ConsortiumResponse>('consortium', {
      id,
      asOf: asOf ?? undefined,
      kind: kind ?? undefined,
      coverageKind: kind ?? undefined,
      role: role ?? undefined,
      past: past || undefined,
      after: search.get('after') ?? undefined,
      language,
    }),
    part(readConsortiumGrowth(request, id)),
    part(readConsortiumMembersMap(request, id)),
  ]);
  const consortium = found(organisation?.id === undefined ? null : organisation);
  return {
    consortium,
    asOf: asOf ?? null,
    day: asOf ?? today(),
    filter: { kind: kind ?? null, role: role ?? null, past },
    growth,
    membersMap,
  };
};

import { today } from '../../shared/dates.js';
import { InputError } from '../../kit/graphql/errors.js';
import { connectionResolvers, resolvePage } from '../../kit/graphql/pagination.js';
import { parseOrganisationId } from '../../../schema/values/organisation-id.js';
import type { QueryResolvers, ResolversOf } from '../generated/resolver-types.js';
import { peerKey } from '../list-keys.js';
import type { PeerSelection } from '../repositories/peers.js';
import type { PeerPage } from '../rows.js';
import { catalogueStubs, requireValidId, stubForId } from '../stubs.js';

/**
 * Rejects an id of anything but an administration.
 *
 * @throws InputError INVALID_ID.
 */
export function requireAdministrationId(id: string): void {
  requireValidId(id);
  if (parseOrganisationId(id)?.type !== 'administration')
    throw new InputError('INVALID_ID', `${JSON.stringify(id.slice(0, 80))} is not the id of an administration.`);
}

export const peerQueries: Required<Pick<QueryResolvers, 'peers'>> = {
  peers: async (
    _root,
    { of, by, countries, ...pageArguments },
    { repositories, loaders },
  ): Promise<PeerPage | null> => {
    requireAdministrationId(of);
    if (countries) catalogueStubs(countries);
    const criteria = [...new Set(by ?? (['KIND', 'POPULATION'] as const))];
    if (criteria.length === 0)
      throw new InputError('INVALID_ARGUMENT', '`by` is empty; give at least one criterion, or omit it.');
    if ((await loaders.knownOrganisation.load(of)) === null) return null;
    const selection: PeerSelection = { of, by: criteria, countries: countries ?? null, day: today() };
    const page = await resolvePage(pageArguments, {
      scope: `peers ${of} ${criteria.join(' ')}`,
      key: peerKey,
      find: (requested) => repositories.peers.findPage(selection, requested),
      count: () => repositories.peers.count(selection),
    });
    return { ...page, countUnknown: () => repositories.peers.countUnknown(selection) };
  },
};

export const peerResolvers: ResolversOf<'Peer'> = {
  administrationId: ({ id }) => id,
  administration: ({ id }) => stubForId(id),
  score: ({ orderKey }) => -orderKey,
};

export const peerConnectionResolvers: ResolversOf<'PeerConnection'> = {
  ...connectionResolvers,
  unknown: ({ countUnknown }) => countUnknown(),
};

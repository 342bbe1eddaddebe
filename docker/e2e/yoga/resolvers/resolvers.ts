import { isId, readCode, readId } from '../codes.js';
import { scalars } from '../scalars.js';
import { findBody, type Store } from '../store.js';
import type { Organisation } from '../types.js';
import { administrationResolvers, membershipResolvers } from './bodies.js';
import { byCode, catalogueResolvers } from './catalogue.js';
import { changeResolvers } from './changes.js';
import { consortiumResolvers, eligibilityResolvers } from './consortium.js';
import { adoptionResolvers, portfolioResolvers, recordResolvers } from './solutions.js';

const catalogue = { id: 'dk:catalogue' };
const typeNames = { ADMINISTRATION: 'DanishAdministration', CONSORTIUM: 'DanishConsortium' } as const;

export function createResolvers(store: Store) {
  const typeOf = { __resolveType: ({ type }: Organisation) => typeNames[type] };
  return {
    ...scalars,
    Query: { denmark: () => catalogue },
    Organisation: typeOf,
    Administration: typeOf,
    Consortium: typeOf,
    Catalogue: { __resolveType: () => 'DanishCatalogue' },
    DanishCatalogue: {
      ...catalogueResolvers(store),
      __resolveReference: ({ id }: { readonly id: string }) => (id === catalogue.id ? catalogue : null),
    },
    DanishAdministration: {
      ...administrationResolvers(store),
      __resolveReference: resolveReference(store, 'ADMINISTRATION'),
    },
    DanishConsortium: { ...consortiumResolvers(store), __resolveReference: resolveReference(store, 'CONSORTIUM') },
    Eligibility: eligibilityResolvers,
    Membership: membershipResolvers(store),
    CatalogueRecord: recordResolvers(store),
    PortfolioEntry: portfolioResolvers(store),
    Adoption: adoptionResolvers(store),
    Change: changeResolvers(store),
  };
}

/** The body of a type behind an id, or behind a code written scheme:notation. */
const resolveReference =
  (store: Store, type: Organisation['type']) =>
  ({ ref }: { readonly ref: string }): Promise<Organisation | null> =>
    // A promise: what is thrown at once, @apollo/subgraph takes for the failure of all references of the request.
    Promise.resolve(ref).then(() => {
      const body = isId(ref) ? findBody(store, ref) : byCode(store, readCode(codeIn(ref)), null);
      return body?.type === type ? { ...body, ref } : null;
    });

function codeIn(ref: string): { scheme: string; notation: string } {
  const [scheme = '', ...notation] = ref.split(':');
  // Not even a code: say what an id looks like.
  if (notation.length === 0) readId(ref);
  return { scheme, notation: notation.join(':') };
}

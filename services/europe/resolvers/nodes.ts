import { countryByCode } from '../../../schema/values/countries.js';
import { organisationIdFormat, parseOrganisationId } from '../../../schema/values/organisation-id.js';
import { parseSolutionAddress } from '../../../schema/values/solution-address.js';
import { InputError } from '../../kit/graphql/errors.js';
import type { Context } from '../context.js';
import type { QueryResolvers } from '../generated/resolver-types.js';
import type { NodeParent } from '../rows.js';
import { catalogueStubs, stubForId } from '../stubs.js';
import { requireFewItems } from './items.js';
import { findSolution } from './solution.js';

/** Relay: Object Identification. */
export const nodeQueries: Required<Pick<QueryResolvers, 'node' | 'nodes'>> = {
  node: (_root, { id }, context) => findNode(id, context),
  nodes: (_root, { ids }, context) => {
    requireFewItems(ids.length, 'objects');
    // The generated types do not know that a promise in a list may resolve to null.
    return ids.map((id) => findNode(id, context) as Promise<NodeParent>);
  },
};

/** @throws InputError INVALID_ID when the id has the form of no object. */
async function findNode(id: string, context: Context): Promise<NodeParent | null> {
  if (parseOrganisationId(id)) return stubForId(id);
  const [, catalogueCountry] = /^([a-z]{2}):catalogue$/.exec(id) ?? [];
  if (catalogueCountry !== undefined) {
    const country = countryByCode(catalogueCountry);
    return (country && catalogueStubs([country.code])[0]) ?? null;
  }
  // Other spellings of an address would be other ids of the same object.
  const { address, fault } = parseSolutionAddress(id);
  if (fault !== null || address !== id) throw invalidId(id);
  const solution = await findSolution(address, context);
  return solution && { __typename: 'Solution', ...solution };
}

const invalidId = (id: string): InputError =>
  new InputError(
    'INVALID_ID',
    `${JSON.stringify(id.slice(0, 80))} is not the id of a node; these have the form ${organisationIdFormat}, country:catalogue, or of a solution's normalised address, for example github.com/os2mo/os2mo.`,
  );

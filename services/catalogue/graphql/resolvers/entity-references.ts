import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import type { Context } from '../context.js';
import { parseCode } from '../../model/identifiers.js';
import type { OrganisationParent, OrganisationRow } from '../../model/rows.js';
import { requireValidId } from './catalogue.js';

/** A body with the `ref` that led to it: some gateways ask back by what they have asked. */
interface OrganisationWithRef extends OrganisationParent {
  readonly ref: string;
}

/**
 * The body behind a `ref`: an id, or scheme:notation. Null when there is none of this type, so that nobody sees a ghost.
 *
 * @throws InputError as `readCode` and `checkId` do.
 */
export const resolveReference =
  (type: OrganisationRow['type']) =>
  async ({ ref }: { readonly ref: string }, { catalogue, loaders }: Context): Promise<OrganisationWithRef | null> => {
    const row = parseOrganisationId(ref)
      ? await loaders.organisation.load(ref)
      : await loaders.administrationByCode.load({ ...parseCode(catalogue, splitCode(ref)), asOf: null });
    return row?.type === type ? { ...row, ref } : null;
  };

/** The catalogue behind an id: there is one. */
export const resolveCatalogueReference =
  (catalogueId: string) =>
  ({ id }: { readonly id: string }): { id: string } | null =>
    id === catalogueId ? { id } : null;

function splitCode(ref: string): { scheme: string; notation: string } {
  const [scheme = '', ...notation] = ref.split(':');
  // Not even a code: say what an id looks like.
  if (notation.length === 0) requireValidId(ref);
  return { scheme, notation: notation.join(':') };
}

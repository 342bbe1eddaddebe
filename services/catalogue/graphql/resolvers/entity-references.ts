import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import type { Context } from '../context.js';
import { parseCode } from '../../model/identifiers.js';
import type { OrganisationParent, OrganisationRow } from '../../model/rows.js';
import { requireValidId } from './arguments.js';

/** An organisation with the `ref` by which it was requested: some gateways compare it with their request. */
interface OrganisationWithRef extends OrganisationParent {
  readonly ref: string;
}

/**
 * The organisation behind a `ref`: an id, or scheme:notation. Null if there is none of this type, so that the gateway's stub
 * disappears.
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
  // Not a code either: the error describes the format of ids.
  if (notation.length === 0) requireValidId(ref);
  return { scheme, notation: notation.join(':') };
}

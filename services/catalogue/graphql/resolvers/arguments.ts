import { parseOrganisationId, organisationIdFormat } from '../../../../schema/values/organisation-id.js';
import { InputError } from '../../../kit/graphql/errors.js';

/** Returns a NUTS code unchanged. Throws InputError INVALID_ARGUMENT if it is malformed. */
export function requireValidNuts(nuts: string | null | undefined): string | null {
  if (nuts == null || /^[A-Z]{2}[0-9A-Z]{0,3}$/.test(nuts)) return nuts ?? null;
  throw new InputError(
    'INVALID_ARGUMENT',
    `\`nuts\` is ${JSON.stringify(nuts.slice(0, 40))}; it must be a code such as "BE3" or "DK011".`,
  );
}

/** Returns an id unchanged. Throws InputError INVALID_ID if it is malformed. */
export function requireValidId(id: string): string {
  if (parseOrganisationId(id)) return id;
  throw new InputError(
    'INVALID_ID',
    `${JSON.stringify(id.slice(0, 80))} is not a valid id; ids are ${organisationIdFormat}.`,
  );
}

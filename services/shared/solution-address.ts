import { addressErrors, parseSolutionAddress } from '../../schema/values/solution-address.js';
import { InputError } from '../kit/graphql/errors.js';

/**
 * Normalises the address of a solution as a client writes it.
 *
 * @throws InputError INVALID_ADDRESS if it cannot be one.
 */
export function requireSolutionAddress(written: string): string {
  const { address, fault } = parseSolutionAddress(written);
  if (fault === null) return address;
  throw new InputError(
    'INVALID_ADDRESS',
    `${JSON.stringify(written.slice(0, 80))} ${addressErrors[fault]}. Addresses are like github.com/os2mo/os2mo or urn:dk:solution:name.`,
  );
}

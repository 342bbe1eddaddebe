import { createHash } from 'node:crypto';

import type { NationalCatalogue } from '../../model/national-catalogue.js';

/** The id of the adoption of a solution by a user that a publiccode.yml names. */
export const newAdoptionId = ({ code }: Pick<NationalCatalogue, 'code'>, address: string, name: string): string =>
  `${code.toLowerCase()}:adoption:${shortHash(`${address}\n${name}`)}`;

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 20);

/** The id of a new record. If two addresses have the same slug, such as `a-b/c` and `a/b-c`, the later one gets a hash. */
export function newRecordId(
  { code }: Pick<NationalCatalogue, 'code'>,
  address: string,
  addressById: ReadonlyMap<string, string>,
): string {
  const idOf = (slug: string): string => `${code.toLowerCase()}:record:${slug}`;
  const slug = slugOf(address);
  const other = addressById.get(idOf(slug)) ?? address;
  return idOf(other !== address && slugOf(other) === slug ? hashedSlugOf(address) : slug);
}

/** `github.com/os2mo/os2mo` as part of an id; a slug that was shortened or lost characters gets a hash. */
function slugOf(address: string): string {
  const slug = lettersOf(address);
  return slug.length <= 60 && /^[a-z0-9./-]+$/.test(address) ? slug : hashedSlugOf(address);
}

const hashedSlugOf = (address: string): string => `${lettersOf(address).slice(0, 40)}-${shortHash(address)}`;

const lettersOf = (address: string): string =>
  address
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

import { extname } from 'node:path';

import { quoted, type Rule } from './rules.js';
import type { Location, Reader } from './section.js';
import { textWith, toWebAddress } from './read-values.js';

/** Returns the first bytes of a file beside the publiccode.yml, or null if there is no such file. */
export type ReadLocalFile = (path: string) => Uint8Array | null;

/** What the files that a publiccode.yml names must be, by their extension. */
export const logoTypes = ['.svg', '.svgz', '.png'] as const;
export const screenshotTypes = ['.jpg', '.png'] as const;

const maxAddressLength = 2000;
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads the path of a file in the repository, or a web address.
 *
 * @param types the extensions that the standard allows for a path. Empty: any.
 * @param readFile looks at the file, if the repository is at hand.
 */
export const fileAddress = (types: readonly string[] = [], readFile?: ReadLocalFile): Reader<string> =>
  textWith(maxAddressLength, (text, location) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return toWebAddress(text, location);
    if (/^[/\\]|…$/.test(text)) {
      location.issue('bad-url', `${quoted(text)} is not a path from the root of the repository; it is ignored`);
      return null;
    }
    checkFile(text, types, readFile, location);
    return text;
  });

function checkFile(
  path: string,
  types: readonly string[],
  readFile: ReadLocalFile | undefined,
  location: Location,
): void {
  const type = extname(path).toLowerCase();
  const issue = (rule: Rule, message: string): void => {
    location.issue(rule, `${quoted(path)} ${message}`);
  };
  if (types.length > 0 && !types.includes(type)) {
    issue('file-type', `is not a file of type ${types.join(', ')}`);
    return;
  }
  if (!readFile) return;
  const bytes = readFile(path);
  if (bytes === null) issue('missing-file', 'is not a file beside the publiccode.yml');
  else if (types === logoTypes && type === '.png' && !pngSignature.every((byte, index) => bytes[index] === byte))
    issue('not-an-image', 'is not a PNG image');
}

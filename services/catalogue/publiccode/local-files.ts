import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

import type { ReadLocalFile } from './read-files.js';

/** The file itself, opened so that a named pipe does not block. Null if it is no file, or cannot be read. */
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK;
const headLength = 64;

/** Looks at files in a folder and below it. */
export const findLocalFile =
  (folder: string): ReadLocalFile =>
  (path) => {
    try {
      const real = realpathSync(join(folder, path));
      const inFolder = relative(realpathSync(folder), real);
      if (inFolder.startsWith('..') || isAbsolute(inFolder)) return null;
      const file = openSync(real, openFlags);
      try {
        if (!fstatSync(file).isFile()) return null;
        const bytes = new Uint8Array(headLength);
        return bytes.subarray(0, readSync(file, bytes));
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  };

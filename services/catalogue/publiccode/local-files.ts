import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

import { FileError, readFile, toFileError } from '../../kit/read-file.js';
import type { ReadLocalFile } from './read-files.js';

const headLength = 64;

/** Looks at the files in a folder and below it. */
export const findLocalFile =
  (folder: string): ReadLocalFile =>
  (path) => {
    try {
      const target = realPathOf(join(folder, path));
      const inFolder = relative(realPathOf(folder), target);
      if (inFolder.startsWith('..') || isAbsolute(inFolder)) return null;
      return readFile(target, headLength).bytes;
    } catch (error) {
      if (error instanceof FileError) return null;
      throw error;
    }
  };

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw toFileError(error);
  }
}

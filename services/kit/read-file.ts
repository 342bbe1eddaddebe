import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** A file cannot be read. The message is the end of a sentence that begins with its path. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

export interface FileContent {
  readonly bytes: Uint8Array;
  /** When it was last changed. */
  readonly changedAt: Date;
}

/** What the codes of the operating system mean. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist, or is a link to nothing',
  ELOOP: 'is a link that leads to itself',
  EACCES: 'cannot be read: its permissions do not allow it',
  EPERM: 'cannot be read: its permissions do not allow it',
  EISDIR: 'is a folder',
  ENXIO: 'is not a regular file',
  ENODEV: 'is not a regular file',
};

/** Converts an error of the operating system. */
export function toFileError(error: unknown): FileError {
  const { code = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return new FileError(reasons[code] ?? `cannot be read${code === '' ? '' : ` (${code})`}`);
}

/**
 * Reads the first bytes of a regular file. A named pipe does not block.
 *
 * @throws FileError if it is something else, or cannot be read.
 */
export function readFile(path: string, maxBytes: number): FileContent {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw new FileError('is a folder');
    if (!stats.isFile()) throw new FileError('is not a regular file');
    const bytes = new Uint8Array(Math.min(maxBytes, stats.size));
    return { bytes: bytes.subarray(0, readSync(file, bytes)), changedAt: stats.mtime };
  } catch (error) {
    throw error instanceof FileError ? error : toFileError(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

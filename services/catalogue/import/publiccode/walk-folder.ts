import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { FileError, readFile, toFileError } from '../../../kit/read-file.js';
import { maxFileBytes } from './max-file-bytes.js';

/** A file or folder that cannot be read. Path and message together are a sentence. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
}

/** What a folder contains. */
export interface WalkedFolder {
  /** The paths of its publiccode.yml files. */
  readonly files: readonly string[];
  readonly problems: readonly FileProblem[];
  /** The paths of other YAML files. */
  readonly others: readonly string[];
  /** Folders in it that cannot be read, so that nothing is known about their files. */
  readonly unreadFolders: readonly string[];
}

/** A file that declares a version of the standard. Without zeros, so that UTF-16 is found too. */
const declaresVersion = /(?:^|[\r\n{,])\s*["']?publiccode-?ya?ml-?version["']?\s*:/i;

/**
 * Finds the publiccode.yml files in a folder and below it: by their name, and other YAML files that declare a version of the
 * standard. Hidden files and folders and node_modules are skipped. Links are followed to files in the folder only.
 */
export function walkFolder(root: string): WalkedFolder {
  const files: string[] = [];
  const links: { readonly path: string; readonly target: string }[] = [];
  const problems: FileProblem[] = [];
  const unreadFolders: string[] = [];
  const others: string[] = [];
  const report = (path: string, { message }: FileError): void => {
    problems.push({ path, message });
  };

  const addFile = (path: string): void => {
    try {
      const isOne = isNamedPubliccode(path) || declaresVersion.test(textOf(readFile(path, maxFileBytes).bytes));
      (isOne ? files : others).push(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      report(path, error);
    }
  };
  const addLink = (path: string, realRoot: string): void => {
    try {
      const target = realpathSync(path);
      const isFolder = statSync(target).isDirectory();
      if (isFolder && isWithin(target, realpathSync(dirname(path))))
        report(path, new FileError('is a link to a folder that contains it; it was not followed'));
      else if (!isWithin(realRoot, target) && (isFolder || isYaml(path)))
        report(path, new FileError('is a link out of the folder; it was not followed'));
      else if (!isFolder && isYaml(path)) links.push({ path, target });
    } catch (error) {
      if (isYaml(path)) report(path, toFileError(error));
    }
  };
  const walk = (folder: string, realRoot: string): void => {
    for (const entry of entriesOf(folder, (error) => {
      report(folder, error);
      unreadFolders.push(folder);
    })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (isYaml(path)) report(path, new FileError('is a folder, and has the name of a file'));
        walk(path, realRoot);
      } else if (entry.isSymbolicLink()) addLink(path, realRoot);
      else if (isYaml(path)) addFile(path);
    }
  };

  walk(root, realpathSync(root));
  // A file that is found by its own name too is read once.
  const found = new Set(files.map((path) => realpathSync(path)));
  for (const { path, target } of links) if (!found.has(target)) addFile(path);
  return { files: files.sort(), problems, others, unreadFolders };
}

function entriesOf(folder: string, onError: (error: FileError) => void): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    onError(toFileError(error));
    return [];
  }
}

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);

const isNamedPubliccode = (path: string): boolean => /(?:^|[/\\])publiccode\.ya?ml$/i.test(path);

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').replaceAll('\0', '');

/** Whether a path is a folder or something in it. */
const isWithin = (folder: string, path: string): boolean => {
  const steps = relative(folder, path).split(sep);
  return steps[0] !== '..';
};

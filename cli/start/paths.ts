import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder with package.json: two levels up from the sources, three from `dist/`. */
export const projectRoot = closestWith('package.json', import.meta.dirname);

const extension = extname(import.meta.filename);

/** The file of a process beside the running code: `dist/services/denmark/main.js`, or its source under tsx and Jest. */
export const scriptOf = (...path: string[]): string => join(import.meta.dirname, '..', '..', ...path) + extension;

/** What Node needs in order to run such a file. */
export const scriptFlags: readonly string[] = extension === '.ts' ? ['--import', 'tsx'] : [];

/** What Node needs in order to load such a file before the one it runs. */
export const preload = (script: string): string[] => ['--import', pathToFileURL(script).href];

function closestWith(file: string, folder: string): string {
  if (existsSync(join(folder, file)) || dirname(folder) === folder) return folder;
  return closestWith(file, dirname(folder));
}

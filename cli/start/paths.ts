import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder with package.json: two levels up from the sources, three from `dist/`. */
export const projectRoot = closestWith('package.json', import.meta.dirname);

/** The file of a process as it is built, such as `dist/services/denmark/main.js`. */
export const scriptOf = (...path: string[]): string => `${join(projectRoot, 'dist', ...path)}.js`;

/** What Node needs in order to load such a file before the one it runs. */
export const preload = (script: string): string[] => ['--import', pathToFileURL(script).href];

function closestWith(file: string, folder: string): string {
  if (existsSync(join(folder, file)) || dirname(folder) === folder) return folder;
  return closestWith(file, dirname(folder));
}

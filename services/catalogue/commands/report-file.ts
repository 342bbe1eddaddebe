import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { InvalidArgumentError } from 'commander';

/** Checks, before anything is done, that a report can be written: for commander. */
export function parseReportPath(path: string): string {
  if (!existsSync(dirname(resolve(path)))) throw new InvalidArgumentError(`There is no folder ${dirname(path)}.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new InvalidArgumentError(`${path} is a folder.`);
  return path;
}

/** Writes a report as JSON. */
export const writeReport = (path: string, report: object): void => {
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
};

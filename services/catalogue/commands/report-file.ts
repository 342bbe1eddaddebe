import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Sees to it that a report can be written, before anything is done. Throws Error where it cannot. */
export function checkReportPath(path: string): void {
  if (!existsSync(dirname(resolve(path)))) throw new Error(`--report: there is no folder ${dirname(path)}.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`--report: ${path} is a folder.`);
}

/** Writes a report for machines. */
export const writeReport = (path: string, report: object): void => {
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
};

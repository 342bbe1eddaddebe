import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectPath } from '../../schema/files.js';

/** A copy of a country's tables with fewer rows. */
export interface ShortTables {
  readonly folder: string;
  readonly remove: () => void;
}

/** The tables that have tens of thousands of rows, of many organisations alike. */
const longTables = ['adoptions.csv', 'need_holders.csv'];
const maxRows = 1_000;

/**
 * Copies a country's tables, with rows from all parts of the longest. Most tests need each kind of row and no particular number of
 * them, and with all of them, an import and an index take several times as long.
 */
export function copyShortTables(country: string): ShortTables {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-tables-'));
  cpSync(projectPath(`services/${country}/data`), folder, { recursive: true });
  for (const table of longTables) {
    const path = join(folder, table);
    // No cell of these tables has a line break.
    const [header = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
    const step = Math.ceil(rows.length / maxRows);
    writeFileSync(path, [header, ...rows.filter((_, index) => index % step === 0), ''].join('\n'));
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

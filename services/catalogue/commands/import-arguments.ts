import { parseArgs } from 'node:util';

import { isDay } from '../../../schema/values/scalars.js';
import { type Day, today } from '../../shared/dates.js';
import { type Batch, findBatch } from '../import/tables/table-files.js';
import { findPubliccodeFiles, type PubliccodeFile } from '../import/publiccode/find-files.js';
import { checkReportPath } from './report-file.js';
import type { MissingPolicy } from '../import/tables/missing-rows.js';

/** A command line that cannot be followed. */
export class UsageError extends Error {}

/** What the command line asks for. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly dryRun: boolean;
  readonly report: string | undefined;
  readonly missing: MissingPolicy | null;
  readonly on: Day;
  readonly overwriteEdits: boolean;
  /** The options that only tables have. */
  readonly ofTables: readonly string[];
}

/**
 * Reads the command line.
 *
 * @throws UsageError
 */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = asUsage(() => parse(args));
  const { missing = null, on } = values;
  if (missing !== null && missing !== 'keep' && missing !== 'end') {
    throw new UsageError(`--missing must be keep or end, not ${JSON.stringify(missing)}.`);
  }
  if (on !== undefined && !isDay(on))
    throw new UsageError(`--on must be a day such as 2026-12-31, not ${JSON.stringify(on)}.`);
  if (on !== undefined && missing !== 'end')
    throw new UsageError('--on says when what vanished ends: it needs --missing end.');
  return {
    paths: positionals,
    dryRun: values['dry-run'] ?? false,
    report: values.report,
    missing,
    on: on ?? today(),
    overwriteEdits: values['overwrite-edits'] ?? false,
    ofTables: Object.keys(values).filter((option) => ['missing', 'on'].includes(option)),
  };
}

function parse(args: readonly string[]) {
  const parsed = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      report: { type: 'string' },
      missing: { type: 'string' },
      on: { type: 'string' },
      'overwrite-edits': { type: 'boolean' },
    },
  });
  if (parsed.values.report !== undefined) checkReportPath(parsed.values.report);
  return parsed;
}

/** What is wrong here is wrong with the command line. */
function asUsage<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * What the paths of a command line mean: tables, or publiccode.yml files.
 *
 * @throws UsageError naming the path that means nothing.
 */
export function findSources({ paths, ofTables }: Arguments): {
  readonly batch: Batch | null;
  readonly files: readonly PubliccodeFile[];
} {
  return asUsage(() => {
    const batch = findBatch(paths);
    if (!batch && ofTables.length > 0) {
      throw new Error(`--${ofTables[0] ?? ''} is for tables; ${paths.join(', ')} has none of a catalogue's.`);
    }
    const files = batch ? [] : findPubliccodeFiles(paths);
    if (!batch && files.length === 0) {
      throw new Error(`There is no table of a catalogue and no .yml file in ${paths.join(', ')}.`);
    }
    return { batch, files };
  });
}

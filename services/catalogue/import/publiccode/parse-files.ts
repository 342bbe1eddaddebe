import { resolve } from 'node:path';

import { toSolutionAddress } from '../../../../schema/values/solution-address.js';
import { FileError, readFile } from '../../../kit/read-file.js';
import { type Day, today } from '../../../shared/dates.js';
import { readPubliccode } from '../../publiccode/read-publiccode.js';
import type { PubliccodeRecord } from '../../publiccode/record.js';
import type { QualityIssue } from '../../publiccode/rules.js';
import type { PubliccodeFile } from './find-files.js';
import { maxFileBytes } from './max-file-bytes.js';

/** A file, as far as it could be read. */
export interface ParsedFile {
  readonly path: string;
  readonly absolutePath: string;
  readonly list: string | null;
  readonly observedOn: Day;
  readonly record: PubliccodeRecord | null;
  /**
   * The address of the solution: the repository where its file was found, because copies and products of one publisher name
   * another repository than their own; else the one in the file.
   */
  readonly address: string | null;
  readonly issues: readonly QualityIssue[];
  readonly validByStandard: boolean | null;
  /** Whether all of it was parsed. */
  readonly isComplete: boolean;
  /** Why nothing of it can be imported, whatever the catalogue contains. */
  readonly rejected: string | null;
}

/** @param onBytes is called with the content of each file that could be read. */
export function parseFile(file: PubliccodeFile, onBytes: (bytes: Uint8Array) => void): ParsedFile {
  const common = { path: file.path, absolutePath: resolve(file.path), list: file.list };
  try {
    const { bytes, changedAt } = readFile(file.path, maxFileBytes);
    onBytes(bytes);
    const options = file.repository === null ? {} : { repository: file.repository };
    const { record, issues, isValidByStandard, isComplete } = readPubliccode(bytes, options);
    const address = record && (toSolutionAddress(file.repository ?? '') ?? toSolutionAddress(record.url ?? ''));
    return {
      ...common,
      observedOn: file.observedOn ?? dayOf(changedAt),
      record,
      address,
      issues,
      validByStandard: isValidByStandard,
      isComplete,
      rejected: findReason({ record, address, issues, isComplete }),
    };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return {
      ...common,
      observedOn: '',
      record: null,
      address: null,
      issues: [],
      validByStandard: null,
      isComplete: false,
      rejected: `it ${error.message}`,
    };
  }
}

/** The day of a moment, unless a clock is wrong. */
const dayOf = (moment: Date): Day => [moment.toISOString().slice(0, 10), today()].sort()[0] ?? today();

/** Where the parser stopped: `in line 3, column 7`. */
export function describeBreak(issues: readonly QualityIssue[]): string {
  const broken = issues.find(({ rule }) => rule === 'yaml-syntax');
  if (!broken) return 'it could not be read to its end';
  const { line, column } = broken;
  return `it has a YAML syntax error${line === null ? '' : ` in line ${line}, column ${column ?? 1}`}`;
}

function findReason({
  record,
  address,
  issues,
  isComplete,
}: Pick<ParsedFile, 'record' | 'address' | 'issues' | 'isComplete'>): string | null {
  // A name that precedes the syntax error is in the file; otherwise it was derived from something else.
  const hasName = !issues.some(({ path, rule }) => path === 'name' && rule === 'missing');
  const isBroken = issues.some(({ rule }) => rule === 'yaml-syntax');
  if (isBroken && !isComplete && !(record && address !== null && hasName)) return describeBreak(issues);
  if (!record) return 'it is not a publiccode.yml file';
  return address === null ? 'neither the file nor the list contains the address of the repository' : null;
}

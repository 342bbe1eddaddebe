import type { FileReport, PubliccodeReport } from '../import/publiccode/import-publiccode.js';
import { section } from './report-section.js';

/** Summarises an import for a person: what was written, what was not and why, and which rules are violated most. */
export function summarise({ dryRun, records, adoptions, edited, files }: PubliccodeReport): string {
  const rejected = files.filter(({ rejected }) => rejected !== null);
  const named = sum(files, ({ users }) => users.named);
  const matched = sum(files, ({ users }) => users.matched);
  return [
    ...(dryRun ? ['Nothing was written: this was a dry run.'] : []),
    `${files.length} files: ${formatCounts(records)} records, ${rejected.length} rejected`,
    `${named} users named, ${matched} matched (${percent(matched, named)}): ${formatCounts(adoptions)} adoptions`,
    ...section(
      'Rejected',
      rejected.map(({ file, rejected }) => `${file}: ${rejected ?? ''}`),
    ),
    ...section('Edited since the last import, and left as they are (--overwrite-edits overwrites them)', edited),
    ...section('Deviations from publiccode.yml 0.7, most frequent first', countRules(files)),
    ...section('Users to choose by hand, since their names are ambiguous or uncertain', unmatchedNames(files)),
  ].join('\n');
}

const sum = <Item>(items: readonly Item[], amount: (item: Item) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);

const percent = (part: number, whole: number): string =>
  whole === 0 ? 'none to match' : `${Math.round((100 * part) / whole)} %`;

const formatCounts = ({ created, changed, unchanged }: PubliccodeReport['records']): string =>
  `${created} new, ${changed} changed, ${unchanged} unchanged`;

function countRules(files: readonly FileReport[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule, severity } of files.flatMap(({ issues }) => issues)) {
    const key = `${severity} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left).map(([rule, count]) => `${count} × ${rule}`);
}

const unmatchedNames = (files: readonly FileReport[]): string[] =>
  files
    .flatMap(({ users }) => users.open)
    .filter(({ candidates }) => candidates.length > 0)
    .map(
      ({ name, candidates }) => `${name}: ${candidates.map(({ administrationId }) => administrationId).join(', ')}?`,
    );

import type {
  Disappeared,
  FileReport,
  MovedRepository,
  PubliccodeReport,
} from '../import/publiccode/publiccode-report.js';
import { needsPolicy } from '../import/publiccode/publiccode-report.js';
import { describeIssues, maxFilesWithIssues } from './issue-lines.js';
import { chooseMaxEnded, section } from './report-section.js';

/**
 * Summarises an import for a person: what was written, what was not and why, what disappeared, and the issues of each file if
 * there are few or `issues` is set, else the rules that are violated most.
 */
export function summarise(report: PubliccodeReport, { issues = false }: { readonly issues?: boolean } = {}): string {
  const { dryRun, missing, records, adoptions, edited, files, problems, others, moved, tooManyDisappeared } = report;
  const rejected = files.filter(({ rejected }) => rejected !== null);
  const valid = files.filter(({ validByStandard }) => validByStandard === true);
  const named = sum(files, ({ users }) => users.named);
  const matched = sum(files, ({ users }) => users.matched);
  const disappearedWith = (outcome: Disappeared['outcome']): string[] =>
    report.disappeared.filter((item) => item.outcome === outcome).map(describeDisappeared);
  const movedWith = (policy: MovedRepository['policy']): string[] =>
    moved
      .filter((item) => item.policy === policy)
      .map(({ file, record, from, to }) => `${record}: ${from} → ${to} (${file})`);
  return [
    ...opening(report),
    `${files.length} files: ${formatCounts(records)} records, ${rejected.length} rejected`,
    `${named} users named, ${matched} matched (${percent(matched, named)}): ${formatCounts(adoptions)} adoptions`,
    `${valid.length} of ${files.length} files are valid by the standard`,
    ...(others > 0 ? [`${others} other YAML files in the folders were not read`] : []),
    ...section(
      'Not read',
      problems.map(({ path, message }) => `${path} ${message}`),
    ),
    ...section(
      'Rejected',
      rejected.map(({ file, rejected }) => `${file}: ${rejected ?? ''}`),
    ),
    ...section(
      'Repositories that seem to have moved; not imported until you choose --moved follow (their records follow) or --moved separate',
      movedWith(null),
    ),
    ...section('Repositories that moved, whose records followed', movedWith('follow')),
    ...section('Other solutions of the same name and publisher', movedWith('separate')),
    ...section('Edited since the last import, and left as they are (--overwrite-edits overwrites them)', [
      ...edited,
      ...disappearedWith('EDITED'),
    ]),
    ...section(`Disappeared, and ended on ${report.on}`, disappearedWith('ENDED')),
    ...section('Disappeared, and withdrawn, since they have no period that could end', disappearedWith('WITHDRAWN')),
    ...section('Disappeared, and kept', disappearedWith('KEPT')),
    ...section('Disappeared', disappearedWith(null)),
    ...(missing === null && needsPolicy(report) ? ['', chooseMissingPolicy(dryRun)] : []),
    ...chooseMaxEnded(
      'Are the files complete?',
      tooManyDisappeared,
      ({ rows, missing: gone, of }) => `Of the ${of} ${rows} that these files stated, ${gone} disappeared`,
    ),
    ...(issues || files.length <= maxFilesWithIssues
      ? ['', ...files.flatMap((file) => describeIssues(file))]
      : section(
          'Deviations from publiccode.yml 0.7, most frequent first (--issues lists them by file)',
          countRules(files),
        )),
    ...section('Users to choose by hand, since their names are ambiguous or uncertain', unmatchedNames(files)),
  ].join('\n');
}

function opening(report: PubliccodeReport): string[] {
  if (report.tooManyDisappeared.length > 0) return ['Nothing was written: too much disappeared from the files.'];
  if (needsPolicy(report)) return ['Nothing was written: something disappeared, and --missing was not given.'];
  return report.dryRun ? ['Nothing was written: this was a dry run.'] : [];
}

const chooseMissingPolicy = (dryRun: boolean): string =>
  `Choose what happens to what disappeared${dryRun ? '' : ', and import again'}: --missing keep leaves it as it is, --missing end ends it today, or on the day of --on.`;

const reasons: Readonly<Record<Disappeared['what'], string>> = {
  USER: 'is no longer a user in',
  FILE: 'was in a file that is gone:',
  ADDRESS: 'was in a file that names another repository now:',
};

const describeDisappeared = ({ what, id, address, name, file }: Disappeared): string =>
  `${id} (${name}, ${address}) ${reasons[what]} ${file ?? 'its file'}`;

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

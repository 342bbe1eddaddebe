import type { CommandUsage } from '../../kit/cli.js';
import { parseReportPath } from './report-file.js';

/** The options as they are typed. */
export interface QualityCommandLine {
  readonly report?: string;
}

/** How the command of one country is used; `country` is its folder. */
export const qualityUsage = (country: string): CommandUsage<QualityCommandLine> => ({
  description: `Reports data-quality issues of a catalogue, and writes nothing: organisations without a code, doubtful dates,
contradictions, names that were not matched, contracts that ended, records without a licence, stale adoptions and more, each
with its ids.`,
  examples: [
    [`npm run quality -- ${country}`, 'the first ten of each issue'],
    [`npm run quality -- ${country} --report q.json`, 'the first thousand of each, as JSON'],
  ],
  define: (command) => {
    command.option('--report <file>', 'write the whole report as JSON', parseReportPath);
  },
  notes:
    'Exit code: 0 with or without issues, 1 the database or the configuration is wrong, 2 the command line is wrong.',
});

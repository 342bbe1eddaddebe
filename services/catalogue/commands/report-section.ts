import type { Excess } from '../import/tables/missing-rows.js';

const maxLines = 10;

/** A section of a command's output: a title and its first lines. `count` is the number of all lines if these are not all. */
export const section = (title: string, lines: readonly string[], count = lines.length): string[] =>
  lines.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...lines.slice(0, maxLines).map((line) => `  ${line}`),
        ...(count > maxLines ? [`  … and ${count - maxLines} more, in the report (--report)`] : []),
      ];

/** What to do if more rows are missing than may end, as lines; none otherwise. */
export const chooseMaxEnded = <Some extends Excess>(
  question: string,
  excesses: readonly Some[],
  describe: (excess: Some) => string,
): string[] =>
  excesses.length === 0
    ? []
    : [
        '',
        ...excesses.map((excess) => `${describe(excess)}; --missing end would end them.`),
        `${question} If they have ended, repeat with --max-ended ${Math.max(...excesses.map(({ missing }) => missing))}.`,
      ];

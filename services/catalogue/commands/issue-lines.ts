import { type QualityIssue, violatesStandard } from '../publiccode/rules.js';

/** The issues of more files fill more than a screen, and are printed only if they are asked for. */
export const maxFilesWithIssues = 5;

interface FileWithIssues {
  readonly file: string;
  readonly validByStandard: boolean | null;
  readonly issues: readonly QualityIssue[];
}

/** The issues of a file, one per line as compilers write them, and its verdict. */
export const describeIssues = ({ file, validByStandard, issues }: FileWithIssues): string[] =>
  validByStandard === null
    ? []
    : [
        ...issues.map((issue) => `${file}:${describeIssue(issue)}`),
        `${file}: ${validByStandard ? 'valid' : 'not valid by the standard'}`,
      ];

function describeIssue({ path, rule, severity, message, line, column }: QualityIssue): string {
  const position = line === null ? '' : `${line}:${column ?? 1}:`;
  const verdict = violatesStandard(rule) === false ? '' : ' (violates the standard)';
  return `${position} ${severity} ${path === '' ? '' : `${path} `}${message}${verdict}`;
}

import type { YamlPath } from './values.js';

export type Severity = 'ERROR' | 'WARNING' | 'INFO';

/**
 * The issues of publiccode.yml files. ERROR: the reader could not repair it: a value is missing, lost, or kept although it is
 * wrong. WARNING: understood and kept, but deprecated or repaired. INFO: not kept, or worth knowing.
 */
export const rules = {
  // The file
  'too-large': 'ERROR',
  binary: 'ERROR',
  'unreadable-characters': 'ERROR',
  encoding: 'WARNING',
  'byte-order-mark': 'INFO',
  'line-endings': 'INFO',
  'yaml-syntax': 'ERROR',
  'unknown-tag': 'WARNING',
  'too-deep': 'ERROR',
  'several-documents': 'ERROR',
  'duplicate-key': 'ERROR',
  'not-publiccode': 'ERROR',
  'more-issues': 'INFO',
  // Keys
  missing: 'ERROR',
  'missing-name': 'WARNING',
  'missing-uri': 'WARNING',
  'unknown-key': 'INFO',
  'removed-key': 'INFO',
  'key-case': 'WARNING',
  'renamed-key': 'WARNING',
  'deprecated-key': 'INFO',
  'deprecated-section': 'WARNING',
  'repeated-section': 'WARNING',
  'country-section': 'INFO',
  'unknown-version': 'WARNING',
  'other-version': 'INFO',
  'version-not-text': 'WARNING',
  // The form of values
  'wrong-type': 'ERROR',
  'not-text': 'WARNING',
  'section-for-text': 'WARNING',
  'not-a-list': 'WARNING',
  'not-a-section': 'WARNING',
  'not-boolean': 'WARNING',
  'empty-value': 'WARNING',
  'repeated-value': 'INFO',
  'control-characters': 'WARNING',
  'too-long': 'WARNING',
  'too-short': 'ERROR',
  'over-limit': 'WARNING',
  // The content of values
  'unknown-value': 'ERROR',
  'mapped-value': 'WARNING',
  'value-case': 'WARNING',
  'country-case': 'WARNING',
  'language-form': 'WARNING',
  'language-case': 'INFO',
  'language-unknown': 'WARNING',
  'bad-date': 'ERROR',
  'date-form': 'WARNING',
  'future-date': 'ERROR',
  'bad-url': 'ERROR',
  'unsafe-url': 'ERROR',
  'mended-url': 'WARNING',
  'git-address': 'WARNING',
  credentials: 'WARNING',
  'bad-email': 'WARNING',
  'bad-media-type': 'WARNING',
  'file-type': 'WARNING',
  'missing-file': 'WARNING',
  'not-an-image': 'WARNING',
  'not-oembed': 'WARNING',
  'other-repository': 'WARNING',
  'licence-unknown': 'ERROR',
  'licence-form': 'WARNING',
  'licence-deprecated': 'WARNING',
  'contradicting-organisations': 'WARNING',
  'contractors-without-contract': 'ERROR',
  'persons-not-kept': 'INFO',
} as const satisfies Readonly<Record<string, Severity>>;

export type Rule = keyof typeof rules;

/**
 * The rules that a file may break and still be valid: of what the standard only deprecates, and of this catalogue alone. All
 * others are violations of version 0.7 as publiccode-parser-go, the parser of the standard's authors, understands it.
 */
const permittedRules: ReadonlySet<string> = new Set<Rule>([
  ...(['byte-order-mark', 'line-endings', 'unknown-tag', 'more-issues', 'missing-name'] as const),
  ...(['deprecated-key', 'deprecated-section', 'not-text', 'repeated-value', 'licence-form'] as const),
  ...(['control-characters', 'over-limit', 'value-case', 'country-case', 'language-case', 'future-date'] as const),
  ...(['git-address', 'credentials', 'other-repository', 'licence-deprecated', 'contradicting-organisations'] as const),
  'persons-not-kept',
]);

/** Whether a file with an issue of this rule is not valid. Null for a rule that a later or earlier release has. */
export const violatesStandard = (rule: string): boolean | null => (rule in rules ? !permittedRules.has(rule) : null);

/** A place in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One deviation of a file from the standard. The path and the message together are a sentence. */
export interface QualityIssue {
  /** `description.it.features[2]`; empty for the file as a whole. */
  readonly path: string;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
  /** Of the key, or of the section that lacks it. Null for the file as a whole. */
  readonly line: number | null;
  readonly column: number | null;
}

/** Reports an issue; its position follows from its path, unless it is given. */
export type Report = (path: YamlPath, rule: Rule, message: string, position?: Position | null) => void;

/** More issues are not useful, and a file can have a million. */
export const maxIssues = 200;

/** The issues of a file, in the order in which they are found. */
export interface IssueCollection {
  readonly issues: readonly QualityIssue[];
  /** Adds an issue; those beyond the limit are only counted, in the last one. */
  readonly report: Report;
  /** Whether no issue so far, listed or not, violates the standard. */
  readonly isValid: () => boolean;
}

export function collectIssues(): IssueCollection {
  const issues: QualityIssue[] = [];
  let beyond = 0;
  let valid = true;
  const report: Report = (path, rule, message, position) => {
    valid &&= permittedRules.has(rule);
    if (issues.length < maxIssues) {
      const { line = null, column = null } = position ?? {};
      issues.push({ path: abbreviate(path, 200), rule, severity: rules[rule], message, line, column });
      return;
    }
    beyond += 1;
    const more = `has ${String(beyond)} more issues, which are not listed`;
    issues[maxIssues] = { path: '', rule: 'more-issues', severity: 'INFO', message: more, line: null, column: null };
  };
  return { issues, report, isValid: () => valid };
}

/** A text for a message: on one line, and truncated. */
export function abbreviate(text: string, maxLength = 60): string {
  const line = text
    .slice(0, 4 * maxLength)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength).replace(/\p{Cs}$/u, '')}…` : line;
}

/** A text for a message, in quotes. */
export const quoted = (text: string): string => JSON.stringify(abbreviate(text));

import type { YamlPath } from './values.js';

export type Severity = 'ERROR' | 'WARNING' | 'INFO';

/**
 * The issues of publiccode.yml files. ERROR: the file is not valid 0.7, and the reader could not repair it: a value is missing,
 * lost, or kept although it is wrong. WARNING: understood and kept, but deprecated or repaired. INFO: valid, but not kept. So a
 * record that is written out again is valid if and only if reading it reports no ERROR.
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
  'too-deep': 'ERROR',
  'several-documents': 'ERROR',
  'duplicate-key': 'ERROR',
  'not-publiccode': 'ERROR',
  'more-issues': 'INFO',
  // Keys
  missing: 'ERROR',
  'unknown-key': 'INFO',
  'key-case': 'WARNING',
  'renamed-key': 'WARNING',
  'deprecated-key': 'INFO',
  'deprecated-section': 'WARNING',
  'country-section': 'INFO',
  'unknown-version': 'WARNING',
  // The form of values
  'wrong-type': 'ERROR',
  'not-text': 'WARNING',
  'not-a-list': 'WARNING',
  'not-a-section': 'WARNING',
  'not-boolean': 'WARNING',
  'empty-value': 'WARNING',
  'repeated-value': 'INFO',
  'control-characters': 'WARNING',
  'too-long': 'WARNING',
  'too-many': 'WARNING',
  'too-short': 'ERROR',
  // The content of values
  'unknown-value': 'ERROR',
  'mapped-value': 'WARNING',
  'country-case': 'WARNING',
  'language-form': 'WARNING',
  'bad-date': 'ERROR',
  'bad-url': 'ERROR',
  'unsafe-url': 'ERROR',
  'mended-url': 'WARNING',
  credentials: 'WARNING',
  'other-repository': 'WARNING',
  'licence-unknown': 'ERROR',
  'licence-deprecated': 'WARNING',
  'contradicting-organisations': 'WARNING',
  'contractors-without-contract': 'ERROR',
  'persons-not-kept': 'INFO',
} as const satisfies Readonly<Record<string, Severity>>;

export type Rule = keyof typeof rules;

/** One deviation of a file from the standard. The path and the message together are a sentence. */
export interface QualityIssue {
  /** `description.it.features[2]`; empty for the file as a whole. */
  readonly path: string;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
}

export type Report = (path: YamlPath, rule: Rule, message: string) => void;

/** More issues are not useful, and a file can have a million. */
export const maxIssues = 200;

/** A list of issues and the function that adds to it; issues beyond the limit are only counted, in the last one. */
export function collectIssues(): { readonly issues: readonly QualityIssue[]; readonly report: Report } {
  const issues: QualityIssue[] = [];
  let beyond = 0;
  const report: Report = (path, rule, message) => {
    if (issues.length < maxIssues) {
      issues.push({ path: abbreviate(path, 200), rule, severity: rules[rule], message });
      return;
    }
    beyond += 1;
    const more = `has ${String(beyond)} more issues, which are not listed`;
    issues[maxIssues] = { path: '', rule: 'more-issues', severity: 'INFO', message: more };
  };
  return { issues, report };
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

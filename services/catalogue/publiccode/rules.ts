import type { YamlPath } from './values.js';

export type Severity = 'ERROR' | 'WARNING' | 'INFO';

/**
 * What a publiccode.yml can have wrong. ERROR: it is not valid 0.7 there, and reading could not mend that: something is
 * absent, lost, or kept as it is though wrong. WARNING: understood and kept, though deprecated, or only once mended. INFO:
 * nothing is wrong, but something is not kept. So a record written out again is valid exactly when reading it gives no ERROR.
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
  // What values say
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

/** One departure of a file from the standard. The path and the message together are a sentence. */
export interface QualityIssue {
  /** `description.it.features[2]`; empty for the file as a whole. */
  readonly path: string;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
}

export type Report = (path: YamlPath, rule: Rule, message: string) => void;

/** More of them help nobody, and a file may have a million. */
export const maxIssues = 200;

/** A list of issues, and the function that adds to it; what goes beyond the limit is only counted, by the last one. */
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

/** A text for a message: on one line, and no longer than allowed. */
export function abbreviate(text: string, longest = 60): string {
  const line = text
    .slice(0, 4 * longest)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest).replace(/\p{Cs}$/u, '')}…` : line;
}

/** A text for a message, in quotes. */
export const quoted = (text: string): string => JSON.stringify(abbreviate(text));

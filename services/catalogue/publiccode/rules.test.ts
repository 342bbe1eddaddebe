import { collectIssues, maxIssues, abbreviate, violatesStandard } from './rules.js';

it('gives each issue the severity of its rule', () => {
  const { issues, report } = collectIssues();
  report('name', 'missing', 'is mandatory');
  expect(issues).toEqual([
    { path: 'name', rule: 'missing', severity: 'ERROR', message: 'is mandatory', line: null, column: null },
  ]);
});

it('finds a file valid unless an issue violates the standard, also one that is not listed', () => {
  const { issues, report, isValid } = collectIssues();
  for (let count = 0; count < maxIssues; count += 1) report('', 'deprecated-key', 'is deprecated');
  expect(isValid()).toBe(true);
  report('', 'unknown-key', 'is not a key');
  expect([isValid(), issues.some(({ rule }) => rule === 'unknown-key')]).toEqual([false, false]);
  expect(['unknown-key', 'deprecated-key', 'of-another-release'].map(violatesStandard)).toEqual([true, false, null]);
});

it('lists a limited number of issues and counts the rest', () => {
  const { issues, report } = collectIssues();
  for (let count = 0; count < maxIssues + 50; count += 1) report('', 'unknown-key', 'is not a key');
  expect(issues).toHaveLength(maxIssues + 1);
  expect(issues.at(-1)).toMatchObject({ rule: 'more-issues', message: 'has 50 more issues, which are not listed' });
});

it('abbreviates texts and puts them on one line', () => {
  expect(abbreviate('a\n\0b \ud800c')).toBe('a b c');
  expect(abbreviate('x'.repeat(100), 5)).toBe('xxxxx…');
  expect(abbreviate('xxxx\u{1F600}', 5)).toBe('xxxx…');
});

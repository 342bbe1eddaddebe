import { findDisturbances, formatAbuseReport, toMedian } from './abuse-scenario.js';
import type { AttackReport } from '../abuse/play-attack.js';

const calm = { undisturbed: 10, attacked: 12 };
const report: AttackReport = {
  name: 'a flood',
  responses: 7,
  p95: { cached: calm, executed: calm, page: calm, planned: { undisturbed: 90, attacked: 66 } },
  problems: ['2 × cached: status 503'],
};
const quiet = (undisturbed: number): AttackReport => ({
  ...report,
  p95: { ...report.p95, planned: { undisturbed, attacked: 40 } },
  problems: [],
});
const reports = [report, quiet(30), quiet(20)];

it('findDisturbances reports problems, and a p95 that is more than twice the median of all periods before attacks', () => {
  expect(findDisturbances(reports)).toEqual([
    'a flood: 2 × cached: status 503',
    'a flood: the p95 of planned requests grew from 30.0 ms to 66.0 ms',
  ]);
});

it('findDisturbances reports a kind of request without any response', () => {
  const silent = { ...report, p95: { ...report.p95, planned: { undisturbed: 30, attacked: NaN } }, problems: [] };
  expect(findDisturbances([silent])).toEqual(['a flood: the p95 of planned requests grew from 30.0 ms to NaN ms']);
});

it('toMedian has the medians of several rounds, and the problems of all', () => {
  const [, second, third] = reports;
  if (!second || !third) throw new Error('There are three reports.');
  expect(toMedian([report, second, third])).toEqual({
    name: 'a flood (median of 3)',
    responses: 21,
    p95: { cached: calm, executed: calm, page: calm, planned: { undisturbed: 30, attacked: 40 } },
    problems: ['2 × cached: status 503'],
  });
});

it('formatAbuseReport shows the latencies before and during each attack, their limit and whether it was kept', () => {
  const text = formatAbuseReport(reports);
  expect(text).toMatch(/a flood +cached +10.0 ms +12.0 ms +25.0 ms +kept/);
  expect(text).toMatch(/a flood +planned +90.0 ms +66.0 ms +65.0 ms +EXCEEDED/);
});

import type { Slice } from './measure.js';
import { apollo, bareServer, gateways } from './gateway-list.js';
import { createReport } from './report.js';
import { createScenarios } from './scenarios.js';

const [ours = apollo] = gateways;
const [scenario] = createScenarios([]);

/** A slice of one second with a number of responses and their CPU time. */
const slice = (responses: number, cpu: number): Slice => ({
  responses,
  milliseconds: 1_000,
  latencies: Array.from({ length: responses }, (_, index) => index),
  cpu,
  fetches: 2 * responses,
  clientBusy: 0.25,
});

const rowsOf = (...results: Parameters<typeof createReport>[1]): readonly (readonly string[])[] =>
  scenario ? createReport(scenario, results, []).rows : [];

const plain = { gateway: apollo, slices: [slice(101, 404), slice(101, 808)], memory: 2 ** 28 };

it('createReport compares CPU per request with plain Apollo, round by round', () => {
  const own = { gateway: ours, slices: [slice(201, 201), slice(201, 201)], memory: 2 ** 27 };
  expect(rowsOf(own, plain)).toEqual([
    ['ours', '201', '100.0 ms', '198.0 ms', '1.00 ms', '0.17 × (0.13–0.25)', '128 MB', '2.0', '25 %'],
    [apollo.name, '101', '50.0 ms', '99.0 ms', '6.00 ms', '1', '256 MB', '2.0', '25 %'],
  ]);
});

it('createReport compares the rate with that of a bare server where there is one', () => {
  const bare = { gateway: bareServer(''), slices: [slice(1_010, 30)], memory: 2 ** 25 };
  expect(rowsOf(plain, bare).map((row) => row.at(-2))).toEqual(['0.10', '1.00']);
  expect(rowsOf(plain, bare)[1]?.[4]).toBe('0.030 ms');
});

it('createReport prints "not measured" for figures that the system does not report', () => {
  const row = rowsOf({ gateway: ours, slices: [slice(10, NaN)], memory: NaN }, plain)[0];
  expect(row?.slice(4, 7)).toEqual(['not measured', 'not measured', 'not measured']);
});

import type { Profiler } from 'node:inspector';

import { formatShares, getShares } from './profile.js';

const root = '/somewhere';
const frames = [
  ['(idle)', ''],
  ['writev', ''],
  ['hash', ''],
  ['(garbage collector)', ''],
  ['end', 'node:_http_outgoing'],
  ['wasm-function[2]', 'wasm://wasm/0034'],
  ['dispatch', `${root}/node_modules/undici/lib/core/request.js`],
  ['execute', `${root}/node_modules/@apollo/server/dist/index.js`],
  ['runPlan', `file://${root}/dist/gateway/execution/run-plan.js`],
  ['main', `file://${root}/dist/gateway/gateway.js`],
  ['isDay', `file://${root}/dist/schema/values/scalars.js`],
] as const;

/** A profile with the given number of samples of each frame, each of one millisecond. */
const profileOf = (...times: readonly number[]): Profiler.Profile => {
  const samples = times.flatMap((count, index) => Array.from({ length: count }, () => index));
  return {
    nodes: frames.map(([functionName, url], id) => ({
      id,
      callFrame: { functionName, url, scriptId: '', lineNumber: 0, columnNumber: 0 },
    })),
    samples,
    timeDeltas: samples.map(() => 1_000),
    startTime: 0,
    endTime: 0,
  };
};

it('getShares returns the share of each part in the time that was not idle, the largest first', () => {
  const shares = getShares(profileOf(50, 40, 2, 3, 10, 4, 6, 5, 20, 7, 3));
  expect(shares.map(({ part, share }) => [part, Math.round(share * 100)])).toEqual([
    ['writing to sockets', 40],
    ['gateway/execution', 20],
    ['Node’s HTTP, streams and timers', 10],
    ['undici', 10],
    ['gateway/gateway', 7],
    ['@apollo/server', 5],
    ['garbage collection', 3],
    ['services/kit and schema', 3],
    ['V8 and other native code', 2],
  ]);
});

it('formatShares prints shares in one line, with those below one percent together', () => {
  const small = Array.from({ length: 6 }, (_, index) => ({ part: `small ${index}`, share: 0.005 }));
  expect(formatShares([{ part: 'one', share: 0.75 }, { part: 'other', share: 0.22 }, ...small])).toBe(
    '75 % one, 22 % other, 3 % others',
  );
});

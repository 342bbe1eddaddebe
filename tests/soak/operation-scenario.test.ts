import { findOperationProblems } from './operation-scenario.js';

it('findOperationProblems reports a heap that grows after the caches are filled, and wrong responses', () => {
  const filled = [...Array.from({ length: 8 }, (_, index) => 50 + 20 * index), ...Array<number>(12).fill(210)];
  expect(findOperationProblems({ problems: [], liveMemory: filled })).toEqual([]);
  const growing = Array.from({ length: 20 }, (_, index) => 50 + 20 * index);
  expect(findOperationProblems({ problems: ['status 503'], liveMemory: growing })).toEqual([
    'status 503',
    "the gateway's heap grew from 250 to 390 MB",
  ]);
});

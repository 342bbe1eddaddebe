import { findGrowth } from './format-fault-report.js';

const flat = (value: number): number[] => Array<number>(100).fill(value);
const steep = flat(0).map((_, index) => 100 + index);
const steady = { memory: flat(400), liveMemory: flat(50), handles: flat(90) };

it('findGrowth returns the figures that grew beyond their tolerance', () => {
  expect(findGrowth({ processSamples: steady })).toEqual([]);
  expect(findGrowth({ processSamples: { ...steady, liveMemory: steep } })).toEqual([
    'the gateway grew: live heap, MB, from 152 to 187',
  ]);
});

it('findGrowth returns nothing for too few samples', () => {
  expect(findGrowth({ processSamples: { ...steady, liveMemory: [1, 1_000] } })).toEqual([]);
});

import { overgrown } from './fault-figures.js';

const flat = (value: number): number[] => Array<number>(100).fill(value);
const steep = flat(0).map((_, index) => 100 + index);
const steady = { memory: flat(400), liveMemory: flat(50), handles: flat(90) };

it('says what grew, and nothing of what did not', () => {
  expect(overgrown({ vitals: steady })).toEqual([]);
  expect(overgrown({ vitals: { ...steady, liveMemory: steep } })).toEqual([
    'the gateway grew, memory needed, MB: from 152 to 187',
  ]);
});

it('says nothing of a moment', () => {
  expect(overgrown({ vitals: { ...steady, liveMemory: [1, 1_000] } })).toEqual([]);
});

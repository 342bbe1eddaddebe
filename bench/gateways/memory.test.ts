import { peakMemory } from './memory.js';

it('peakMemory returns the peak memory of a process where the system reports it', () => {
  const peak = peakMemory(process.pid);
  if (process.platform === 'linux') expect(peak).toBeGreaterThanOrEqual(process.memoryUsage.rss() / 2);
  else expect(peak).toBeNaN();
});

it('peakMemory returns NaN for a process that has ended', () => {
  expect(peakMemory(2 ** 30)).toBeNaN();
});

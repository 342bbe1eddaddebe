import { peakMemory } from './memory.js';

it('is what the process had at most, where the system tells it', () => {
  const peak = peakMemory(process.pid);
  if (process.platform === 'linux') expect(peak).toBeGreaterThanOrEqual(process.memoryUsage.rss() / 2);
  else expect(peak).toBeNaN();
});

it('is unknown of a process that is gone', () => {
  expect(peakMemory(2 ** 30)).toBeNaN();
});

import { measureGrowth, readProcessStats } from './process-stats.js';

it('readProcessStats returns the memory and handles of a process where the system reports them', () => {
  const stats = readProcessStats(process.pid);
  if (process.platform === 'linux') {
    expect(stats?.memory).toBeGreaterThan(10);
    expect(stats?.handles).toBeGreaterThan(2);
  }
  expect(readProcessStats(2 ** 30)).toBeUndefined();
});

describe('measureGrowth', () => {
  const tolerance = { share: 0.25, absolute: 10 };
  const steady = Array.from({ length: 100 }, (_, index) => 200 + (index % 7));

  it('finds no growth where values vary around a mean', () => {
    const { early, late, allowed } = measureGrowth(steady, tolerance);
    expect(Math.abs(early - late)).toBeLessThan(2);
    expect(allowed).toBeCloseTo(early * 1.25 + 10);
  });

  it('does not count growth while the process warms up', () => {
    const { late, allowed } = measureGrowth([...Array<number>(40).fill(50), ...steady.slice(40)], tolerance);
    expect(late).toBeLessThan(allowed);
  });

  it('finds the growth of a leak', () => {
    const leaking = steady.map((value, index) => value + index * 5);
    const { late, allowed } = measureGrowth(leaking, tolerance);
    expect(late).toBeGreaterThan(allowed);
  });
});

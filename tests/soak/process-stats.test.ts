import { growthOf, vitalSigns } from './process-stats.js';

it('sees what a process holds, where the system tells', () => {
  const signs = vitalSigns(process.pid);
  if (process.platform === 'linux') {
    expect(signs?.memory).toBeGreaterThan(10);
    expect(signs?.handles).toBeGreaterThan(2);
  }
  expect(vitalSigns(2 ** 30)).toBeUndefined();
});

describe('growth', () => {
  const tolerance = { share: 0.25, besides: 10 };
  const steady = Array.from({ length: 100 }, (_, index) => 200 + (index % 7));

  it('is none where values go up and down', () => {
    const { early, late, allowed } = growthOf(steady, tolerance);
    expect(Math.abs(early - late)).toBeLessThan(2);
    expect(allowed).toBeCloseTo(early * 1.25 + 10);
  });

  it('is not what is needed to get warm', () => {
    const { late, allowed } = growthOf([...Array<number>(40).fill(50), ...steady.slice(40)], tolerance);
    expect(late).toBeLessThan(allowed);
  });

  it('is seen where something leaks', () => {
    const leaking = steady.map((value, index) => value + index * 5);
    const { late, allowed } = growthOf(leaking, tolerance);
    expect(late).toBeGreaterThan(allowed);
  });
});

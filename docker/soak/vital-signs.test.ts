import { growthOf, vitalSigns } from './vital-signs.js';

it('sees what a process holds, where the system tells', () => {
  const signs = vitalSigns(process.pid);
  if (process.platform === 'linux') {
    expect(signs?.memory).toBeGreaterThan(10);
    expect(signs?.handles).toBeGreaterThan(2);
  }
  expect(vitalSigns(2 ** 30)).toBeUndefined();
});

describe('growth', () => {
  const steady = Array.from({ length: 100 }, (_, index) => 200 + (index % 7));

  it('is none where values go up and down', () => {
    const { early, late, allowed } = growthOf(steady, 10);
    expect(Math.abs(early - late)).toBeLessThan(2);
    expect(allowed).toBeCloseTo(early * 1.25 + 10);
  });

  it('is not what is needed to get warm', () => {
    const { late, allowed } = growthOf([...Array<number>(20).fill(50), ...steady.slice(20)], 0);
    expect(late).toBeLessThan(allowed);
  });

  it('is seen where something leaks', () => {
    const { late, allowed } = growthOf(
      steady.map((value, index) => value + index * 3),
      10,
    );
    expect(late).toBeGreaterThan(allowed);
  });
});

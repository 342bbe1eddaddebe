import { cpuTimes, spent } from './cpu.js';

describe('spent', () => {
  it('sums the CPU time of each thread, and subtracts nothing for a thread that ended', () => {
    const before = new Map([
      ['a', 100],
      ['b', 900],
    ]);
    const after = new Map([
      ['a', 130],
      ['c', 5],
    ]);
    expect(spent(before, after)).toBe(35);
  });
});

describe('cpuTimes', () => {
  it('returns the CPU time of a process where the system reports it', () => {
    const before = cpuTimes([process.pid]);
    for (const until = performance.now() + 50; performance.now() < until;) Math.sqrt(until);
    const after = cpuTimes([process.pid]);
    if (before && after) expect(spent(before, after)).toBeGreaterThan(0);
    else expect(process.platform).not.toBe('linux');
  });

  it('omits processes that have ended', () => {
    expect([...(cpuTimes([2 ** 30]) ?? [])]).toEqual([]);
  });
});

import { cpuTimes, spent } from './cpu.js';

describe('spent', () => {
  it('adds what each thread had, and takes no time back for one that ended', () => {
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
  it('sees the work of a process, where the system tells it', () => {
    const before = cpuTimes([process.pid]);
    for (const until = performance.now() + 50; performance.now() < until;) Math.sqrt(until);
    const after = cpuTimes([process.pid]);
    if (before && after) expect(spent(before, after)).toBeGreaterThan(0);
    else expect(process.platform).not.toBe('linux');
  });

  it('leaves out processes that are gone', () => {
    expect([...(cpuTimes([2 ** 30]) ?? [])]).toEqual([]);
  });
});

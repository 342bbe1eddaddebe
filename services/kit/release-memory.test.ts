import { releaseMemoryWhenIdle } from './release-memory.js';
import { waitUntil } from './testing/wait-until.js';

it('memory to which nothing refers is collected once the process is idle', async () => {
  const end = releaseMemoryWhenIdle({ intervalMs: 20, maxBusyShare: 1_000, minWorkMs: 1 });
  // The first time because the heap has grown, and then because the process has worked.
  for (let time = 0; time < 2; time += 1) {
    const garbage = [new WeakRef({})];
    const isCollected = (): boolean => garbage.every((one) => one.deref() === undefined);
    await waitUntil('the garbage to be collected', isCollected, { timeoutMs: 20_000, intervalMs: 50 });
    expect(isCollected()).toBe(true);
  }
  // It would collect the garbage of all tests that the worker runs later.
  end();
});

import { releaseMemoryWhenIdle } from './release-memory.js';
import { waitUntil } from './testing/wait-until.js';

it('memory to which nothing refers is collected once the process is idle', async () => {
  const garbage = [new WeakRef({})];
  releaseMemoryWhenIdle({ intervalMs: 20, maxBusyShare: 1_000 });
  const isCollected = (): boolean => garbage.every((one) => one.deref() === undefined);
  await waitUntil('the garbage to be collected', isCollected, { timeoutMs: 20_000, intervalMs: 50 });
  expect(isCollected()).toBe(true);
});

import { releaseMemory } from './release-memory.js';
import { waitUntil } from './testing/wait-until.js';

it('memory to which nothing refers is collected soon after it is released', async () => {
  const garbage = new WeakRef({});
  releaseMemory();
  await waitUntil('the garbage to be collected', () => garbage.deref() === undefined, {
    timeoutMs: 20_000,
    intervalMs: 100,
  });
  expect(garbage.deref()).toBeUndefined();
});

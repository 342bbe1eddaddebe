import { spawnSync } from 'node:child_process';

import { heapGrowthFlag, youngObjectsFlag } from './garbage-collection.js';

it.each([
  [0, heapGrowthFlag],
  [0, youngObjectsFlag],
  [9, '--heap-growing-share=200'],
])('Node ends with code %d if it starts with %s: V8 ignores a flag that it does not know', (code, flag) => {
  expect(spawnSync(process.execPath, [flag, '--eval', '']).status).toBe(code);
});

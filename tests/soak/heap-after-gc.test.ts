import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { openInspector } from './heap-after-gc.js';

it('the inspector returns the heap that a process uses, without what it has released', async () => {
  const program =
    'globalThis.kept = Array(4_000_000).fill(0.5); Array(8_000_000).fill(0.5); setInterval(() => {}, 1000);';
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', '--eval', program]);
  try {
    const [line] = (await once(createInterface(child.stderr), 'line')) as [string];
    const inspector = await openInspector(Number(new URL(line.slice(line.indexOf('ws:'))).port));
    // The inspector connects before the program begins.
    let megabytes = 0;
    while (megabytes < 30) megabytes = await inspector.liveMemory();
    expect(megabytes).toBeLessThan(60);
    inspector.close();
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});

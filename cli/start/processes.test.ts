import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Child, startProcess, stopProcess } from './processes.js';

const never = new AbortController().signal;
const aborted = AbortSignal.abort();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** Starts a small program and waits until it prints `up`. */
async function start(source: string): Promise<Child> {
  const script = join(folder, 'child.mjs');
  await writeFile(script, `setInterval(() => {}, 1000); ${source}; console.log('up');`);
  return new Promise((resolve) => {
    const child = startProcess({ name: 'child', script, env: { PATH: process.env['PATH'] } }, (line) => {
      if (line === 'up') resolve(child);
    });
  });
}

describe('a process', () => {
  it('stops on request, and its output until then is read', async () => {
    const child = await start(`process.on('SIGTERM', () => { console.log('bye'); process.exit(7); })`);
    await stopProcess(child, 10_000, never);
    expect(child.hasEnded()).toBe(true);
    expect(await child.ended).toBe('exit code 7');
    expect(child.lastLines()).toEqual(['up', 'bye']);
  });

  it('is killed after the grace period', async () => {
    const child = await start(`process.on('SIGTERM', () => {})`);
    await stopProcess(child, 200, never);
    expect(await child.ended).toBe('SIGKILL');
  });

  it('is killed at once on demand', async () => {
    const child = await start(`process.on('SIGTERM', () => {})`);
    await stopProcess(child, 60_000, aborted);
    expect(await child.ended).toBe('SIGKILL');
  });

  it('reports its end also after its channel was closed on this side', async () => {
    const child = await start(`process.on('disconnect', () => process.exit(0))`);
    child.process.disconnect();
    expect(await child.ended).toBe('exit code 0');
  });

  it('ends with its parent even before it handles the disconnection', async () => {
    const child = await start('');
    child.process.disconnect();
    expect(await child.ended).toBe('SIGKILL');
  });

  it('gets the environment it is given and nothing else', async () => {
    process.env['PROCESSES_TEST_SECRET'] = 'secret';
    const child = await start(`console.log(process.env.PROCESSES_TEST_SECRET ?? 'none')`);
    await stopProcess(child, 1_000, aborted);
    expect(child.lastLines()[0]).toBe('none');
  });
});

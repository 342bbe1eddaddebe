import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { followFile, readFileVersion } from './follow-file.js';
import { waitUntil } from './testing/wait-until.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'follow-file-'));
  path = join(folder, 'file');
  await writeFile(path, 'one');
});
afterEach(() => rm(folder, { recursive: true }));

it('readFileVersion differs after every kind of change', async () => {
  const versions = [await readFileVersion(path)];
  const changes: (() => Promise<void>)[] = [
    () => writeFile(path, 'longer'),
    () => writeFile(path, 'lonker'),
    () => writeFile(`${path}.new`, 'lonker').then(() => rename(`${path}.new`, path)),
    () => rm(path),
    () => writeFile(`${path}.target`, 'lonker').then(() => symlink(`${path}.target`, path)),
    () => writeFile(`${path}.target`, 'monker'),
  ];
  for (const change of changes) {
    await change();
    expect(await readFileVersion(path)).toBe(await readFileVersion(path));
    versions.push(await readFileVersion(path));
  }
  expect(new Set(versions).size).toBe(versions.length);
});

it('followFile reports a change since the version in use, later ones one by one, and none after it was stopped', async () => {
  const since = await readFileVersion(path);
  await writeFile(path, 'changed while it was read');
  let calls = 0;
  let atOnce = 0;
  const stop = followFile(path, {
    since,
    intervalMs: 1,
    onChange: async () => {
      calls += 1;
      atOnce += 1;
      expect(atOnce).toBe(1);
      await writeFile(path, `change ${Math.min(calls, 3)}`);
      atOnce -= 1;
    },
  });
  await waitUntil('four changes', () => calls >= 4);
  await stop();
  const seen = calls;
  await writeFile(path, 'after the end');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(calls).toBe(seen);
});

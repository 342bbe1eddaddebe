import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { findChromium } from './chromium.js';

describe('findChromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  const program = join(folder, 'google-chrome');
  const other = join(folder, 'my-browser');
  beforeAll(() => {
    for (const file of [program, other]) {
      writeFileSync(file, '');
      chmodSync(file, 0o755);
    }
    writeFileSync(join(folder, 'chromium'), 'not a program');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a program with one of its names', { PATH: ['/none', folder].join(delimiter) }, program],
    ['what CHROMIUM_PATH names instead', { PATH: folder, CHROMIUM_PATH: other }, other],
    ['nothing if CHROMIUM_PATH names no program', { PATH: folder, CHROMIUM_PATH: '/none' }, undefined],
    ['nothing on a system without it', { PATH: '/none' }, undefined],
  ])('finds %s', (_what, environment, expected) => {
    expect(findChromium(environment)).toBe(expected);
  });
});

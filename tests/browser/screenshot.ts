import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

import { projectPath } from '../../schema/files.js';

const references = projectPath('tests/browser/screenshots');
const received = projectPath('dist/screenshots');

/** The share of pixels that may differ: another version of Chromium or of a font draws edges a little differently. */
const tolerance = 0.02;

/**
 * Compares what is shown with its reference, `screenshots/<name>.png`. `UPDATE_SCREENSHOTS=1` writes the reference instead, which you
 * then review.
 *
 * @returns how they differ; undefined if they do not. What was shown is then in `dist/screenshots/`, with the differences in red.
 */
export async function compareScreenshot(page: Page, name: string): Promise<string | undefined> {
  // Which font is the system's differs.
  await page.evaluate(() => {
    document.body.style.fontFamily = '"DejaVu Sans"';
  });
  // At half of the size, a reference is small, and shows what is where instead of the shape of each letter.
  const shown = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const file = join(references, `${name}.png`);
  if (process.env['UPDATE_SCREENSHOTS'] === '1') {
    mkdirSync(references, { recursive: true });
    writeFileSync(file, shown);
    return undefined;
  }
  if (!existsSync(file)) return `There is no ${file}. Write it with UPDATE_SCREENSHOTS=1.`;
  const [expected, actual] = [PNG.sync.read(readFileSync(file)), PNG.sync.read(shown)];
  const { width, height } = expected;
  if (actual.width !== width || actual.height !== height) return `${name} is ${actual.width} × ${actual.height}`;
  const differences = new PNG({ width, height });
  const count = pixelmatch(expected.data, actual.data, differences.data, width, height, { threshold: 0.2 });
  if (count <= tolerance * width * height) return undefined;
  mkdirSync(received, { recursive: true });
  writeFileSync(join(received, `${name}.png`), shown);
  writeFileSync(join(received, `${name}.differences.png`), PNG.sync.write(differences));
  return `${name} differs in ${((100 * count) / (width * height)).toFixed(1)} % of its pixels; see ${received}`;
}

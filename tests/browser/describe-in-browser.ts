import { findChromium } from '../../services/kit/testing/chromium.js';

/** `describe`, which is skipped on a system without Chromium, and says why. */
export const describeInBrowser = (title: string, tests: () => void): void => {
  if (findChromium() !== undefined) describe(title, tests);
  else describe.skip(`${title} (no Chromium was found: install it, or name it in CHROMIUM_PATH)`, tests);
};

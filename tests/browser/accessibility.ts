import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Lets `findAccessibilityProblems` check what this tab opens. By the debugger, because the policy of a page forbids scripts of others. */
export const enableAccessibilityChecks = (page: Page): Promise<unknown> =>
  // Once per tab, because sending it for each page takes longer than most checks.
  page.addInitScript(axe);

/** The rules of WCAG 2.2 A and AA that a page as it is shown breaks, each with the elements that break it. */
export async function findAccessibilityProblems(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const { violations } = await page.evaluate<axeCore.AxeResults, readonly string[] | undefined>(
    (only) =>
      (window as unknown as { axe: typeof axeCore }).axe.run({
        resultTypes: ['violations'],
        ...(only ? { runOnly: [...only] } : {}),
      }),
    rules,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A browser tab that records what a reader should never see. */
export interface Visitor {
  readonly page: Page;
  /** Opens a path of the portal and waits until a script has taken the page over, if it has any. */
  readonly open: (path: string) => Promise<void>;
  /** The errors of the console since the last call: scripts, content security policy, hydration, missing files. */
  readonly takeProblems: () => readonly string[];
  /** The size of the scripts that were received since the last call, as they were sent. */
  readonly takeScriptBytes: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Opens a tab with a profile of its own. Every request to another address than the portal's counts as a problem. */
export async function openVisitor(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  let scripts: Promise<number>[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || ['data:', 'blob:'].includes(url.protocol);
    if (!isOwn) problems.push(`request to ${request.url()}`);
  });
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  return {
    page,
    open: async (path) => {
      await page.goto(path);
      const hasScripts = options.javaScriptEnabled !== false && (await page.locator('script[src]').count()) > 0;
      if (hasScripts) await page.waitForFunction(() => performance.getEntriesByName('interactive').length > 0);
    },
    takeProblems: () => problems.splice(0),
    takeScriptBytes: async () => {
      const sizes = await Promise.all(scripts);
      scripts = [];
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    close: () => context.close(),
  };
}

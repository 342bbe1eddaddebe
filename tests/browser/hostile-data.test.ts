import type { Browser } from 'playwright-core';

import { launchChromium } from '../../services/kit/testing/chromium.js';
import { type FakeGateway, graphSchema, startFakeGateway } from '../../services/portal/testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../../services/portal/testing/start-test-portal.js';
import { describeInBrowser } from './describe-in-browser.js';
import { createHostileResolver, hostileTexts, mark } from './hostile-values.js';
import { findOverflow } from './layout.js';
import { openVisitor, type Visitor } from './visitor.js';

const pages = [
  '/',
  '/about',
  '/administrations/dk:administration:1',
  '/needs/dk:need:1?for=dk:administration:1',
  '/check?text=x&administration=y',
  '/check?record=x',
  '/catalogues',
  '/catalogues/dk',
  '/consortia/dk:consortium:1',
  '/across-borders?from=DK&to=IT',
  '/timeline',
];

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  gateway = await startFakeGateway();
  portal = await startTestPortal(gateway.url);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});

/** Whether a text of a catalogue became a tag, an attribute or an address that runs a script. */
const findInjections = (html: string): readonly string[] =>
  // The data of the page is JSON, in which a text has its quotation marks: it is no attribute.
  html
    .replace(/<script type="application\/json"[^]*?<\/script>/, '')
    .match(
      /<script>window\.\w+|<img src=x|<h1>Not|onmouseover='|(?:href|src|srcset|action)=["'][\s]*(?:java\s*script|data:text|vbscript):[^"']*/gi,
    ) ?? [];

it.each(pages)('%s shows any text of a catalogue as text', async (path) => {
  for (const offset of hostileTexts.keys()) {
    gateway.resolveField = createHostileResolver(graphSchema, { offset });
    const response = await portal.fetch(`/en${path}`);
    const html = await response.text();
    expect({ status: response.status, injections: findInjections(html) }).toEqual({ status: 200, injections: [] });
  }
});

/** Pages of what does not exist when every field that can be null is. */
const pagesOfNothing: readonly string[] = ['/needs/dk:need:1?for=dk:administration:1', '/catalogues/dk'];

it.each(pages)('%s is complete when nothing is known', async (path) => {
  gateway.resolveField = createHostileResolver(graphSchema, { offset: 0, isEmpty: true });
  const response = await portal.fetch(`/en${path}`);
  expect(response.status).toBe(pagesOfNothing.includes(path) ? 404 : 200);
});

describeInBrowser('a browser', () => {
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    browser = await launchChromium();
    visitor = await openVisitor(browser, portal.origin, { viewport: { width: 360, height: 740 } });
  });
  afterAll(() => browser.close());

  it.each(pages.map((path, offset) => [path, offset]))('shows hostile values on %s as text', async (path, offset) => {
    gateway.resolveField = createHostileResolver(graphSchema, { offset });
    await visitor.open(`/en${path}`);
    expect(visitor.takeProblems()).toEqual([]);
    const found = await visitor.page.evaluate((property) => {
      const links = [...document.querySelectorAll('a')].map(({ protocol }) => protocol);
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const leaks: string[] = [];
      while (texts.nextNode()) {
        const text = texts.currentNode.textContent ?? '';
        const parent = texts.currentNode.parentElement;
        // A text that turns the direction around turns that of its neighbours, too, unless it is isolated.
        if (text.includes('\u202e') && parent?.tagName !== 'SCRIPT' && parent?.closest('bdi, [dir], option') === null)
          leaks.push(parent.outerHTML.slice(0, 200));
      }
      return {
        hasRun: property in window,
        protocols: links.filter((protocol) => !['http:', 'https:'].includes(protocol)),
        leaks,
      };
    }, mark);
    expect(found).toEqual({
      hasRun: false,
      protocols: [],
      leaks: [],
    });
    expect(await findOverflow(visitor.page)).toEqual([]);
  });
});

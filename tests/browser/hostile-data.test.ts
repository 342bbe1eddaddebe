import type { Browser } from 'playwright-core';

import { launchChromium } from '../../services/kit/testing/chromium.js';
import { languages } from '../../services/portal/web/model/languages.js';
import { graphSchema } from '../../services/portal/testing/fake-gateway.js';
import { useSite } from '../../services/portal/web/testing/site.js';
import { describeInBrowser } from './describe-in-browser.js';
import { createHostileResolver, hostileTexts, mark } from './hostile-values.js';
import { findBrokenPictures, findOverflow } from './layout.js';
import { readPage } from './page-text.js';
import { openVisitor, type Visitor } from './visitor.js';

const pages = [
  '/',
  '/?q=x&topic=budgeting',
  '/?q=x&in=administrations',
  '/?q=x&in=consortia',
  '/?q=x&in=needs',
  '/solutions/example.org/a/b?country=DK',
  '/consortia/dk:consortium:1',
  '/across-borders?from=DK&to=IT',
  '/timeline',
  '/embed/consortium-growth?id=dk:consortium:1',
  '/administrations/dk:administration:1',
  '/needs/dk:need:1?for=dk:administration:1',
  '/check?text=x&administration=y',
  '/check?record=x',
  '/catalogues',
  '/suppliers',
  '/catalogues/dk',
  '/about',
  '/formats',
];

/** An object whose id another one names may not exist. What matters is that nothing fails. */
const found = expect.stringMatching(/^(?:200|404)$/) as string;

const site = useSite();

/** Whether a text of a catalogue became a tag, an attribute or an address that runs a script. */
const findInjections = (html: string): readonly string[] =>
  html
    // The data of the page, as JSON: only the end of its element would be dangerous in it.
    .replace(/<script type="application\/json"[^]*?<\/script>/, '')
    .match(
      /<script>window\.\w+|<img src=x|<h1>Not|onmouseover='|(?:href|src|srcset|action)=["']\s*(?:java\s*script|data:text|vbscript):[^"']*/gi,
    ) ?? [];

it.each(pages)('%s shows any text of a catalogue as text', async (path) => {
  for (const offset of hostileTexts.keys()) {
    site.gateway.resolveField = createHostileResolver(graphSchema, { offset });
    const response = await site.portal.fetch(`/en${path}`);
    const html = await response.text();
    expect({ status: String(response.status), injections: findInjections(html) }).toEqual({
      status: found,
      injections: [],
    });
  }
});

it.each(pages)('%s is complete when nothing is known', async (path) => {
  site.gateway.resolveField = createHostileResolver(graphSchema, { offset: 0, isEmpty: true });
  const response = await site.portal.fetch(`/en${path}`);
  expect(String(response.status)).toEqual(found);
});

describe.each(languages)('in %s', (language) => {
  it.each(pages)('%s is complete', async (path) => {
    site.gateway.resolveField = createHostileResolver(graphSchema, {
      offset: languages.indexOf(language),
      isHarmless: true,
    });
    const response = await site.portal.fetch(`/${language}${path}`);
    const page = readPage(await response.text());
    expect({ status: String(response.status), ...page }).toMatchObject({ status: found, language, problems: [] });
    expect(page.title).toMatch(/\S/);
  });
});

describeInBrowser('a browser', () => {
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    browser = await launchChromium();
    visitor = await openVisitor(browser, site.portal.origin, { viewport: { width: 360, height: 740 } });
  });
  afterAll(() => browser.close());

  it.each(pages)('shows hostile values on %s as text', async (path) => {
    site.gateway.resolveField = createHostileResolver(graphSchema, { offset: 2 });
    await visitor.open(`/en${path}`);
    expect(visitor.takeProblems()).toEqual([]);
    expect(await findBrokenPictures(visitor.page)).toEqual([]);
    const found = await visitor.page.evaluate((property) => {
      const links = [...document.querySelectorAll('a')].map(({ protocol }) => protocol);
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const leaks: string[] = [];
      while (texts.nextNode()) {
        const text = texts.currentNode.textContent ?? '';
        const parent = texts.currentNode.parentElement;
        if (parent === null || !text.includes('\u202e') || parent.tagName === 'SCRIPT') continue;
        // A text that turns the direction around turns that of its neighbours, too, unless an element of its own isolates it.
        const isAlone = [...parent.childNodes].every((node) => node === texts.currentNode || node.nodeType === 8);
        const isIsolated = getComputedStyle(parent).unicodeBidi.startsWith('isolate');
        if (!isAlone || !isIsolated) leaks.push(parent.outerHTML.slice(0, 200));
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

  describe('while a country is slow', () => {
    beforeAll(async () => {
      site.gateway.resolveField = createHostileResolver(graphSchema, { offset: 1 });
      await visitor.page.setViewportSize({ width: 1280, height: 720 });
    });
    afterAll(() => {
      site.gateway.pause = undefined;
      site.gateway.catalogues = [];
    });

    it('the page before stays readable and says that the next one is on its way', async () => {
      const { page } = visitor;
      await visitor.open('/en/about');
      let respond = (): void => undefined;
      site.gateway.pause = new Promise((resolve) => (respond = resolve));
      site.gateway.catalogues = [{ country: 'BE', state: 'TIMEOUT' }];
      await page.locator('nav a[href="/en/"]').first().click();
      await page.locator('main[aria-busy="true"] h1').waitFor();
      expect(await page.title()).toMatch(/About/);
      respond();
      await page.locator('main[aria-busy="false"] [role="status"]', { hasText: 'Belgium' }).waitFor();
      expect(visitor.takeProblems()).toEqual([]);
    });
  });
});

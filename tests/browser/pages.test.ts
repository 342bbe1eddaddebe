import { existsSync, readFileSync } from 'node:fs';

import type { Browser, Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';

import { findChromium, launchChromium } from '../../services/kit/testing/chromium.js';
import { startTestPortal, type TestPortal } from '../../services/portal/testing/start-test-portal.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';
import { enableAccessibilityChecks, findAccessibilityProblems } from './accessibility.js';
import { describeInBrowser } from './describe-in-browser.js';
import { findBrokenPictures, findOverflow, tabThrough } from './layout.js';
import { readPage } from './page-text.js';
import { compareScreenshot } from './screenshot.js';
import { openVisitor, type Visitor } from './visitor.js';

/**
 * Every page, the language in which it is visited in the browser, once because a visit takes long, and what it says in every language
 * about the data behind it. hostile-data.test.ts has every page in every language.
 */
const pages = [
  { name: 'home', language: 'en', path: '/', contains: [] },
  { name: 'search', language: 'da', path: '/?q=byggesag', contains: [] },
  { name: 'empty-search', language: 'de', path: '/?q=qqxyzzy', contains: [] },
  {
    name: 'solution',
    language: 'fr',
    path: '/solutions/github.com/imio/products.plonemeeting',
    contains: ['GPL-2.0', 'Namur'],
  },
  {
    name: 'embed',
    language: 'it',
    path: '/embed/consortium-growth?id=be:consortium:0841470248&to=2026-01-01',
    contains: [],
  },
  { name: 'check-form', language: 'nl', path: '/check', contains: [] },
  { name: 'about', language: 'en', path: '/about', contains: [] },
  { name: 'formats', language: 'de', path: '/formats', contains: ['DCAT-AP'] },
  {
    name: 'administration',
    language: 'da',
    path: '/administrations/be:administration:92094?asOf=2026-06-01',
    contains: ['Namur', 'BE_NIS 92094', 'PloneMeeting'],
  },
  { name: 'need', language: 'de', path: '/needs/dk:need:record-council-decisions', contains: ['OS2dagsorden'] },
  {
    name: 'check',
    language: 'fr',
    path: '/check?text=Gestion+des+s%C3%A9ances+du+conseil+communal&for=be:administration:92094',
    contains: ['Namur', 'PloneMeeting', 'GPL-2.0-or-later'],
  },
  { name: 'suppliers', language: 'it', path: '/suppliers?q=corvallis', contains: ['Corvallis', 'SIGEO'] },
  { name: 'catalogues', language: 'nl', path: '/catalogues', contains: [] },
  { name: 'catalogue', language: 'en', path: '/catalogues/it', contains: ['IT_ISTAT'] },
  {
    name: 'consortium',
    language: 'da',
    path: '/consortia/dk:consortium:41849983?asOf=2026-11-01&to=2026-11-01',
    contains: ['OS2 – Offentligt Digitaliseringsfællesskab', '2012', '98'],
  },
  { name: 'across-borders', language: 'de', path: '/across-borders?asOf=2026-11-01&from=DK&to=DK', contains: [] },
  { name: 'timeline', language: 'fr', path: '/timeline?to=2026-11-01', contains: ['Consorzio Sannio.it', '2017'] },
] as const;

/** The files as which a reader can save the pictures of a page. */
const picturesOf: Readonly<Record<string, readonly string[]>> = {
  solution: ['solution-growth.png', 'solution-users-map.png'],
  consortium: ['consortium-growth.png', 'consortium-members-map.png'],
  'across-borders': ['reuse-matrix.png'],
  timeline: ['timeline.png'],
};

/** Of the window: a screenshot has all of it. */
const size = { width: 1000, height: 1300 };

/** Screenshots are drawn with Debian's default font. */
const hasFont = existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf');

let graph: TestGraph;
let portal: TestPortal;
let browser: Browser | undefined;
beforeAll(async () => {
  [graph, browser] = await Promise.all([startTestGraph(), findChromium() === undefined ? undefined : launchChromium()]);
  portal = await startTestPortal(`${graph.origin}/graphql`);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await portal.stop();
  await graph.stop();
});

const readPageAt = async (path: string) => {
  const response = await portal.fetch(path);
  return { status: response.status, ...readPage(await response.text()) };
};

/** The text of each page in English, while all countries are up. */
const whole = new Map<string, string>();

describe.each(pages)('the page $name', ({ path, language, contains }) => {
  it.each([...new Set(['en', language])])('is complete without scripts in %s', async (read) => {
    const page = await readPageAt(`/${read}${path}`);
    expect(page).toMatchObject({ status: 200, language: read, problems: [] });
    expect(page.title).toMatch(/\S/);
    if (read === 'en') whole.set(path, page.text);
    expect(contains.filter((text) => !page.text.includes(text))).toEqual([]);
  });
});

/** Saves the picture of a figure as a PNG, and returns the name of the file. */
async function savePicture(page: Page, figure: Locator): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    figure.getByRole('button', { name: 'PNG' }).click(),
  ]);
  // It throws unless the file is a PNG.
  const { width, height, data } = PNG.sync.read(readFileSync(await download.path()));
  const read = async (name: string): Promise<string> =>
    (await portal.fetch((await figure.getByRole('link', { name }).getAttribute('href')) ?? '')).text();
  const svg = await read('SVG');
  const sizeOf = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(svg)?.[1]);
  expect([width, height]).toEqual([2 * sizeOf('width'), 2 * sizeOf('height')]);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  expect(new Set(pixels).size).toBeGreaterThan(20);
  expect(await read('CSV')).toMatch(/^\w+(?:,\w+)+\r?\n/);
  return download.suggestedFilename();
}

describeInBrowser('a reader', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    if (!browser) throw new Error('The browser was not started.');
    visitor = await openVisitor(browser, portal.origin, {
      viewport: size,
      deviceScaleFactor: 0.5,
    });
    await enableAccessibilityChecks(visitor.page);
  });
  afterAll(() => visitor.close());

  describe.each(pages)('of the page $name in $language', ({ name, path, language }) => {
    beforeAll(async () => {
      await visitor.page.emulateMedia({ media: 'screen', colorScheme: 'light' });
      await visitor.page.setViewportSize(size);
      await visitor.open(`/${language}${path}`);
    });

    it('meets no error, and no request leaves the machine', () => {
      expect(visitor.takeProblems()).toEqual([]);
    });

    it('sees every picture', async () => {
      expect(await findBrokenPictures(visitor.page)).toEqual([]);
    });

    it('finds it accessible', async () => {
      expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
    });

    (hasFont ? it : it.skip)('sees what was reviewed (needs the fonts DejaVu of Debian)', async () => {
      expect(await compareScreenshot(visitor.page, name)).toBeUndefined();
    });

    it.each([
      [360, 'on a phone'],
      [500, 'at a zoom of 200 %'],
    ])('need not scroll sideways at %i px, %s', async (width) => {
      await visitor.page.setViewportSize({ width, height: 740 });
      expect(await findOverflow(visitor.page)).toEqual([]);
    });

    it('can read it in dark colours', async () => {
      await visitor.page.emulateMedia({ colorScheme: 'dark' });
      expect(await findAccessibilityProblems(visitor.page, ['color-contrast'])).toEqual([]);
      expect(await visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toMatch(
        /^rgb\((?:[0-5]?\d, ?){2}[0-5]?\d\)$/,
      );
    });

    it('prints what it says, without navigation', async () => {
      await visitor.page.emulateMedia({ colorScheme: 'light', media: 'print' });
      const shown = await visitor.page.evaluate(() =>
        ['main', 'nav', 'form'].filter((selector) =>
          [...document.querySelectorAll(selector)].some((element) => element.checkVisibility()),
        ),
      );
      expect(shown).toEqual(['main']);
    });

    it('reaches everything with the keyboard, and sees where', async () => {
      expect(await tabThrough(visitor.page)).toEqual({ missed: [], invisible: [] });
    });

    // Last, because it scrolls.
    if (name in picturesOf)
      it('saves each picture as a PNG that shows it, and its data', async () => {
        const { page } = visitor;
        await page.emulateMedia({ media: 'screen' });
        const figures = await page.locator('figure.picture').all();
        const saved: string[] = [];
        for (const figure of figures) saved.push(await savePicture(page, figure));
        expect(saved.sort()).toEqual(picturesOf[name]);
        expect(visitor.takeProblems()).toEqual([]);
      });
  });
});

describeInBrowser('a first visit', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    if (!browser) throw new Error('The browser was not started.');
    visitor = await openVisitor(browser, portal.origin);
  });
  beforeEach(() => visitor.page.setViewportSize({ width: 1280, height: 720 }));
  afterAll(() => visitor.close());

  it('receives at most 150 KB of scripts, and follows links without another document', async () => {
    const { page } = visitor;
    await visitor.open('/en/');
    expect(await visitor.takeScriptBytes()).toBeLessThanOrEqual(150_000);
    await page.evaluate(() => Object.assign(window, { isFirstDocument: true }));
    await page.getByRole('combobox').fill('byggesag');
    await page.keyboard.press('Enter');
    const result = page.locator('main h3 a').first();
    const name = await result.textContent();
    await result.click();
    await page.waitForURL('**/solutions/**');
    await page.waitForFunction(() => document.activeElement?.id === 'main');
    expect(await page.locator('h1').textContent()).toBe(name);
    expect(await page.title()).toContain(name);
    await page.goBack();
    await page
      .locator('main h3 a', { hasText: name ?? '' })
      .first()
      .waitFor();
    expect(await page.evaluate(() => 'isFirstDocument' in window)).toBe(true);
    expect(visitor.takeProblems()).toEqual([]);
  });

  it('is offered suggestions, and chooses one with the keyboard', async () => {
    const { page } = visitor;
    await enableAccessibilityChecks(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await visitor.open('/it/');
    const field = page.getByRole('combobox');
    await field.fill('beneven');
    await page.getByRole('option', { name: 'Benevento Comune, Italia' }).waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await field.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('[aria-selected=true]').getAttribute('id')).toBe(
      await field.getAttribute('aria-activedescendant'),
    );
    await page.keyboard.press('Enter');
    await page.waitForURL('**/it/administrations/it:administration:062008');
    expect(visitor.takeProblems()).toEqual([]);
  });

  it.each([
    ['the data of a page has another version', '**/data/**', { 'x-page-version': 'another' }, 200],
    ['the script of a page does not exist any more', '**/assets/*.js', {}, 404],
  ])('loads the whole page after an update of the portal: %s', async (_what, url, headers, status) => {
    const { page } = visitor;
    await visitor.open('/en/about');
    await page.evaluate(() => Object.assign(window, { isFirstDocument: true }));
    await page.route(
      url,
      async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, status, headers: { ...response.headers(), ...headers } });
      },
      { times: 1 },
    );
    await page.locator('nav a[href="/en/catalogues"]').click();
    await page.waitForFunction(
      () => !('isFirstDocument' in window) && performance.getEntriesByName('interactive').length > 0,
    );
    expect(page.url()).toBe(`${portal.origin}/en/catalogues`);
    expect(await page.locator('h1').textContent()).toMatch(/\S/);
  });

  it('can search and read without scripts', async () => {
    if (!browser) throw new Error('The browser was not started.');
    const { page, open, close } = await openVisitor(browser, portal.origin, { javaScriptEnabled: false });
    await open('/da/');
    await page.getByRole('searchbox').fill('byggesag');
    await page.keyboard.press('Enter');
    await page.locator('main h3 a').first().click();
    await page.waitForURL('**/solutions/**');
    expect(await page.locator('h1').textContent()).toMatch(/\S/);
    await close();
  });
});

// Last, because the country stays down.
describe('while Belgium is down', () => {
  beforeAll(() => graph.stopSubgraphs(['belgium']));

  it.each(pages.filter(({ name }) => name !== 'embed'))(
    'the page $name says so if it lacks anything, and shows the rest',
    async ({ path }) => {
      const page = await readPageAt(`/en${path}`);
      // What Belgium alone has cannot be shown.
      expect(page).toMatchObject({ status: path.includes('be:') && !path.includes('?text') ? 503 : 200, problems: [] });
      if (!page.missing.includes('Belgium')) expect(page.text).toBe(whole.get(path));
    },
  );
});

import { existsSync } from 'node:fs';

import type { Browser } from 'playwright-core';

import { findChromium, launchChromium } from '../../services/kit/testing/chromium.js';
import { startTestPortal, type TestPortal } from '../../services/portal/testing/start-test-portal.js';
import { startTestGraph, type TestGraph } from '../support/test-graph.js';
import { findAccessibilityProblems } from './accessibility.js';
import { describeInBrowser } from './describe-in-browser.js';
import { findOverflow, tabThrough } from './layout.js';
import { readPage } from './page-text.js';
import { compareScreenshot } from './screenshot.js';
import { openVisitor, type Visitor } from './visitor.js';

const languages = ['en', 'da', 'de', 'fr', 'it', 'nl'] as const;

/** Every page, and what it says in every language about the data behind it. */
const pages = [
  { name: 'home', path: '/', contains: [] },
  { name: 'about', path: '/about', contains: [] },
  {
    name: 'administration',
    path: '/administrations/be:administration:92094?asOf=2026-06-01',
    contains: ['Namur', 'BE_NIS 92094', 'PloneMeeting'],
  },
  { name: 'need', path: '/needs/dk:need:record-council-decisions', contains: ['OS2dagsorden'] },
  {
    name: 'check',
    path: '/check?text=Gestion+des+s%C3%A9ances+du+conseil+communal&for=be:administration:92094',
    contains: ['Namur', 'PloneMeeting', 'GPL-2.0-or-later'],
  },
  { name: 'catalogues', path: '/catalogues', contains: [] },
  { name: 'catalogue', path: '/catalogues/it', contains: ['IT_ISTAT'] },
  {
    name: 'consortium',
    path: '/consortia/dk:consortium:41849983?asOf=2026-11-01&to=2026-11-01',
    contains: ['OS2 – Offentligt Digitaliseringsfællesskab', '2012', '98'],
  },
  { name: 'across-borders', path: '/across-borders?asOf=2026-11-01&from=DK&to=DK', contains: [] },
  { name: 'timeline', path: '/timeline?to=2026-11-01', contains: ['Consorzio Sannio.it', '2017'] },
] as const;

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

const read = async (path: string) => {
  const response = await portal.fetch(path);
  return { status: response.status, ...readPage(await response.text()) };
};

describe.each(languages)('in %s', (language) => {
  it.each(pages)('the page $name is complete without scripts', async ({ path, contains }) => {
    const page = await read(`/${language}${path}`);
    expect(page).toMatchObject({ status: 200, language, problems: [] });
    expect(page.title).toMatch(/\S/);
    expect(contains.filter((text) => !page.text.includes(text))).toEqual([]);
  });
});

describeInBrowser('a reader', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    if (!browser) throw new Error('There is no browser.');
    visitor = await openVisitor(browser, portal.origin, {
      viewport: size,
      deviceScaleFactor: 0.5,
    });
  });
  afterAll(() => visitor.close());

  // Each page is visited once, in another language each, because a visit takes long.
  describe.each(pages.map((page, index) => ({ ...page, language: languages[index % languages.length] ?? 'en' })))(
    'of the page $name in $language',
    ({ name, path, language }) => {
      beforeAll(async () => {
        await visitor.page.emulateMedia({ media: 'screen', colorScheme: 'light' });
        await visitor.page.setViewportSize(size);
        await visitor.open(`/${language}${path}`);
      });

      it('meets no error, and no request leaves the machine', () => {
        expect(visitor.takeProblems()).toEqual([]);
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
          ['main', 'h1', 'header nav', 'nav', 'form'].filter((selector) =>
            [...document.querySelectorAll(selector)].some((element) => element.checkVisibility()),
          ),
        );
        expect(shown).toEqual(['main', 'h1']);
      });

      it('reaches everything with the keyboard, and sees where', async () => {
        expect(await tabThrough(visitor.page)).toEqual({ missed: [], invisible: [] });
      });
    },
  );
});

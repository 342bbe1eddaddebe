import type { Page } from 'playwright-core';

/** The elements that are wider than the window, so that a reader would have to scroll sideways. Those that scroll by themselves are not. */
export const findOverflow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrollsItself = (element: Element): boolean =>
      element !== document.body &&
      element !== document.documentElement &&
      getComputedStyle(element).overflowX !== 'visible';
    const isInScrolled = (element: Element | null): boolean =>
      element !== null && (scrollsItself(element) || isInScrolled(element.parentElement));
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > width + 1 && !isInScrolled(element),
    );
    return [
      `${document.documentElement.scrollWidth} px instead of ${width} px`,
      ...wide.slice(-5).map((element) => element.outerHTML.slice(0, 200)),
    ];
  });

/** The pictures that could not be loaded or drawn, those further down included. */
export const findBrokenPictures = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const load = async (image: HTMLImageElement): Promise<readonly string[]> => {
      image.loading = 'eager';
      try {
        await image.decode();
        return [];
      } catch {
        return [image.currentSrc];
      }
    };
    return (await Promise.all([...document.images].map(load))).flat();
  });

/** What can have the focus, apart from radio buttons, of which a group has one. */
const focusable =
  'a[href], button, input:not([type="radio"], [type="hidden"]), select, textarea, summary, [tabindex="0"]';

/**
 * Presses Tab once for each element that can have the focus, wherever the page began. Returns those that were not reached, and those
 * that do not show that they have the focus.
 */
export async function tabThrough(page: Page): Promise<{ missed: readonly string[]; invisible: readonly string[] }> {
  const total = await page.evaluate((selector) => {
    const invisible: string[] = [];
    Object.assign(window, { invisible });
    document.addEventListener('focusin', ({ target }) => {
      const element = target as Element;
      element.setAttribute('data-reached', '');
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { width, height, right } = element.getBoundingClientRect();
      const isShown = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && width > 0 && height > 0 && right > 0;
      if (!isShown) invisible.push(element.outerHTML.slice(0, 200));
    });
    return [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
  }, focusable);
  // Once more for each time that the focus leaves the page and comes back.
  for (let press = 0; press < total + 2; press += 1) await page.keyboard.press('Tab');
  const invisible = await page.evaluate(() => (window as unknown as { invisible: readonly string[] }).invisible);
  const missed = await page.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility() && !element.hasAttribute('data-reached'))
        .map((element) => element.outerHTML.slice(0, 200)),
    focusable,
  );
  return { missed, invisible };
}

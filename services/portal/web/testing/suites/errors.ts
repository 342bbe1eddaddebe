import { startTestPortal } from '../../../testing/start-test-portal.js';
import { type Site, useGraph } from '../site.js';
import { solution, solutionsRoot } from '../solutions.js';

/** What a reader and a program see of an error. */
export const testErrors = (site: Site): void => {
  const { get } = site;

  describe('an error', () => {
    useGraph(site, solutionsRoot);

    const browser = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'accept-language': 'de' };

    it.each([
      ['/unknown', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
      ['/pl/', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
      ['/de/unknown', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
      ['/de/embed/unknown', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
      ['/de/pictures/unknown.svg', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
      ['/de/%ff', 400, 'BAD_REQUEST', 'Diese Adresse ist ungültig'],
      ['/export/unknown.csv', 404, 'NOT_FOUND', 'Seite nicht gefunden'],
      ['/id/%ff', 400, 'BAD_REQUEST', 'Diese Adresse ist ungültig'],
    ])('at %s is a page in the language of a reader, and JSON for programs', async (path, status, code, title) => {
      const page = await get(path, browser);
      expect([page.status, page.response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
      expect(page.text).toContain('<html lang="de">');
      expect(page.words).toContain(title);
      expect(page.words).toContain(code);
      expect(page.response.headers.get('content-security-policy')).toContain(
        path.includes('/embed/') ? 'frame-ancestors *' : "frame-ancestors 'none'",
      );
      const { response, text } = await get(path, { accept: 'application/json' });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        status,
        'application/json; charset=utf-8',
      ]);
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code } }] });
    });

    it('in the rendering of a page is a page that says nothing of it', async () => {
      // React renders no objects.
      const body = { data: { solution: { ...solution, adoptions: null, name: { crash: 'secret' } } } };
      const crash = async (accept: string) => {
        site.gateway.next.push(...Array.from({ length: 3 }, () => ({ status: 200, body })));
        const result = await get(`/da/solutions/${solution.id}`, { accept });
        site.gateway.next.length = 0;
        return result;
      };
      const { status, text, words } = await crash('text/html');
      expect([status, words]).toEqual([500, expect.stringContaining('INTERNAL_SERVER_ERROR')]);
      expect(words).toContain('Siden kan ikke vises i øjeblikket');
      expect(text).not.toMatch(/secret|crash|\.tsx?:|\n\s+at /);
      const program = await crash('application/json');
      expect([program.status, JSON.parse(program.text)]).toEqual([
        500,
        { errors: [{ message: expect.any(String) as string, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
      ]);
      expect(program.text).not.toContain('secret');
    });

    it('of a limit is a page for a reader, and JSON for a program', async () => {
      const limited = await startTestPortal(site.gateway.url, { costBudgetPerMinute: 150 });
      await (await limited.fetch('/de/unknown')).text();
      for (const path of ['/de/about', '/formats']) {
        const page = await limited.fetch(path, { headers: browser });
        expect([page.status, page.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
        expect(await page.text()).toContain('Zu viele Anfragen');
      }
      for (const path of ['/data/de/about', '/formats']) {
        const data = await limited.fetch(path);
        expect([data.status, data.headers.get('content-type')]).toEqual([429, expect.stringContaining('json')]);
        await data.text();
      }
      await limited.stop();
    });
  });
};

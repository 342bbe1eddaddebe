import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { projectPath } from '../../../../../schema/files.js';
import type { PageContent } from '../../model/page-content.js';
import { type Site, useGraph } from '../site.js';
import { solution, solutionsRoot } from '../solutions.js';

/** How pages are sent: languages, policies, scripts, and what they lack. */
export const testDocuments = (site: Site): void => {
  const { get } = site;

  describe('the pages', () => {
    useGraph(site, solutionsRoot);

    it('begin in the language of the reader, with a link to the other formats', async () => {
      const { response, status } = await get('/', { 'accept-language': 'nl-BE, fr;q=0.8' });
      expect([status, response.headers.get('location'), response.headers.get('vary')]).toEqual([
        302,
        '/nl/',
        expect.stringContaining('accept-language'),
      ]);
      expect(response.headers.get('link')).toBe('</formats>; rel="service-desc"');
      expect((await get('/', { 'accept-language': 'pl' })).response.headers.get('location')).toBe('/en/');
    });

    it('forbid scripts and styles that are not files of their own, and contain none', async () => {
      const { response, text } = await get('/en/?q=os2mo');
      const policyOf = (frames: string): string =>
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
        `font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ${frames}`;
      expect(response.headers.get('content-security-policy')).toBe(policyOf("'none'"));
      const embed = await get(`/en/embed/solution-growth?id=${solution.id}`);
      expect([embed.status, embed.response.headers.get('content-security-policy')]).toEqual([200, policyOf('*')]);
      expect(text).not.toMatch(/<script>|<style|\sstyle=|\son[a-z]+=/);
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    });

    it('are sent again only if they have changed', async () => {
      const { response } = await get('/en/about');
      const etag = response.headers.get('etag') ?? '';
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect((await get('/en/about', { 'if-none-match': etag })).status).toBe(304);
    });

    it('load at most 150 kB of compressed scripts, of files that browsers keep', async () => {
      const { text } = await get('/en/');
      const paths = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
      expect(paths.length).toBeGreaterThan(2);
      let bytes = 0;
      for (const path of paths) bytes += statSync(join(projectPath('dist/services/portal/web'), `${path}.gz`)).size;
      expect(bytes).toBeGreaterThan(50_000);
      expect(bytes).toBeLessThan(150_000);
      expect((await get(`${paths[0] ?? ''}.gz`)).status).toBe(404);
    });

    it('have all their scripts and styles in compressed files that browsers keep', async () => {
      const folder = projectPath('dist/services/portal/web/assets');
      const names = readdirSync(folder).filter((name) => /\.(?:js|css)$/.test(name));
      expect(names.length).toBeGreaterThan(20);
      for (const name of names)
        for (const [accepted, coding, suffix] of [
          ['br, gzip', 'br', '.br'],
          ['gzip', 'gzip', '.gz'],
          ['identity', undefined, ''],
        ] as const) {
          const { status, headers } = await site.portal.fetch(`/assets/${name}`, {
            method: 'HEAD',
            headers: { 'accept-encoding': accepted },
          });
          expect({ name, status, ...Object.fromEntries(headers) }).toMatchObject({
            name,
            status: 200,
            ...(coding && { 'content-encoding': coding }),
            'content-length': String(statSync(join(folder, name + suffix)).size),
            'content-type': name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
            'cache-control': 'public, max-age=31536000, immutable',
            'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
            'x-content-type-options': 'nosniff',
            vary: expect.stringMatching(/accept-encoding/i) as string,
          });
        }
    });

    it('load only their data in a browser that shows one already', async () => {
      const { response, text } = await get('/data/da/solutions/github.com/os2mo/os2mo');
      const content = JSON.parse(text) as PageContent;
      expect(response.headers.get('content-type')).toContain('application/json');
      // By which an open page notices that the portal has another version.
      const page = await get('/da/about');
      expect(page.text).toContain(`"version":"${response.headers.get('x-page-version') ?? ''}"`);
      expect(content).toMatchObject({
        data: { solution: { id: solution.id }, topicNames: { budgeting: 'budget' } },
        messages: { 'solution.facts.title': 'Hvad det er' },
      });
      expect(
        Object.keys('messages' in content ? content.messages : {}).filter(
          (id) => !/^(?:solution|figures|reuse|terms)\./.test(id),
        ),
      ).toEqual([]);
    });

    it('link to their operations in the playground', async () => {
      const { text } = await get('/en/solutions/github.com/os2mo/os2mo');
      const [, path = ''] = /href="(\/queries\/solution[^"]*)"/.exec(text) ?? [];
      const { response, status } = await get(path.replaceAll('&amp;', '&'));
      const link = new URL(response.headers.get('location') ?? '');
      expect([status, link.origin]).toEqual([302, 'http://localhost:4000']);
      expect(link.searchParams.get('query')).toContain('query Solution(');
      expect(JSON.parse(link.searchParams.get('variables') ?? '')).toEqual({ address: solution.id, language: 'en' });
      expect((await get('/queries/unknown')).status).toBe(404);
    });

    it('send only operations that a gateway can have as trusted documents', async () => {
      const documents = JSON.parse((await get('/queries')).text) as Record<string, string>;
      site.gateway.received.length = 0;
      for (const path of ['/', '/?q=a', '/?in=needs', '/?in=consortia', '/?in=administrations', '/solutions/x'])
        await get(`/en${path}`);
      expect(site.gateway.received.length).toBeGreaterThan(5);
      expect(site.gateway.received.filter(({ query }) => !Object.values(documents).includes(query))).toEqual([]);
    });

    it('name the catalogues that do not respond, or not in time, and those that are behind, and show the rest', async () => {
      site.gateway.catalogues = [
        { country: 'BE', state: 'UNAVAILABLE' },
        { country: 'DK', state: 'TIMEOUT' },
        { country: 'IT', state: 'STALE' },
        { service: 'europe', state: 'OK' },
      ];
      const { words, status } = await get('/nl/?q=os2mo');
      expect(status).toBe(200);
      expect(words).toContain('3 besturen');
      expect(words).toContain('België en Denemarken antwoorden op dit moment niet.');
      expect(words).toContain('Italië: de gegevens op deze pagina zijn mogelijk niet actueel.');
    });

    it('that do not exist are reported in the language of the reader, with the stable code', async () => {
      for (const path of [
        '/da/unknown',
        '/da/solutions/github.com/none/none',
        '/data/da/solutions/github.com/none/none',
      ]) {
        const { status, text } = await get(path);
        expect([path, status]).toEqual([path, 404]);
        expect(text).toContain('NOT_FOUND');
      }
      expect((await get('/da/unknown')).words).toContain('Siden blev ikke fundet');
    });

    it('that cannot be read state the code of the gateway', async () => {
      const reject = (code: string) => {
        const limit = code === 'QUERY_TOO_LARGE' ? { limit: 'planningMs', allowed: 2_000 } : {};
        const extensions = { code, ...limit };
        site.gateway.next.push({ status: 200, body: { errors: [{ message: 'no', extensions }] } });
      };
      reject('INVALID_ADDRESS');
      const invalid = await get('/fr/solutions/x');
      expect([invalid.status, invalid.words]).toEqual([400, expect.stringContaining('INVALID_ADDRESS')]);
      // A gateway that was too busy to plan an operation in time calls it too large.
      for (const code of ['INDEX_UNAVAILABLE', 'QUERY_TOO_LARGE']) {
        reject(code);
        const unavailable = await get('/it/solutions/x');
        expect([unavailable.status, unavailable.words]).toEqual([503, expect.stringContaining('GATEWAY_UNAVAILABLE')]);
        expect(unavailable.words).toContain('Al momento questa pagina non può essere mostrata');
      }
    });
  });
};

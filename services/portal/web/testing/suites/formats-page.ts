import { formatNames, formats } from '../../pages/formats/data.js';
import { type Site, useGraph } from '../site.js';

/** The page of other formats. */
export const testFormatsPage = (site: Site): void => {
  const { get, read } = site;

  describe('the page of formats', () => {
    useGraph(site, {});

    it('has what programs get as JSON, with examples of its addresses', async () => {
      const listed = JSON.parse((await get('/formats', { accept: '*/*' })).text) as { formats: { path: string }[] };
      expect(Object.values(formats).map(({ path }) => path)).toEqual(
        expect.arrayContaining(listed.formats.map(({ path }) => path)),
      );
      expect(listed.formats).toHaveLength(formatNames.length);
      const { words, html } = await read('/da/formats');
      for (const { path } of listed.formats) expect(words).toContain(path.replaceAll('&', '&amp;'));
      for (const { path, example } of Object.values(formats))
        if (example !== undefined) {
          expect(example).toMatch(toPattern(path));
          expect(html).toContain(`href="${example}"`);
        }
    });

    it('is in the language of a reader', async () => {
      const { response, status } = await get('/formats', { accept: 'text/html,*/*;q=0.8', 'accept-language': 'it' });
      expect([status, response.headers.get('location')]).toEqual([302, '/it/formats']);
      expect(response.headers.get('vary')).toMatch(/accept.*accept-language/i);
    });
  });
};

/** `/dcat/{country}.{jsonld|nt}` as an expression; what follows a question mark is left out. */
const toPattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replace(/\?.*/, '')
      .replaceAll('.', '\\.')
      .replaceAll(/\{([^}]*)\}/g, (_, choice: string) => (choice.includes('|') ? `(?:${choice})` : '[^/]+'))}$`,
  );

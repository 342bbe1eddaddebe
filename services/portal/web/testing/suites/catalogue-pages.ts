import { recordsRoot } from '../records.js';
import { type Site, useGraph } from '../site.js';

/** The pages of catalogues. */
export const testCataloguePages = (site: Site): void => {
  const { read } = site;

  describe('the health of catalogues', () => {
    useGraph(site, recordsRoot);

    it('is listed for all of them', async () => {
      const { words } = await read('/en/catalogues');
      expect(words).toContain('Belgium ○ Not responding 1 March 2026 at 08:00 UTC 12,345 1 2 1 0');
      expect(words).toContain('Italy Catalogo ● Up to date');
    });

    it('is shown for one: rejected entries, users that are open, unconfirmed statements, quality', async () => {
      const { words, html } = await read('/en/catalogues/it');
      for (const expected of [
        'RECORD be:record:&lt;x&gt; too large',
        '3 users are named without being identified. 1 of these were matched to administrations of other countries, 2 are open.',
        'Bruxelles Vesthimmerlands Kommune (Denmark) This could not be read at present.',
        'be:adoption:1 dk:administration:0820',
        '2 users that no administration could be identified for',
        'Bruxelles-Ville Sito dst.dk/kommuner',
        '60 records in all. On this page: 50, of which 1 with deviations',
        'Error: description.it (line 3) is missing',
        'Licensed for reuse 49 1 0 Regularly maintained by its owner 0 0 50',
        'Languages Italian and German',
      ])
        expect(words).toContain(expected);
      expect(html).toContain('href="/en/catalogues/it?after=49"');
    });

    it('is shown for a country that is down, as far as the index knows it, and for no other', async () => {
      const { status: code, words } = await read('/en/catalogues/be');
      expect([code, words.includes('Not responding'), words.includes('This could not be read')]).toEqual([
        200,
        true,
        true,
      ]);
      expect((await read('/en/catalogues/xx')).status).toBeGreaterThanOrEqual(400);
    });
  });
};

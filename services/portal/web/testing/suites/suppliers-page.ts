import { recordsRoot } from '../records.js';
import { type Site, useGraph } from '../site.js';

/** The page of suppliers. */
export const testSuppliersPage = (site: Site): void => {
  const { read } = site;

  describe('the page of suppliers', () => {
    useGraph(site, recordsRoot);

    it('lists what they do for whom, and what is not known of it', async () => {
      const { words, html } = await read('/en/suppliers?q=acme');
      expect(site.gateway.received.at(-1)?.variables).toMatchObject({ search: 'acme' });
      expect(words).toContain('Acme Sito unknown since 2015 dst.dk/kommuner (seen on 1 March 2024 )');
      expect(html).toContain('href="/export/suppliers.csv?variables=%7B%22search%22%3A%22acme%22%7D"');
    });
  });
};

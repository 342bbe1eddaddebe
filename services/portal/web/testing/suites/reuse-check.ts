import { recordsRoot } from '../records.js';
import { type Site, useGraph } from '../site.js';

/** The reuse check and its record. */
export const testReuseCheck = (site: Site): void => {
  const { read } = site;

  describe('the reuse check', () => {
    useGraph(site, recordsRoot);

    it('is a form that browsers send without scripts, and checks nothing before', async () => {
      const { words, html } = await read('/da/check');
      expect(html).toMatch(/<form[^>]*method="get"/);
      expect(words).not.toContain('Journal');
      expect(site.gateway.received).toEqual([]);
    });

    it('shows what was understood, the candidates with reasons and sources, and the catalogues', async () => {
      const { words, html } = await read('/en/check?text=Dagsordener&administration=dk:administration:0820');
      for (const expected of [
        'For Vesthimmerlands Kommune (Denmark, dk:administration:0820 )',
        'Time 1 March 2026 at 08:30 UTC',
        'meeting management (guessed from words: dagsordener )',
        'has a code of the need, open licence',
        'Sito Yes. 0, of which 3 similar EUPL-1.2 Italy',
        'no published fee is known',
        'Belgium It does not respond at present. Considered as of 28 February 2026',
        'Denmark Current data was considered. f1',
      ])
        expect(words).toContain(expected);
      expect(html).toContain('href="/en/check?record=c.abc"');
    });

    it('lets the reader choose if words fit several administrations, and checks nothing before', async () => {
      const { words, html } = await read('/en/check?text=Dagsordener&administration=Namur');
      expect(words).toContain('Which administration is meant by “ Namur ”?');
      expect(html).toContain('href="/en/check?text=Dagsordener&amp;for=be%3Aadministration%3An2"');
      expect(words).not.toContain('Candidates');
      expect((await read('/en/check?text=Dagsordener&administration=0820')).words).toContain(
        'For Vesthimmerlands Kommune',
      );
    });

    it('takes the one municipality with exactly this name, which the reader can change', async () => {
      const { words, html } = await read(
        '/en/check?text=Dagsordener&administration=vésthimmerland&for=it:administration:1',
      );
      expect(words).toContain('For Vesthimmerlands Kommune');
      expect(words).toContain('“ vésthimmerland ” was taken for a municipality. Did you mean another administration?');
      expect(html).toContain('href="/en/check?text=Dagsordener&amp;for=dk%3Aadministration%3Aprovince"');
    });

    it('repeats a check by its record, with what may differ from its day', async () => {
      const { words, html } = await read('/en/check?record=c.abc');
      for (const expected of [
        'Record of a reuse check',
        'Dagsordener',
        'For Vesthimmerlands Kommune',
        'These catalogues have changed since: Italy.',
        'Names, descriptions, licences and maintenance are those of today.',
        'Id of the record: c.abc',
      ])
        expect(words).toContain(expected);
      expect(html).not.toContain('<form');
    });
  });
};

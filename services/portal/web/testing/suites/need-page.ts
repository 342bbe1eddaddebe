import { administration, need, recordsRoot } from '../records.js';
import { type Site, useGraph } from '../site.js';

/** The page of a need. */
export const testNeedPage = (site: Site): void => {
  const { read } = site;

  describe('the page of a need', () => {
    useGraph(site, recordsRoot);

    it('shows who has it, by state, with amounts to the cent', async () => {
      const { status, words, html } = await read('/it/needs/it:need:pnrr-1-4-1');
      expect(status).toBe(200);
      expect(words).toContain('1.234.567.890.123,45 €');
      for (const expected of [
        'Roma',
        'Un comune',
        'Ogni amministrazione del tipo Comune in Nord-Ovest ITC',
        'github.com/italia/sito',
      ])
        expect(words).toContain(expected);
      expect(words).toContain('Secondo 1 organizzazione');
      expect(html).toContain('?state=MET#holders"');
      const met = await read('/it/needs/it:need:pnrr-1-4-1?state=MET');
      expect([html, met.html].map((each) => each.includes('>Roma</bdi>'))).toEqual([true, false]);
      expect((await read('/it/needs/it:need:other')).status).toBe(404);
    });

    it('shows what meets it, for an administration with whether it may join, and why', async () => {
      const { words } = await read('/en/needs/it:need:pnrr-1-4-1?for=dk:administration:0820');
      expect(words).toContain(
        'Yes. The published rules admit this kind of administration and its area. Consorzio X consorzio.example/statuto (seen on 2 January 2024 )',
      );
      expect(words).toContain('3 of 120 similar administrations. In all: no user is named');
      expect(site.gateway.received.at(-1)?.variables).toMatchObject({ need: need.id, for: administration.id });
    });
  });
};

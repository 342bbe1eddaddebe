import { toPage } from '../../../testing/fake-gateway.js';
import { languages } from '../../model/languages.js';
import { type Site, useGraph } from '../site.js';
import { solution, solutionsRoot } from '../solutions.js';

/** The first page, and the search. */
export const testFirstPage = (site: Site): void => {
  const { get } = site;

  describe('the first page', () => {
    useGraph(site, solutionsRoot);

    it.each(languages)('shows the figures for Europe and which catalogues are behind, in %s', async (language) => {
      const { status, text } = await get(`/${language}/`);
      expect(status).toBe(200);
      expect(text).toContain(`<html lang="${language}">`);
      expect(text).toMatch(/<dd>3<\/dd>/);
      expect(text).toMatch(/<tr class="behind">.*?<time dateTime="2026-03-01T08:00:00Z">.*?<\/tr><tr>/);
      expect(text).toContain('href="/export/country-figures.csv?variables=%7B%7D"');
    });

    it('shows the figures of each country with their day, and what is not known of it', async () => {
      const { words, text } = await get('/en/');
      expect(words).toContain('Denmark 40 2 103 7 1,239 5 1 March 2026 ○ Not responding');
      expect(words).toContain('Italy unknown unknown unknown unknown 0 0 2 March 2026 ● Up to date');
      expect(text).toContain('href="/en/?in=consortia&amp;sharing=1&amp;country=DK"');
    });

    it('searches all kinds at once: those named exactly like the text first, those with a typing error last', async () => {
      const { text, words } = await get('/en/?q=benevento');
      expect([...text.matchAll(/<h2 id="(\w+)"/g)].map(([, kind]) => kind)).toEqual([
        'administrations',
        'needs',
        'solutions',
      ]);
      expect(words).toContain(
        '2 administrations Comune di Benevento Municipality · Italy Provincia di Benevento Province · Italy',
      );
      expect(words).toContain('Needs This could not be read at present.');
      expect(words).toContain('Nothing matches exactly. These results contain a similar word.');
      const all = await get('/en/?q=os2mo');
      expect(all.text).toMatch(/href="\/en\/\?q=os2mo&amp;in=consortia"[^>]*>Show all 3 consortia/);
    });

    it('shows the codes of a need, by which it is found', async () => {
      for (const search of ['?q=pnrr', '?q=pnrr&in=needs'])
        expect((await get(`/en/${search}`)).words).toContain('Siti dei comuni Italy · IT_PNRR 1.4.1 · DL 77/2021');
    });

    it('shows the original name of a solution, too, if it has another one in the language of the reader', async () => {
      site.gateway.root = {
        solutions: (args: object) =>
          toPage(
            [{ ...solution, name: ({ language }: { language?: string }) => (language ? 'iA.Délib' : 'PloneMeeting') }],
            args,
          ),
      };
      expect((await get('/fr/?q=plonemeeting&in=solutions')).words).toContain('iA.Délib ( PloneMeeting )');
    });

    it('orders solutions as the reader chooses: without words, by users', async () => {
      for (const [search, order] of [
        ['?in=solutions', { field: 'ADOPTERS' }],
        ['?q=a&in=solutions', undefined],
        ['?q=a&in=solutions&order=release', { field: 'UPDATED' }],
      ] as const) {
        await get(`/en/${search}`);
        expect(
          site.gateway.received.findLast(({ query }) => query.includes('query SearchSolutions('))?.variables,
        ).toEqual(expect.objectContaining({ filter: {}, ...(order && { orderBy: order }) }));
      }
    });

    it('suggests what a reader may mean while typing, without guesses where something matches', async () => {
      const suggest = async (search: string): Promise<unknown> =>
        (await site.portal.fetch(`/suggestions/de?${search}`)).json();
      expect(await suggest('q=benevento')).toEqual([
        {
          id: 'it:administration:062008',
          name: 'Comune di Benevento',
          nameLanguage: null,
          kind: 'MUNICIPALITY',
          country: 'IT',
        },
        {
          id: 'it:administration:062',
          name: 'Provincia di Benevento',
          nameLanguage: null,
          kind: 'PROVINCE',
          country: 'IT',
        },
      ]);
      expect(await suggest('q=benevento&of=administrations')).toHaveLength(2);
      site.gateway.received.length = 0;
      expect(await suggest('q=b')).toEqual([]);
      expect(site.gateway.received).toEqual([]);
    });

    it('searches one kind if a filter or a tab is chosen, and states how much there is of each', async () => {
      const { words, text } = await get('/en/?q=os2mo&topic=budgeting');
      expect(words).toContain('Solutions (1) Administrations (3) Consortia (3) Needs (3)');
      expect(words).toMatch(/Topic budgeting show all/);
      expect(words).toContain('Denmark · MPL-2.0 · 8 known users');
      expect(text).toContain('href="/en/solutions/github.com/os2mo/os2mo"');
      expect(site.gateway.received.map(({ variables }) => variables)).toContainEqual({
        search: 'os2mo',
        language: 'en',
        filter: { categories: ['budgeting'] },
      });
    });

    it('suggests the reuse check if nothing was found, and names the countries that were searched', async () => {
      const { text, words } = await get('/en/?q=nothing');
      expect(text).toContain('href="/en/check?text=nothing"');
      expect(words).toContain('The catalogues of these countries were searched: Denmark and Italy');
    });

    it.each(['?q=os2mo&topic=budgeting&country=DK', '?q=os2mo&in=consortia&sharing=1', '?in=needs&topic=library'])(
      'links to all results of %s as a file',
      async (search) => {
        const { text } = await get(`/en/${search}`);
        const href = /href="(\/export\/[^"]+\.csv[^"]*)"/.exec(text)?.[1] ?? '';
        const exported = new URL(href.replaceAll('&amp;', '&'), 'http://portal').searchParams.get('variables') ?? '';
        const searched =
          site.gateway.received.find(({ query }) => /query Search(?!Counts)/.test(query))?.variables ?? {};
        const filters = Object.entries(searched).filter(([name, value]) => name !== 'language' && value !== '');
        expect(JSON.parse(exported)).toEqual(Object.fromEntries(filters));
      },
    );
  });
};

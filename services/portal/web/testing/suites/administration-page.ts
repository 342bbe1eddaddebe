import { recordsRoot } from '../records.js';
import { type Site, useGraph } from '../site.js';

/** The page of an administration. */
export const testAdministrationPage = (site: Site): void => {
  const { read } = site;

  describe('the page of an administration', () => {
    useGraph(site, recordsRoot);

    const path = '/en/administrations/dk:administration:0820';

    it('shows its codes, names, history, memberships and solutions, with what is not known', async () => {
      const { status, words, html } = await read(path);
      expect(status).toBe(200);
      for (const expected of [
        'DK_KOMMUNE 0820',
        '36,001 (sum of what was merged) dst.dk/kommuner',
        'Formed from Aalestrup ( 2015 to 31 December 2006 )',
        'OS2 Founder since 2015 dst.dk/kommuner (seen on 1 March 2024 )',
        'Solution 0 In production start unknown',
        '25 solutions',
        'The catalogue does not know everything that it uses',
        'The catalogue states no need of it.',
        'Comune 0 Italy 36,001 90 of 100 (same kind, similar size)',
        '5 administrations are left out',
      ])
        expect(words).toContain(expected);
      expect(html).not.toContain('href="javascript:');
      expect(html).toContain('href="/feeds/organisation.atom?id=dk%3Aadministration%3A0820"');
    });

    it('lists what similar administrations use, by how many of them do, without what it uses itself', async () => {
      const { words } = await read(path);
      expect(words).toContain('Frequent 5 : Comune 1 , … 7 EUPL-1.2 New 4 : Comune 1 , … 7 EUPL-1.2');
      expect(words).not.toContain('Own');
      expect(words).toContain('1 solution of this page is left out');
      const variables = site.gateway.received.map((operation) => operation.variables as { population?: unknown });
      expect(variables.find(({ population }) => population)).toMatchObject({
        kind: 'MUNICIPALITY',
        population: { min: 18_001, max: 72_002 },
      });
    });

    it('states that what similar administrations use is a page of a longer list, and that not all was compared', async () => {
      site.gateway.root = {
        ...recordsRoot,
        solutions: ({ filter }: { filter: { usedBy?: string } }) => ({
          nodes: [],
          totalCount: 201,
          unknown: 0,
          staleCatalogues: [],
          pageInfo: {
            hasNextPage: filter.usedBy !== undefined,
            hasPreviousPage: false,
            startCursor: null,
            endCursor: 'end',
          },
        }),
      };
      const { words } = await read(path);
      expect(words).toContain('This page has 0 of them. From page to page, those with the most users');
      expect(words).toContain('uses more solutions than were compared');
    });

    it('lists page by page, each list with a cursor of its own, and links to the whole list as a file', async () => {
      const { html } = await read(`${path}?asOf=2020-01-01`);
      expect(html).toContain(`href="${path}?asOf=2020-01-01&amp;adoptionsAfter=19"`);
      expect(html).toContain(`href="${path}?asOf=2020-01-01&amp;peersAfter=9"`);
      const files = [...html.matchAll(/href="(\/export\/[^"]*)"/g)].map(([, link = '']) =>
        link.replaceAll('&amp;', '&'),
      );
      for (const link of files) expect((await site.portal.fetch(link)).status).toBe(200);
      expect(files.map((link) => link.replace(/\?.*/, ''))).toContain('/export/memberships.jsonl');
      await read(`${path}?peersAtHome=1`);
      expect(site.gateway.received.at(-2)?.variables).toMatchObject({ peersIn: ['DK'] });
      const next = await read(`${path}?adoptionsAfter=19`);
      expect(next.words).toContain('Solution 20');
      expect(next.words).not.toContain('Solution 19 ');
    });

    it('is a page of its own for consortia, and not found for others', async () => {
      expect((await read('/en/administrations/dk:consortium:os2')).status).toBe(404);
      expect((await read('/en/administrations/dk:administration:1')).status).toBe(404);
    });
  });
};

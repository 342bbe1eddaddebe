import { fail, picturesRoot } from '../consortia.js';
import { type Site, useGraph } from '../site.js';

/** Who uses whose solutions, and which they are. */
export const testAcrossBorders = (site: Site): void => {
  const { get } = site;

  describe('the page across borders', () => {
    useGraph(site, picturesRoot);

    it('shows the solutions behind a number', async () => {
      const { text } = await get('/en/across-borders?from=DK&to=IT');
      expect(text).toMatch(
        /href="\/en\/across-borders\?from=DK&amp;to=IT"[^>]*aria-current="true"|aria-current="true"[^>]*from=DK/,
      );
      // React separates values from the text around them by comments.
      expect(text.replaceAll('<!-- -->', '')).toContain('Published in Denmark, used in Italy</h2>');
      expect(text).toContain('href="/en/solutions/github.com/os2mo/os2mo"');
      expect(text).toMatch(/at the latest.*1 January 2024/s);
      expect(text).toContain('class="heat-0"');
    });

    it('shows the solutions behind a number on the day of the matrix', async () => {
      const { text } = await get('/en/across-borders?asOf=2024-02-29&from=DK&to=IT');
      expect(text.replaceAll('<!-- -->', '')).toMatch(/One solution on <time[^>]*>29 February 2024/);
      expect(site.gateway.received.map(({ variables }) => variables)).toContainEqual(
        expect.objectContaining({ publishedIn: 'DK', usedIn: 'IT', asOf: '2024-02-29' }),
      );
      expect(decodeURIComponent(/\/export\/solutions\.csv\?variables=([^"]*)"/.exec(text)?.[1] ?? '')).toBe(
        '{"filter":{"publishedIn":["DK"],"usedInAll":["IT"],"usedOn":"2024-02-29"},"asOf":"2024-02-29"}',
      );
    });

    it('shows the solutions behind a number while the matrix cannot be read', async () => {
      site.gateway.root = { ...picturesRoot, reuseMatrix: fail };
      const { status, text } = await get('/en/across-borders?from=DK&to=IT');
      expect(status).toBe(200);
      expect(text).toMatch(/Who uses whose solutions.*cannot be shown/s);
      expect(text).toContain('href="/en/solutions/github.com/os2mo/os2mo"');
      expect((await get('/en/across-borders')).status).toBe(503);
    });
  });
};

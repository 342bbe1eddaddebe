import { os2, picturesRoot, unreadConsortium } from '../consortia.js';
import { type Site, useGraph } from '../site.js';

/** The page of a consortium. */
export const testConsortiumPage = (site: Site): void => {
  const { get } = site;

  describe('the page of a consortium', () => {
    useGraph(site, picturesRoot);

    it('shows counts beside claims, the members, the map and the portfolio', async () => {
      const { status, text } = await get(`/en/consortia/${os2.id}`);
      expect(status).toBe(200);
      expect(text).toContain('OS2 &lt;b&gt;fællesskab&lt;/b&gt;');
      expect(text).toMatch(/Counted by the catalogue.*Members known by name.*>7<.*>98</s);
      expect(text).toMatch(/Published: a claim.*Grew to include 58 of the 98/s);
      expect(text).toContain('/en/administrations/dk:administration:0');
      expect(text).toContain('/en/solutions/github.com/os2mo/os2mo');
      expect(text).toContain('/en/pictures/consortium-members-map.svg?id=');
      expect(text).toMatch(/Terms and fees.*Joining.*Each year, for members.*DKK.90.*since.*24 April 2012.*os2\.eu/s);
      expect(text).not.toContain('href="javascript:');
    });

    it('keeps its state in its address: day, filters and page', async () => {
      const { text } = await get(`/en/consortia/${os2.id}?asOf=2017-08-07&role=BOARD&past=true`);
      expect(site.gateway.received.map(({ variables }) => variables)).toContainEqual(
        expect.objectContaining({ asOf: '2017-08-07', role: 'BOARD', past: true, language: 'en' }),
      );
      expect(text).toContain('<option value="BOARD" selected="">');
      expect(text).toMatch(/after=49/);
      const exported = /href="\/export\/members\.csv\?([^"]*)"/.exec(text)?.[1] ?? '';
      expect(JSON.parse(new URLSearchParams(exported).get('variables') ?? '')).toEqual({
        consortium: os2.id,
        asOf: '2017-08-07',
        role: 'BOARD',
        past: true,
      });
      expect(text).toContain('/export/portfolio.csv?');
    });

    it('shows everything else while its pictures cannot be read, and names them', async () => {
      const { status, text } = await get(`/en/consortia/${unreadConsortium.id}`);
      expect(status).toBe(200);
      expect(text).toMatch(/Unread: members over time.*cannot be shown.*Unread: members by region.*cannot be shown/s);
      expect(text).toContain('/en/solutions/github.com/os2mo/os2mo');
    });

    it('is not found for an organisation that is not a consortium', async () => {
      expect((await get('/en/consortia/dk:administration:0101')).status).toBe(404);
    });
  });
};

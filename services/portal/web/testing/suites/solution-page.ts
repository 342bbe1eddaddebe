import { startTestPortal } from '../../../testing/start-test-portal.js';
import { type Site, useGraph } from '../site.js';
import { solution, solutionsRoot, unread } from '../solutions.js';

/** The page of a solution. */
export const testSolutionPage = (site: Site): void => {
  const { get } = site;

  describe('the page of a solution', () => {
    useGraph(site, solutionsRoot);

    it('shows what it is with the origin of each field, its users, and its records, with what is not known', async () => {
      const { text, words } = await get('/en/solutions/github.com/os2mo/os2mo');
      for (const expected of [
        'MPL-2.0 ( Weak copyleft ) DK',
        'Latest release unknown',
        'OS2 Status Active Who may join Municipality (areas: Denmark',
        'it:consortium:2 This could not be read at present.',
        'Denmark 7 9 January 2020 0 7',
        'Italy 1 unknown unknown unknown',
        'unknown 15 Users Brugt i 15 kommuner os2.example',
        'Aarhus Denmark Pilot since March 2015 os2.example/users (seen on 2 January 2024 ) (according to OS2 )',
        'Magenta ( until 31 December 2027 )',
        'Languages of the interface Danish and English',
      ])
        expect(words).toContain(expected);
      expect(text).toContain('/en/pictures/solution-growth.svg?id=github.com');
      expect(text).toContain('href="#record-dk:record:os2mo"');
      expect(text).toContain('id="record-dk:record:os2mo"');
      expect(text).not.toContain('href="javascript:');
    });

    it('shows everything else while its pictures cannot be read, and names them', async () => {
      const { status, words } = await get(`/en/solutions/${unread.id}`);
      expect(status).toBe(200);
      expect(words).toMatch(/“ ?Unread: users over time ?” cannot be shown/);
      expect(words).toMatch(/“ ?Unread: users by region ?” cannot be shown/);
      expect(words).toContain('Denmark 7 9 January 2020 0 7');
    });

    it('has addresses for other sites that begin with the public one', async () => {
      const path = `/en/solutions/${solution.id}`;
      expect((await get(path)).text).toContain(`&lt;iframe src=&quot;http://localhost:`);
      const stated = await startTestPortal(site.gateway.url, { publicUrl: 'https://portal.example' });
      const text = await (await stated.fetch(path)).text();
      expect(text).toContain('&lt;iframe src=&quot;https://portal.example/en/embed/solution-growth?id=');
      await stated.stop();
    });

    it('answers one administration whether it may join, with the reason, the rules, the state and the cost', async () => {
      const path = `/en/solutions/${solution.id}`;
      const none = await get(`${path}?country=DK`);
      expect(none.text).toMatch(
        /<form[^>]*action="[^"]*#may-join"[^>]*>.*name="country" value="DK".*name="administration"/s,
      );
      expect(none.words).toContain('Joining OS2 Conditions Betingelser');
      expect(none.words).toMatch(/Each year, for members DKK\s1,500.50 from 20,000 inhabitants since March 2015/);
      expect(none.text.match(/>Betingelser</g)).toHaveLength(1);
      const member = await get(`${path}?for=dk:administration:0751`);
      expect(member.words).toContain('Yes. Already a member of: OS2 os2.example/rules (seen on 2 January 2024 )');
      const { words } = await get(`${path}?administration=be:administration:92094`);
      expect(words).toContain('( Belgium ): No. The rules do not admit the area of the administration. OS2');
      expect(words).toContain('Open to: Municipality (areas: Denmark , Midtjylland DK04 ). Status: Active .');
    });

    it('shows the users on a day', async () => {
      const { text } = await get(`/en/solutions/${solution.id}?asOf=2020-01-01&from=2015-01-01`);
      expect(site.gateway.received.map(({ variables }) => variables)).toContainEqual(
        expect.objectContaining({ address: solution.id, asOf: '2020-01-01' }),
      );
      expect(text).toContain('solution-users-map.svg?id=github.com%2Fos2mo%2Fos2mo&amp;asOf=2020-01-01');
      expect(text).toContain('%22asOf%22%3A%222020-01-01%22');
      // Choosing one day keeps the other.
      expect(text).toMatch(/name="from" value="2015-01-01"\/><label>On the day/);
      expect(text).toMatch(/name="asOf" value="2020-01-01"\/><label>From/);
    });

    it('lists the users of one country', async () => {
      await get('/en/solutions/github.com/os2mo/os2mo?country=IT&after=1');
      expect(site.gateway.received.map(({ variables }) => variables)).toContainEqual(
        expect.objectContaining({ countries: ['IT'], after: '1' }),
      );
    });
  });
};

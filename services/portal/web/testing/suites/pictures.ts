import { startTestPortal } from '../../../testing/start-test-portal.js';
import { languages } from '../../model/languages.js';
import { pictures } from '../../pictures/pictures.js';
import { os2, picturesRoot, sharedSolution } from '../consortia.js';
import { type Site, useGraph } from '../site.js';

const consortium = `id=${os2.id}`;

/** Pictures as files, their data, and how other sites show them. */
export const testPictures = (site: Site): void => {
  const { get } = site;

  describe('pictures', () => {
    useGraph(site, picturesRoot);

    it.each([
      ['consortium-growth', consortium],
      ['consortium-members-map', consortium],
      ['solution-growth', `id=${sharedSolution.id}`],
      ['solution-users-map', `id=${sharedSolution.id}`],
      ['reuse-matrix', ''],
      ['timeline', ''],
    ])('%s is an SVG that runs and loads nothing', async (name, search) => {
      const { status, response, text } = await get(`/en/pictures/${name}.svg?${search}`);
      expect([status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(response.headers.get('cache-control')).toBe('public, max-age=300');
      expect(text).toMatch(/^<svg xmlns=/);
      expect(text).not.toMatch(/\sstyle=|<style|<script|<b>|href=|NaN|undefined/);
      expect([...pictures.keys()]).toContain(name);
    });

    it.each([
      [
        'consortium-growth',
        consortium,
        'COUNTED,2026-01-01,30,5,25,false',
        'PUBLISHED,2017-08-07,58,,,,MEMBERS,MUNICIPALITY,98',
      ],
      ['consortium-members-map', consortium, 'row,country,nuts,lau,name,count', 'REGION,DK,DK04,,Midtjylland,250'],
      ['solution-growth', `id=${sharedSolution.id}`, 'row,day,count,dated', 'PUBLISHED,2017-08-07,58,,,,USERS'],
      ['solution-users-map', `id=${sharedSolution.id}`, 'REGION,IT,ITC4,,Lombardia,900', 'REGION,,,,,3'],
      ['reuse-matrix', '', 'publishedIn,usedIn,adoptions,solutions,dated', 'DK,IT,7,1,3'],
      ['timeline', '', 'id,name,row,day', 'dk:consortium:2,DDF,COUNTED,2012-01-01,5'],
    ])('%s has its data as a file', async (name, search, ...lines) => {
      const { status, response, text } = await get(`/en/pictures/${name}.csv?${search}`);
      expect([status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
        200,
        'text/csv; charset=utf-8',
        `attachment; filename="${name}.csv"`,
      ]);
      for (const line of lines) expect(text).toContain(line);
    });

    it('have their texts in each language, and a theme and a size', async () => {
      const titles = new Set<string>();
      for (const language of languages) {
        const { text } = await get(`/${language}/pictures/reuse-matrix.svg?theme=dark&size=narrow`);
        titles.add(/<title id="title">([^<]*)/.exec(text)?.[1] ?? '');
        expect(text).toContain('width="360"');
        expect(text).toContain('fill="#12171e"');
      }
      expect(titles.size).toBe(languages.length);
    });

    it('count all members by region, page by page, but not observers', async () => {
      const { text } = await get(`/en/pictures/consortium-members-map.svg?${consortium}`);
      expect(text).toContain('<title>Midtjylland: 250</title>');
      expect(text).toContain('Boundaries: Natural Earth');
    });

    it('name what is not on the map', async () => {
      const { text } = await get(`/en/pictures/solution-users-map.svg?id=${sharedSolution.id}`);
      expect(text).toContain('<title>Lombardia: 900</title>');
      expect(text).toContain('3 are not on the map');
    });

    it('name the countries that did not respond, and are requested again', async () => {
      site.gateway.catalogues = [{ country: 'IT', state: 'TIMEOUT' }];
      const { response, text } = await get('/en/pictures/timeline.svg');
      expect(text).toContain('Italy does not respond');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    });

    it.each([
      ['/en/pictures/nothing.svg', 404],
      ['/en/pictures/reuse-matrix.svg?theme=pink', 400],
      ['/en/pictures/consortium-growth.svg?id=dk:consortium:1', 404],
      ['/en/pictures/consortium-growth.svg?id=dk:administration:0101', 404],
    ])('%s has the status %d', async (path, status) => {
      expect((await get(path)).status).toBe(status);
    });

    it('cost a client what it takes to draw them', async () => {
      const limited = await startTestPortal(site.gateway.url, { costBudgetPerMinute: 1_000 });
      const statuses: number[] = [];
      for (let request = 0; request < 2; request += 1)
        statuses.push((await limited.fetch('/en/pictures/reuse-matrix.svg')).status);
      await limited.stop();
      expect(statuses).toEqual([200, 429]);
    });

    it('can be embedded in any site, with a link to their page', async () => {
      const { response, text } = await get(`/da/embed/consortium-growth?${consortium}`);
      expect(response.headers.get('content-security-policy')).toContain('frame-ancestors *');
      expect(text).toContain(`href="/da/consortia/${os2.id}"`);
      expect(text).toContain(`/da/pictures/consortium-growth.svg?id=dk%3Aconsortium%3A41849983&amp;theme=dark`);
      expect(text).toContain('<title>OS2 &lt;b&gt;fællesskab&lt;/b&gt;: medlemmer over tid</title>');
      expect(text).not.toContain('<script');
    });
  });
};

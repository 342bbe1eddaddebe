import { toPage } from '../../../testing/fake-gateway.js';
import { picturesRoot, unreadConsortium } from '../consortia.js';
import { type Site, useGraph } from '../site.js';

/** The timeline of growing groups. */
export const testTimeline = (site: Site): void => {
  const { get } = site;

  describe('the timeline', () => {
    useGraph(site, picturesRoot);

    it('names the groups that cannot be read, instead of showing them as empty', async () => {
      site.gateway.root = { ...picturesRoot, consortia: (page: object) => toPage([unreadConsortium], page) };
      const { text } = await get('/en/timeline?to=2026-01-01');
      expect(text).toMatch(/Could not be read at present:.*href="\/en\/consortia\/dk:consortium:3"/s);
      expect((await get('/en/pictures/timeline.svg')).text).toContain('Could not be read at present: Unread.');
    });

    it('begins with the groups of the report, and has each once', async () => {
      const { text } = await get('/it/timeline?to=2026-01-01');
      expect(text.match(/<h2>/g)).toHaveLength(2);
      expect(text).toContain('/it/pictures/timeline.svg?from=2012-01-01&amp;to=2026-01-01');
    });
  });
};

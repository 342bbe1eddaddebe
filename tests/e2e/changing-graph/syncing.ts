import { waitUntil } from '../../../services/kit/testing/wait-until.js';
import { graph } from './graph.js';
import { type FeedCopy, readSyncingPage } from './syncing-page.js';

describe('docs/syncing.md', () => {
  it('keeps a copy of a country and of the solutions up to date, deletions and a restart of the feed included', async () => {
    const { follow, createCatalogueCopy, operations } = readSyncingPage();
    const catalogue = createCatalogueCopy();
    const sync = () =>
      follow(
        graph.query,
        operations['FollowCatalogue'] ?? '',
        { catalogue: 'dk:catalogue' },
        ({ node }: { node: { changes: unknown } | null }) => node?.changes,
        catalogue,
      );
    const solutions: FeedCopy = {
      feedId: null,
      cursor: null,
      objects: new Map(),
      apply: ({ solutionId, solution }) => {
        if (solution === null) solutions.objects.delete(String(solutionId));
        else solutions.objects.set(String(solutionId), solution);
      },
    };
    const syncSolutions = () =>
      follow(
        graph.query,
        operations['FollowSolutions'] ?? '',
        {},
        ({ solutionChanges }: { solutionChanges: unknown }) => solutionChanges,
        solutions,
      );
    const countObjects = (subject: string): number =>
      [...catalogue.objects.keys()].filter((key) => key.startsWith(`${subject} `)).length;
    const countsOf = async () => {
      const { data } = await graph.query(
        '{ denmark { administrations { totalCount } consortia { totalCount } records { totalCount } } solutions { totalCount } }',
      );
      type Count = { totalCount: number };
      const { denmark, solutions: all } = data as unknown as { denmark: Record<string, Count>; solutions: Count };
      return [denmark['records']?.totalCount, all.totalCount];
    };

    await Promise.all([sync(), syncSolutions()]);
    expect([countObjects('RECORD'), solutions.objects.size]).toEqual(await countsOf());
    expect(countObjects('ADOPTION')).toBeGreaterThan(0);

    const deleted = 'github.com/os2compliance/os2compliance';
    expect(solutions.objects.has(deleted)).toBe(true);
    const before = new Map(catalogue.objects);
    await graph.write(
      'denmark',
      `UPDATE organisation SET homepage = 'https://example.org/' WHERE id = 'dk:administration:0820'`,
    );
    await graph.write('denmark', `DELETE FROM catalogue_record WHERE id = 'dk:record:os2compliance'`);
    await sync();
    expect(catalogue.objects.has('RECORD dk:record:os2compliance')).toBe(false);
    const changed = [...catalogue.objects].filter(([key, at]) => before.get(key) !== at).map(([key]) => key);
    expect(changed).toContain('ADMINISTRATION dk:administration:0820');
    await waitUntil('the index to have deleted the solution', async () => {
      await syncSolutions();
      return solutions.objects.size === (await countsOf())[1] && !solutions.objects.has(deleted);
    });

    const { feedId } = catalogue;
    catalogue.objects.set('RECORD dk:record:never-was', '');
    await graph.write('denmark', 'UPDATE feed SET id = gen_random_uuid()');
    await sync();
    expect([catalogue.feedId === feedId, countObjects('RECORD')]).toEqual([false, (await countsOf())[0]]);
  });
});

import { today } from '../../services/shared/dates.js';
import { at, listAt } from '../../services/catalogue/testing/test-catalogue.js';
import {
  administrationsOf,
  counted,
  folders,
  frameworkDay,
  memberships,
  membersOf,
  table,
  usersOf,
  usesOn,
  writtenOn,
} from './tables.js';

const consortia = [
  ['denmark', 'dk:consortium:41849983'],
  ['belgium', 'be:consortium:0841470248'],
  ['italy', 'it:consortium:sannio-it'],
  ['italy', 'it:consortium:puglia-campania-2017'],
] as const;

/** The pairs in use on a day, by country. */
const pairs = (day: string): Map<string, Set<string>> =>
  new Map(
    Object.entries(folders).map(([country, folder]) => [
      country,
      new Set(usesOn(folder, day).map(({ user, address }) => `${user} ${address}`)),
    ]),
  );

/** The uses of a day per using country, as the matrix of publishing and using countries sums them up. */
const usedIn = (matrix: unknown): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const cell of matrix as { usedIn: string; adoptions: number }[])
    sums[cell.usedIn] = (sums[cell.usedIn] ?? 0) + cell.adoptions;
  return sums;
};

/** What the responses to the questions across countries contain, and what they state not to know. */
export const acrossCountries: Readonly<Record<string, (data: unknown) => void>> = {
  'c01-one-page-table': (data) => {
    const rows = listAt(data, 'catalogues');
    expect(rows.map((row) => at(row, 'country'))).toEqual(Object.keys(folders));
    for (const [index, folder] of Object.values(folders).entries())
      expect(rows[index]).toMatchObject({
        users: counted(folder, usersOf(folder, today())),
        usersThen: counted(folder, usersOf(folder, frameworkDay), frameworkDay),
      });
    expect(rows).toMatchObject([
      { municipalities: 98, municipalitiesThen: 98 },
      { municipalities: 565 },
      { municipalities: 7896 },
    ]);
  },

  'c02-consortia-side-by-side': (data) => {
    for (const [index, [folder, id]] of consortia.entries()) {
      const [then, now] = [frameworkDay, writtenOn].map((day) => memberships(folder, id, day).length);
      expect(at(data, 'organisations', index)).toMatchObject({
        id,
        membersCompleteSince: null,
        then: { totalCount: then, complete: false },
        now: { totalCount: now, complete: false },
      });
    }
    expect(at(data, 'organisations', 0, 'growth', 0)).toMatchObject({ asOf: frameworkDay, knownMembers: 7, dated: 7 });
  },

  'c03-solutions-side-by-side': (data) => {
    const nodes = listAt(data, 'top', 'nodes');
    const adopters = nodes.map((node) => {
      const reuse = listAt(node, 'reuse') as { adopters: number; complete: boolean }[];
      expect(reuse.every(({ complete }) => !complete)).toBe(true);
      return reuse.reduce((sum, row) => sum + row.adopters, 0);
    });
    expect(nodes).toHaveLength(10);
    expect(adopters).toEqual([...adopters].sort((one, other) => other - one));
    const mostUsed = Math.max(...Object.values(folders).flatMap((folder) => countByAddress(folder)));
    expect(adopters[0]).toBe(mostUsed);
    // All solutions, so that they can be ordered by the users of 2017.
    expect(at(data, 'all', 'totalCount')).toBe(listAt(data, 'all', 'nodes').length);
    const then = listAt(data, 'all', 'nodes').flatMap((node) => listAt(node, 'then') as { adopters: number }[]);
    const expected = Object.values(folders).reduce((sum, folder) => sum + usesOn(folder, '2017-12-31').length, 0);
    expect(then.reduce((sum, row) => sum + row.adopters, 0)).toBe(expected);
  },

  'c04-coverage': (data) => {
    for (const row of listAt(data, 'catalogueStatus'))
      expect(row).toMatchObject({ state: 'OK', refused: 0, problem: null, unconfirmedMemberships: 0 });
    for (const [index, folder] of Object.values(folders).entries()) {
      const catalogue = at(data, 'catalogues', index);
      expect(listAt(catalogue, 'completeSince')).toHaveLength(table(folder, 'completeness').length);
      expect(at(catalogue, 'consortia', 'totalCount')).toBeGreaterThan(0);
    }
    expect(listAt(data, 'catalogues', 2, 'completeSince')).toMatchObject([
      { kind: 'MUNICIPALITY', nuts: null, since: '2023-01-01' },
    ]);
  },

  'c05-what-changed': (data) => {
    const [before, after] = [pairs('2017-12-31'), pairs(writtenOn)];
    for (const change of listAt(data, 'reuseChanges') as Record<string, number | string>[]) {
      const [then, now] = [before, after].map((of) => of.get(String(change['country'])) ?? new Set<string>());
      const continued = [...(then ?? [])].filter((pair) => now?.has(pair)).length;
      expect(change).toMatchObject({
        before: then?.size,
        after: now?.size,
        continued,
        ended: (then?.size ?? 0) - continued,
      });
      expect(Number(change['begun']) + Number(change['observed'])).toBe((now?.size ?? 0) - continued);
    }
    expect(listAt(data, 'reuseChanges').map((change) => at(change, 'country'))).toEqual(['BE', 'DK', 'IT']);
    for (const [field, of] of [
      ['then', before],
      ['now', after],
    ] as const)
      expect(usedIn(at(data, field))).toEqual(
        Object.fromEntries([...of].flatMap(([country, { size }]) => (size === 0 ? [] : [[country, size]]))),
      );
  },

  'c06-same-need': (data) => {
    const publishedIn = (need: string): string[] => [
      ...new Set(listAt(data, need, 'nodes').flatMap((node) => listAt(node, 'publishedIn') as string[])),
    ];
    expect(publishedIn('meetings')).toEqual(expect.arrayContaining(['BE', 'DK']));
    expect(publishedIn('websites')).toEqual(expect.arrayContaining(['DK', 'IT']));
    expect(publishedIn('documents')).toEqual(expect.arrayContaining(['BE', 'IT']));
    const categories = listAt(data, 'all', 'facets').find((facet) => at(facet, 'field') === 'categories');
    expect(at(categories, 'missing')).toBe(
      Object.values(folders)
        .flatMap((folder) => table(folder, 'records'))
        .filter((row) => row['categories'] === '').length,
    );
  },

  'c07-openness': (data) => {
    for (const folder of Object.values(folders)) {
      const records = table(folder, 'records');
      const licences = listAt(data, folder, 'facets').find((facet) => at(facet, 'field') === 'licence');
      const count = (licence: string): number => records.filter((row) => row['licence'] === licence).length;
      expect(at(data, folder, 'totalCount')).toBe(records.length);
      expect(at(licences, 'missing')).toBe(count(''));
      for (const value of listAt(licences, 'values') as { value: string; count: number }[])
        expect(value).toEqual({ value: value.value, count: count(value.value) });
    }
  },

  'c08-population-reached': (data) => {
    const sum = (folder: 'denmark', ids: readonly string[]): number => {
      const wanted = new Set(ids);
      return table(folder, 'populations')
        .filter((row) => wanted.has(row['organisation'] ?? ''))
        .reduce((total, row) => total + Number(row['count']), 0);
    };
    const [inDenmark, inBelgium, inItaly] = listAt(data, 'catalogues');
    const users = usersOf('denmark', today());
    // One figure for each Danish municipality, of 2019: none for 2017.
    const dated = { undated: 0, oldest: '2019-01-01', newest: '2019-01-01' };
    expect(inDenmark).toMatchObject({
      all: { totalCount: 98, inhabitants: { count: 5_805_991, known: 98, unknown: 0, ...dated } },
      users: {
        totalCount: users.length,
        inhabitants: { count: sum('denmark', users), known: users.length, unknown: 0, ...dated },
      },
      allThen: { inhabitants: { count: null, known: 0, unknown: 98 } },
    });
    expect(at(inBelgium, 'all', 'inhabitants')).toMatchObject({ count: 11_492_641, known: 565, unknown: 0 });
    expect(at(inItaly, 'all', 'inhabitants')).toMatchObject({ unknown: 0, oldest: '2019-01-01' });
    for (const catalogue of [inDenmark, inBelgium, inItaly])
      for (const list of ['all', 'users', 'allThen', 'usersThen']) {
        const { known, unknown } = at(catalogue, list, 'inhabitants') as { known: number; unknown: number };
        expect(known + unknown).toBe(at(catalogue, list, 'totalCount'));
      }
  },

  'c09-regions-compared': (data) => {
    for (const folder of Object.values(folders)) {
      const { withoutRegion, ...regions } = at(data, folder) as Record<string, { totalCount: number; unknown: number }>;
      for (const [nuts, region] of Object.entries(regions))
        expect([nuts, region]).toEqual([nuts, counted(folder, usersOf(folder, today(), { nuts }), today(), nuts)]);
      // Every municipality is in one of them.
      const all = Object.values(regions).reduce((sum, { totalCount, unknown }) => sum + totalCount + unknown, 0);
      expect(withoutRegion).toEqual({ totalCount: all, unknown: 0 });
      expect(all).toBe(administrationsOf(folder, today()).length);
    }
  },

  'c10-cross-border-links': (data) => {
    for (const cell of listAt(data, 'reuseMatrix')) expect(at(cell, 'publishedIn')).toBe(at(cell, 'usedIn'));
    for (const row of listAt(data, 'catalogueStatus'))
      expect(row).toMatchObject({ unconfirmedAdoptions: 0, unconfirmedMemberships: 0, unconfirmedStatements: [] });
    // The only consortium that is a member of another one.
    expect(listAt(data, 'organisations', 2, 'memberships')).toMatchObject([
      { consortiumId: 'it:consortium:puglia-campania-2017', confirmed: true, during: { start: '2017-07-01' } },
    ]);
    expect(at(data, 'inTwoCountries')).toMatchObject({ totalCount: 0 });
    expect(at(data, 'severalConsortia', 'totalCount')).toBe(
      Object.values(folders).reduce((sum, folder) => sum + membersOfSeveral(folder), 0),
    );
    expect(at(data, 'severalConsortia', 'unknown')).toBeGreaterThan(0);
    expect(at(data, 'suppliers', 'totalCount')).toBe(listAt(data, 'suppliers', 'nodes').length);
    const { totalCount, unknown } = at(data, 'contracts') as { totalCount: number; unknown: number };
    const records = Object.values(folders).flatMap((folder) => table(folder, 'records'));
    expect(totalCount).toBe(records.filter((row) => row['maintenance_type'] === 'CONTRACT').length);
    expect(unknown).toBe(records.filter((row) => row['maintenance_type'] === '').length);
  },
};

/** How many administrations use each solution of a country today. */
const countByAddress = (folder: string): number[] => {
  const counts = new Map<string, number>();
  for (const { address } of usesOn(folder, today())) counts.set(address, (counts.get(address) ?? 0) + 1);
  return [...counts.values()];
};

/** How many administrations of a country are members of more than one consortium today. */
const membersOfSeveral = (folder: (typeof folders)[string]): number => {
  const memberIn = table(folder, 'consortia').flatMap(({ id }) =>
    membersOf(folder, id ?? '', today()).map(({ member }) => `${member ?? ''} ${id ?? ''}`),
  );
  const counts = new Map<string, number>();
  for (const pair of new Set(memberIn)) {
    const [member = ''] = pair.split(' ');
    counts.set(member, (counts.get(member) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count > 1).length;
};

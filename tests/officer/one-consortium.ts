import { today } from '../../services/shared/dates.js';
import { at, listAt } from '../../services/catalogue/testing/test-catalogue.js';
import { frameworkDay, memberships, membersOf, portfolioOf, table, usersOf, usesOn, writtenOn } from './tables.js';

const [os2, imio] = ['dk:consortium:41849983', 'be:consortium:0841470248'];
const [sannio, initiative] = ['it:consortium:sannio-it', 'it:consortium:puglia-campania-2017'];

/** How many administrations of any kind use a solution on a day. */
const users = (folder: string, address: string, day: string): number =>
  new Set(usesOn(folder, day).flatMap((use) => (use.address === address ? [use.user] : []))).size;
const adopters = (reuse: unknown): number => (reuse as { adopters: number }[])[0]?.adopters ?? 0;

/** What the responses to the questions about one consortium or solution contain, and what they state not to know. */
export const oneConsortium: Readonly<Record<string, (data: unknown) => void>> = {
  'b01-growth-of-os2': (data) => {
    const points = listAt(data, 'organisation', 'growth');
    expect(at(data, 'organisation', 'existed')).toEqual({ start: '2012-04-24' });
    for (const point of points) {
      const members = membersOf('denmark', os2, at(point, 'asOf') as string);
      const dated = members.filter((row) => row['start'] !== '').length;
      expect(point).toMatchObject({
        knownMembers: members.length,
        dated,
        observed: members.length - dated,
        complete: false,
      });
    }
    expect(points).toHaveLength(16);
    expect(at(points[0], 'knownMembers')).toBe(5);
    // What was published for a year stands beside its count, and is not counted.
    const claimed = points.flatMap((point) => listAt(point, 'claims').map((claim) => at(claim, 'count')));
    expect(claimed).toEqual(expect.arrayContaining([57, 56, 58, 66, 78, 76]));
  },

  'b02-joined-and-left-os2': (data) => {
    const [then, now] = [frameworkDay, writtenOn].map((day) => memberships('denmark', os2, day));
    expect(at(data, 'organisation')).toMatchObject({
      then: { totalCount: then?.length, complete: false },
      now: { totalCount: now?.length, complete: false },
      everMembers: { complete: false },
    });
    const ever = listAt(data, 'organisation', 'everMembers', 'nodes');
    // Everyone of that year, of today, and all who have left since.
    const listed = new Set(ever.map((node) => at(node, 'memberId')));
    for (const row of [...(then ?? []), ...(now ?? [])]) expect(listed).toContain(row['member']);
    const left = table('denmark', 'memberships').filter((row) => row['consortium'] === os2 && row['ended'] === 'true');
    expect(ever.filter((node) => at(node, 'during', 'ended') === true)).toHaveLength(left.length);
    // A member without a dated start has a day of observation.
    for (const node of ever) expect(at(node, 'during', 'start') ?? at(node, 'provenance', 'observedOn')).not.toBeNull();
  },

  'b03-one-solution': (data) => {
    const address = 'github.com/os2mo/os2mo';
    const municipalities = usersOf('denmark', writtenOn, { of: (one) => one === address }).length;
    expect(at(data, 'solution')).toMatchObject({
      name: 'OS2mo',
      licence: 'MPL-2.0',
      reuse: [{ country: 'DK', adopters: municipalities, complete: false }],
      then: [],
      adoptions: { complete: false },
    });
    expect(municipalities).toBeGreaterThanOrEqual(7);
    expect(listAt(data, 'solution', 'claims').map((claim) => at(claim, 'count'))).toEqual(
      expect.arrayContaining([15, 3]),
    );
  },

  'b04-members-of-imio': (data) => {
    const known = (kind: string): number => membersOf('belgium', imio, today(), kind).length;
    const found = at(data, 'organisation') as Record<string, unknown>;
    expect(found).toMatchObject({
      membersCompleteSince: null,
      members: { totalCount: memberships('belgium', imio, today()).length, complete: false },
      municipalities: { knownMembers: known('MUNICIPALITY'), eligible: 261, share: null, complete: false },
      socialWelfareCentres: { knownMembers: known('SOCIAL_WELFARE_CENTRE'), eligible: null, complete: false },
      provinces: { knownMembers: known('PROVINCE'), eligible: 5, complete: false },
      intermunicipalBodies: { knownMembers: known('INTERMUNICIPAL_BODY'), complete: false },
      policeZones: { knownMembers: known('POLICE_ZONE'), complete: false },
      rescueZones: { knownMembers: known('RESCUE_ZONE'), complete: false },
    });
    // Published in 2022: 237 municipalities, 92 social welfare centres, 4 provinces.
    const claimed = (field: string): unknown => at(found, field, 'closestClaim', 'count');
    expect(['municipalities', 'socialWelfareCentres', 'provinces'].map(claimed)).toEqual([237, 92, 4]);
  },

  'b05-catalogue-of-imio': (data) => {
    const entries = listAt(data, 'organisation', 'portfolio');
    expect(entries.map((entry) => at(entry, 'solutionAddress')).sort()).toEqual(
      [...portfolioOf('belgium', imio)].sort(),
    );
    for (const entry of entries) {
      const address = at(entry, 'solutionAddress') as string;
      expect([address, adopters(at(entry, 'solution', 'now')), adopters(at(entry, 'solution', 'then'))]).toEqual([
        address,
        users('belgium', address, writtenOn),
        users('belgium', address, '2017-12-31'),
      ]);
    }
  },

  'b06-consorzio-sannio': (data) => {
    const municipalities = membersOf('italy', sannio, writtenOn, 'MUNICIPALITY').length;
    expect(at(data, 'organisation')).toMatchObject({
      status: 'IN_DISSOLUTION',
      members: { totalCount: memberships('italy', sannio, writtenOn).length, complete: false },
      // What is known of the members today comes from undated pages read in 2026.
      then: { totalCount: memberships('italy', sannio, frameworkDay).length, complete: false },
      coverage: { knownMembers: municipalities, eligible: 78, share: null, complete: false },
    });
    expect(municipalities).toBeGreaterThanOrEqual(25);
    expect(listAt(data, 'organisation', 'claims')).toEqual(
      expect.arrayContaining([expect.objectContaining({ relation: 'SERVED', count: 52, asOf: '2017-08-07' })]),
    );
    const members = new Set(membersOf('italy', sannio, today()).map((row) => row['member'] ?? ''));
    const using = new Set(usesOn('italy', today()).flatMap(({ user }) => (members.has(user) ? [user] : [])));
    expect(at(data, 'italy', 'sharedByMembers', 'totalCount')).toBe(using.size);
  },

  'b07-puglia-and-campania': (data) => {
    expect(at(data, 'organisation')).toMatchObject({
      existed: { start: '2017-07-01', startPrecision: 'MONTH', end: null, ended: null },
      status: null,
      members: {
        totalCount: memberships('italy', initiative, writtenOn).length,
        complete: false,
      },
      // Five municipalities of Puglia take part, which no source names.
      coverage: { eligible: null, complete: false, closestClaim: { count: 5, asOf: '2017-07-01' } },
    });
    expect(listAt(data, 'organisation', 'members', 'nodes').map((node) => at(node, 'member', 'name'))).toContain(
      'Consorzio Sannio.it',
    );
  },

  'b08-governance': (data) => {
    expect(listAt(data, 'named')).toMatchObject([
      { id: os2, kind: 'ASSOCIATION', existed: { start: '2012-04-24' }, status: 'ACTIVE' },
      { id: imio, kind: 'INTERMUNICIPAL_COMPANY', existed: { start: '2011-11-28' }, status: 'ACTIVE' },
      { id: sannio, kind: 'PUBLIC_CONSORTIUM', existed: { start: '2006-11-01', startPrecision: 'MONTH' } },
      { id: initiative, kind: 'INITIATIVE', legalForm: null, status: null, openTo: null },
    ]);
    expect(at(data, 'others', 'totalCount')).toBe(listAt(data, 'others', 'nodes').length);
    for (const body of [...listAt(data, 'named'), ...listAt(data, 'others', 'nodes')])
      expect(at(body, 'provenance', 'source')).toMatch(/^https?:/);
  },

  'b09-beyond-the-consortium': (data) => {
    for (const [list, folder, consortium] of [
      ['noMembersOs2', 'denmark', os2],
      ['noMembersImio', 'belgium', imio],
    ] as const) {
      const shared = portfolioOf(folder, consortium);
      const inAny = new Set(
        table(folder, 'consortia').flatMap(({ id }) =>
          membersOf(folder, id ?? '', today()).map((row) => row['member'] ?? ''),
        ),
      );
      const outside = new Set(
        usesOn(folder, today()).flatMap(({ user, address }) => (shared.has(address) && !inAny.has(user) ? [user] : [])),
      );
      // Each of them may be a member all the same, unless no consortium with gaps is open to it.
      expect(at(data, list, 'totalCount')).toBe(outside.size);
      expect(at(data, list, 'uncertain')).toBeLessThanOrEqual(outside.size);
      expect(at(data, list, 'unknown')).toBeGreaterThan(0);
    }
    for (const list of ['abroadOs2', 'abroadImio']) expect(at(data, list)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(at(data, 'abroadOs2', 'unknown')).toBeGreaterThan(8000);
  },

  'b10-quality-of-evidence': (data) => {
    const address = 'github.com/italia/design-comuni-plone-theme';
    const stated = table('italy', 'adoptions').filter((row) => row['address'] === address);
    const count = (of: (row: (typeof stated)[number]) => string | undefined): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const row of stated) counts[of(row) ?? ''] = (counts[of(row) ?? ''] ?? 0) + 1;
      return counts;
    };
    const facet = (field: string): Record<string, number> => {
      const found = listAt(data, 'solution', 'adoptionFacets').find((one) => at(one, 'field') === field);
      return Object.fromEntries(
        listAt(found, 'values').map((value) => [at(value, 'value') as string, at(value, 'count') as number]),
      );
    };
    expect(facet('method')).toEqual(count((row) => row['method'] || 'IMPORTED'));
    expect(facet('observed')).toEqual(count((row) => row['observed_on']?.slice(0, 4)));
    expect(Object.keys(facet('assertedBy'))).toContain('RedTurtle Technology srl');
    expect(at(data, 'solution', 'adoptions')).toMatchObject({ totalCount: stated.length, complete: false });
    expect(listAt(data, 'solution', 'reuse')).toMatchObject([
      { country: 'IT', adopters: users('italy', address, writtenOn), complete: false },
    ]);
  },
};

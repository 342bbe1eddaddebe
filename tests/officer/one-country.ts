import { today } from '../../services/shared/dates.js';
import { at, listAt } from '../../services/catalogue/testing/test-catalogue.js';
import {
  administrationsOf,
  counted,
  folders,
  frameworkDay,
  membersOf,
  portfolioOf,
  table,
  usersOf,
  usesOn,
} from './tables.js';

const [os2, imio] = ['dk:consortium:41849983', 'be:consortium:0841470248'];

/** What the responses to the questions about one country contain, and what they state not to know. */
export const oneCountry: Readonly<Record<string, (data: unknown) => void>> = {
  'a01-denmark-today': (data) => {
    const members = membersOf('denmark', os2, today(), 'MUNICIPALITY').length;
    // No list of the members is complete, so that every other municipality may be one.
    expect(at(data, 'denmark')).toEqual({
      municipalities: 98,
      members: { totalCount: members, unknown: 98 - members },
    });
    expect(at(data, 'organisation')).toMatchObject({
      membersCompleteSince: null,
      coverage: { asOf: today(), knownMembers: members, eligible: 98, share: null, complete: false },
      members: { complete: false },
    });
    expect(listAt(data, 'organisation', 'members', 'nodes')).toHaveLength(members);
  },

  'a02-denmark-2017': (data) => {
    // Five founded it in 2012; Furesø joined in October 2016, Vesthimmerland in January 2017.
    const members = membersOf('denmark', os2, frameworkDay, 'MUNICIPALITY').length;
    expect(members).toBeGreaterThanOrEqual(7);
    expect(at(data, 'denmark')).toMatchObject({
      municipalities: 98,
      members: { totalCount: members, unknown: 98 - members },
    });
    expect(at(data, 'organisation')).toMatchObject({
      coverage: {
        knownMembers: members,
        eligible: 98,
        share: null,
        complete: false,
        closestClaim: { count: 58, outOf: 98, asOf: '2017-08-07' },
      },
      growth: [{ knownMembers: members, complete: false }],
    });
  },

  'a03-denmark-by-solution': (data) => {
    const municipalities = new Set(administrationsOf('denmark', today()));
    const uses = usesOn('denmark', today()).filter(({ user }) => municipalities.has(user));
    const solutions = new Set(uses.map(({ address }) => address));
    expect(at(data, 'solutions', 'totalCount')).toBe(solutions.size);
    expect(at(data, 'solutions', 'staleCatalogues')).toEqual([]);
    const reuse = listAt(data, 'solutions', 'nodes').flatMap((node) => listAt(node, 'reuse'));
    expect(reuse.map((row) => at(row, 'adopters') as number).reduce((sum, count) => sum + count, 0)).toBe(uses.length);
    expect(reuse.every((row) => at(row, 'complete') === false)).toBe(true);
  },

  'a04-imio-by-region': (data) => {
    const shared = portfolioOf('belgium', imio);
    const users = (nuts: string) =>
      counted('belgium', usersOf('belgium', today(), { nuts, of: (address) => shared.has(address) }), today(), nuts);
    expect(at(data, 'belgium')).toMatchObject({
      all: 565,
      wallonia: users('BE3'),
      walloniaAll: 261,
      brussels: users('BE1'),
      brusselsAll: 19,
      flanders: users('BE2'),
      flandersAll: 285,
    });
  },

  'a05-belgium-2017': (data) => {
    const shared = portfolioOf('belgium', imio);
    const users = usersOf('belgium', frameworkDay, { of: (address) => shared.has(address) });
    // The mergers of Flanders before 2019 are not in the tables: of 589 municipalities, 262 and 19 are certain.
    expect(at(data, 'belgium')).toMatchObject({ wallonia: 262, brussels: 19 });
    expect([null, 589]).toContain(at(data, 'belgium', 'all'));
    expect(at(data, 'belgium', 'users')).toEqual(counted('belgium', users, frameworkDay));
    expect(listAt(data, 'organisation', 'claims')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ relation: 'SERVED', count: 262, asOf: '2017-08-07' }),
        expect.objectContaining({ relation: 'MEMBERS', share: 0.75, count: null }),
      ]),
    );
  },

  'a06-italy-today': (data) => {
    expect(at(data, 'italy')).toMatchObject({
      municipalities: 7896,
      users: counted('italy', usersOf('italy', today())),
      then: counted('italy', usersOf('italy', frameworkDay), frameworkDay),
      completeSince: [{ kind: 'MUNICIPALITY', since: '2023-01-01' }],
    });
  },

  'a07-campania-and-puglia': (data) => {
    const provinces = {
      ...{
        campania: 'ITF3',
        caserta: 'ITF31',
        benevento: 'ITF32',
        napoli: 'ITF33',
        avellino: 'ITF34',
        salerno: 'ITF35',
      },
      ...{ puglia: 'ITF4', taranto: 'ITF43', brindisi: 'ITF44', lecce: 'ITF45', foggia: 'ITF46', bari: 'ITF47' },
      barlettaAndriaTrani: 'ITF48',
    };
    for (const [name, nuts] of Object.entries(provinces)) {
      const list = counted('italy', usersOf('italy', today(), { nuts }), today(), nuts);
      expect({ name, ...(at(data, 'italy', name) as object) }).toEqual({ name, ...list });
      expect(at(data, 'italy', `${name}All`)).toBe(list.totalCount + list.unknown);
    }
    expect([at(data, 'italy', 'campaniaAll'), at(data, 'italy', 'pugliaAll')]).toEqual([550, 257]);
  },

  'a08-one-municipality': (data) => {
    for (const [name, folder, id] of [
      ['aarhus', 'denmark', 'dk:administration:0751'],
      ['namur', 'belgium', 'be:administration:92094'],
      ['benevento', 'italy', 'it:administration:062008'],
    ] as const) {
      const stated = table(folder, 'adoptions').filter(
        (row) => row['administration'] === id && row['ended'] !== 'true',
      );
      expect(at(data, name, 'adoptions')).toMatchObject({ totalCount: stated.length, complete: false });
      for (const adoption of listAt(data, name, 'adoptions', 'nodes'))
        expect(at(adoption, 'during', 'start') ?? at(adoption, 'provenance', 'observedOn')).not.toBeNull();
    }
    expect(listAt(data, 'aarhus', 'memberships').map((one) => at(one, 'role'))).toContain('BOARD');
  },

  'a09-changed-municipalities': (data) => {
    const [inDenmark, inBelgium, inItaly] = listAt(data, 'catalogues');
    expect(inDenmark).toMatchObject({ country: 'DK', then: 98, now: 98, successions: { totalCount: 0 } });
    // Thirty municipalities became fourteen; the one that absorbed another goes on.
    expect(inBelgium).toMatchObject({ now: 565, successions: { totalCount: table('belgium', 'successions').length } });
    expect(inItaly).toMatchObject({ now: 7896, then: null });
    for (const [index, folder] of Object.values(folders).entries())
      expect(at(data, 'catalogues', index, 'listedThen', 'totalCount')).toBe(
        administrationsOf(folder, frameworkDay).length,
      );
  },

  'a10-country-without-catalogue': (data) => {
    const followed = listAt(data, 'catalogueStatus').map((row) => at(row, 'country'));
    expect(followed).toEqual(['BE', 'DK', 'IT']);
    // Nothing is counted, and of every solution it is not known whether it is used there.
    const all = at(data, 'stated', 'totalCount') as number;
    expect(at(data, 'counted')).toEqual({ totalCount: 0, unknown: all });
    expect(all).toBeGreaterThan(90);
  },
};

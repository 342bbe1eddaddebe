import { at, listAt } from './test-catalogue.js';
import { useCatalogue } from './use-catalogue.js';

const administration = (id: string, start = '', end = '', ended = ''): string =>
  `dk:administration:${id},MUNICIPALITY,LOCAL,da,${id},${start},,${end},,${ended},s`;
const member = (id: string, rest: string): string =>
  `dk:membership:k-${id},dk:consortium:k,dk:administration:${id},${rest}`;

const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,start,start_precision,end,end_precision,ended,source',
    administration('always'),
    administration('young', '2020-01-01'),
    administration('old', '', '2019-01-01'),
    administration('gone', '', '', 'true'),
    administration('recoded'),
    ...[
      'month',
      'season',
      'unrecorded',
      'unrecorded-early',
      'left',
      'left-unknown',
      'left-unseen',
      'watching',
      'past',
    ].map((id) => administration(id)),
  ],
  'consortia.csv': [
    'id,kind,name_da,start,end,source',
    'dk:consortium:k,ASSOCIATION,k,2010-01-01,,s',
    'dk:consortium:ended,ASSOCIATION,ended,2010-01-01,2015-07-01,s',
  ],
  'identifiers.csv': [
    'organisation,scheme,notation,start,end',
    'dk:administration:recoded,DK_TEST,A1,,2019-01-01',
    'dk:administration:recoded,DK_TEST,A2,2019-01-01,',
    'dk:administration:old,DK_TEST,B1,,2019-01-01',
    'dk:administration:young,DK_TEST,B1,2020-01-01,',
    'dk:administration:always,DK_TEST,C1,,2999-01-01',
    'dk:administration:recoded,DK_TEST,C1,2999-01-01,',
  ],
  'populations.csv': [
    'organisation,on,count,source',
    'dk:administration:always,2015-01-01,15,s',
    'dk:administration:always,2020-01-01,20,s',
    'dk:administration:always,,1,s',
  ],
  'successions.csv': ['predecessor,successor', 'dk:administration:old,dk:administration:young'],
  'memberships.csv': [
    'id,consortium,member,role,start,start_precision,end,ended,source,observed_on',
    member('month', 'MEMBER,2016-10-01,MONTH,,,s,2017-08-07'),
    member('season', 'MEMBER,2017-06-01,SEASON,,,s,2017-08-07'),
    member('unrecorded', 'MEMBER,,,,,s,2018-03-05'),
    member('unrecorded-early', 'MEMBER,,,,,s,2009-01-01'),
    member('left', 'MEMBER,2011-01-01,,2012-01-01,,s,'),
    member('left-unknown', 'MEMBER,2011-01-01,,,true,s,2014-01-01'),
    member('left-unseen', 'MEMBER,2011-01-01,,,true,s,'),
    member('watching', 'OBSERVER,2011-01-01,,,,s,'),
    member('old', 'MEMBER,2011-01-01,,,,s,'),
    member('young', 'MEMBER,2011-01-01,,,,s,'),
    'dk:membership:ended-past,dk:consortium:ended,dk:administration:past,MEMBER,2011-01-01,,,,s,',
  ],
};

describe('everything dated', () => {
  const catalogue = useCatalogue(tables);

  const existing = async (asOf: string): Promise<unknown[]> =>
    listAt(
      await catalogue.query(
        `query ($asOf: Date) { denmark { administrations(asOf: $asOf, first: 50) { nodes { name } } } }`,
        { asOf },
      ),
      ...['denmark', 'administrations', 'nodes'],
    ).map((node) => at(node, 'name'));

  const membersOn = async (asOf: string): Promise<unknown[]> =>
    listAt(
      await catalogue.query(
        `query ($asOf: Date) { denmark { organisation(id: "dk:consortium:k") { ... on Consortium {
          members(asOf: $asOf) { nodes { member { name } } } } } } }`,
        { asOf },
      ),
      ...['denmark', 'organisation', 'members', 'nodes'],
    ).map((node) => at(node, 'member', 'name'));

  describe('successions', () => {
    const successions = async (query: string): Promise<unknown> =>
      at(
        await catalogue.query(
          `{ denmark { successions${query} { totalCount nodes { on precision predecessorId predecessor { name } successor { id } } } } }`,
        ),
        ...['denmark', 'successions'],
      );
    const merger = {
      on: '2019-01-01',
      precision: 'DAY',
      predecessorId: 'dk:administration:old',
      predecessor: { name: 'old' },
      successor: { id: 'dk:administration:young' },
    };

    it.each([
      ['', [merger]],
      ['(from: "2019-01-01", to: "2019-01-01")', [merger]],
      ['(from: "2019-01-02")', []],
      ['(to: "2018-12-31")', []],
      ['(kind: MUNICIPALITY)', [merger]],
      ['(kind: REGION)', []],
      ['(first: 0)', []],
    ])('are listed between two days: successions%s', async (query, nodes) => {
      expect(await successions(query)).toEqual({ totalCount: query === '(first: 0)' ? 1 : nodes.length, nodes });
    });
  });

  describe('an organisation', () => {
    it('exists from its first day until the day before its end', async () => {
      expect(await existing('2019-12-31')).not.toContain('young');
      expect(await existing('2020-01-01')).toContain('young');
      expect(await existing('2018-12-31')).toContain('old');
      expect(await existing('2019-01-01')).not.toContain('old');
    });

    it('with an unknown start has always existed', async () => {
      expect(await existing('1900-01-01')).toContain('always');
    });

    it('that ended on an unknown day is not listed', async () => {
      expect(await existing('2020-01-01')).not.toContain('gone');
    });

    it('keeps existing when it is recoded', async () => {
      expect(await existing('2018-06-01')).toContain('recoded');
      const codes = async (asOf: string): Promise<unknown> =>
        at(
          await catalogue.query(
            `query ($asOf: Date) { denmark { organisation(id: "dk:administration:recoded") { identifiers(asOf: $asOf) { notation } } } }`,
            { asOf },
          ),
          ...['denmark', 'organisation', 'identifiers'],
        );
      expect(await codes('2018-12-31')).toEqual([{ notation: 'A1' }]);
      expect(await codes('2019-01-01')).toEqual([{ notation: 'A2' }]);
    });

    it('has its predecessors and successors', async () => {
      expect(
        await catalogue.query(`{ denmark {
          old: organisation(id: "dk:administration:old") { ...links existed { end endPrecision ended } }
          young: organisation(id: "dk:administration:young") { ...links existed { start end ended } }
        } } fragment links on Administration { predecessors { id } successors { id } }`),
      ).toEqual({
        denmark: {
          old: {
            predecessors: [],
            successors: [{ id: 'dk:administration:young' }],
            existed: { end: '2019-01-01', endPrecision: 'DAY', ended: true },
          },
          young: {
            predecessors: [{ id: 'dk:administration:old' }],
            successors: [],
            existed: { start: '2020-01-01', end: null, ended: null },
          },
        },
      });
    });

    it('that has ended shows the codes and memberships of its last day', async () => {
      expect(
        await catalogue.query(`{ denmark {
          old: organisation(id: "dk:administration:old") { identifiers { notation } memberships { consortiumId } }
          ended: organisation(id: "dk:consortium:ended") { ... on Consortium { members { totalCount } coverage { asOf knownMembers } } }
        } }`),
      ).toEqual({
        denmark: {
          old: { identifiers: [{ notation: 'B1' }], memberships: [{ consortiumId: 'dk:consortium:k' }] },
          ended: { members: { totalCount: 1 }, coverage: { asOf: '2015-06-30', knownMembers: 1 } },
        },
      });
    });
  });

  describe('a code', () => {
    const holder = async (notation: string, asOf: string | null): Promise<unknown> =>
      at(
        await catalogue.query(
          `query ($notation: String!, $asOf: Date) { denmark {
            administration(identifier: { scheme: "DK_TEST", notation: $notation }, asOf: $asOf) { name } } }`,
          { notation, asOf },
        ),
        ...['denmark', 'administration', 'name'],
      );

    it('identifies the organisation that held it on the day', async () => {
      expect(await holder('B1', '2018-06-01')).toBe('old');
      expect(await holder('B1', '2019-06-01')).toBeUndefined();
      expect(await holder('B1', '2020-06-01')).toBe('young');
    });

    it('identifies, without a day, its holder today, else the last holder', async () => {
      expect(await holder('B1', null)).toBe('young');
      expect(await holder('A1', null)).toBe('recoded');
      expect(await holder('C1', null)).toBe('always');
    });
  });

  describe('a membership', () => {
    it('known to the month or season counts from its first day', async () => {
      expect(await membersOn('2016-09-30')).not.toContain('month');
      expect(await membersOn('2016-10-01')).toContain('month');
      expect(await membersOn('2017-05-31')).not.toContain('season');
      expect(await membersOn('2017-06-01')).toContain('season');
    });

    it('with an unknown start counts from the day it was observed', async () => {
      expect(await membersOn('2018-03-04')).not.toContain('unrecorded');
      expect(await membersOn('2018-03-05')).toContain('unrecorded');
    });

    it('never counts before the consortium existed', async () => {
      expect(await membersOn('2009-12-31')).toEqual([]);
      expect(await membersOn('2010-01-01')).toEqual(['unrecorded-early']);
    });

    it('ends on its end, or on the day its end was observed', async () => {
      expect(await membersOn('2011-12-31')).toContain('left');
      expect(await membersOn('2012-01-01')).not.toContain('left');
      expect(await membersOn('2013-12-31')).toContain('left-unknown');
      expect(await membersOn('2014-01-01')).not.toContain('left-unknown');
    });

    it('that ended on an unknown day never counts', async () => {
      for (const day of ['2011-01-01', '2026-01-01']) expect(await membersOn(day)).not.toContain('left-unseen');
    });

    it('is listed after its end if past members are requested, also if the end is not dated', async () => {
      const past = async (asOf: string): Promise<unknown[]> => {
        const data = await catalogue.query(
          `query ($asOf: Date) { denmark { organisation(id: "dk:consortium:k") { ... on Consortium {
            members(asOf: $asOf, past: true, first: 50) { totalCount nodes { member { name } } } } } } }`,
          { asOf },
        );
        const found = listAt(data, 'denmark', 'organisation', 'members', 'nodes').map((node) =>
          at(node, 'member', 'name'),
        );
        expect(at(data, 'denmark', 'organisation', 'members', 'totalCount')).toBe(found.length);
        return found;
      };
      const left = ['left', 'left-unknown', 'left-unseen', 'old'];
      expect(await past('2026-01-01')).toEqual(expect.arrayContaining(left));
      expect((await past('2026-01-01')).filter((name) => !left.includes(name as string))).toEqual(
        await membersOn('2026-01-01'),
      );
      expect(await past('2010-12-31')).toEqual(['unrecorded-early']);
    });

    it('never counts outside the lifetime of the member', async () => {
      expect(await membersOn('2018-12-31')).toContain('old');
      expect(await membersOn('2019-01-01')).not.toContain('old');
      expect(await membersOn('2019-12-31')).not.toContain('young');
      expect(await membersOn('2020-01-01')).toContain('young');
    });
  });

  it('a series of members states how many of them are dated, and how many count from the day they were observed', async () => {
    const points = listAt(
      await catalogue.query(`{ denmark { organisation(id: "dk:consortium:k") { ... on Consortium {
        growth(from: "2011-01-01", to: "2026-01-01") { asOf knownMembers dated observed complete } } } } }`),
      ...['denmark', 'organisation', 'growth'],
    );
    for (const point of points) {
      const asOf = at(point, 'asOf') as string;
      const counted = await countedOn(asOf);
      expect(point).toEqual({
        asOf,
        knownMembers: counted.length,
        dated: counted.filter((start) => start !== null).length,
        observed: counted.filter((start) => start === null).length,
        complete: false,
      });
    }
    expect(points.some((point) => at(point, 'dated') !== 0 && at(point, 'observed') !== 0)).toBe(true);
  });

  /** The starts of the memberships that count on a day. */
  const countedOn = async (asOf: string): Promise<unknown[]> =>
    listAt(
      await catalogue.query(
        `query ($asOf: Date) { denmark { organisation(id: "dk:consortium:k") { ... on Consortium {
          members(asOf: $asOf, first: 200) { nodes { role during { start } } } } } } }`,
        { asOf },
      ),
      ...['denmark', 'organisation', 'members', 'nodes'],
    )
      .filter((node) => at(node, 'role') === 'MEMBER')
      .map((node) => at(node, 'during', 'start'));

  it('a population is the latest figure of the day or before, else the undated one', async () => {
    const figure = async (asOf: string): Promise<unknown> =>
      at(
        await catalogue.query(
          `query ($asOf: Date) { denmark { organisation(id: "dk:administration:always") { ... on Administration { population(asOf: $asOf) { count on } } } } }`,
          { asOf },
        ),
        ...['denmark', 'organisation', 'population'],
      );
    expect(await figure('2021-01-01')).toEqual({ count: 20, on: '2020-01-01' });
    expect(await figure('2019-12-31')).toEqual({ count: 15, on: '2015-01-01' });
    expect(await figure('2014-12-31')).toEqual({ count: 1, on: null });
  });
});

import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { contents } from './testing/feed-contents.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

// What counts as use and as its start, and which statement takes precedence.

const address = 'github.com/numbers/thing';
let denmark: FakeCountry;
let italy: FakeCountry;
let index: TestIndex;
beforeAll(async () => {
  [denmark, italy] = [await startFakeCountry('DK'), await startFakeCountry('IT')];
  index = await startTestIndex([denmark, italy]);
});
afterAll(async () => {
  await index.close();
  await Promise.all([denmark.stop(), italy.stop()]);
});

const at = async (place: string, fields: string): Promise<unknown> => {
  await index.catchUp();
  const { solution } = (await index.query(`{ solution(address: "${place}") { ${fields} } }`)) as { solution: unknown };
  return solution;
};

const during = (start: string | null, more: object = {}) => ({
  during: { start, startPrecision: start === null ? null : 'DAY', end: null, endPrecision: null, ended: null, ...more },
});
const unobserved = {
  provenance: {
    source: null,
    retrievedAt: null,
    observedOn: null,
    assertedBy: null,
    method: 'IMPORTED',
    licence: null,
    note: null,
  },
};

describe('the users of a solution', () => {
  it('are counted if a source states use; agreements and participation are listed and not counted', async () => {
    denmark.publish('RECORD', contents.record('dk:record:thing', address));
    for (const [status, start] of [
      ['IN_PRODUCTION', '2019-05-01'],
      ['PILOT', null],
      ['DECLARED', null],
      ['AGREEMENT', '2010-01-01'],
      ['OTHER', '2011-01-01'],
    ] as const) {
      const id = status.toLowerCase().replace('_', '-');
      denmark.publish('ADMINISTRATION', contents.administration(`dk:administration:${id}`, status));
      denmark.publish(
        'ADOPTION',
        contents.adoption(`dk:adoption:${id}`, `dk:administration:${id}`, address, { status, ...during(start) }),
      );
    }
    expect(await at(address, 'reuse { country adopters firstAdopted } adoptions { totalCount }')).toEqual({
      reuse: [{ country: 'DK', adopters: 3, firstAdopted: '2019-05-01' }],
      adoptions: { totalCount: 5 },
    });
    expect(
      await index.query(`{
        one: solutions(filter: { usedBy: "dk:administration:other" }) { totalCount }
        most: solutions(filter: { minAdopters: 4 }) { totalCount }
        reuseMatrix { adoptions } }`),
    ).toEqual({ one: { totalCount: 0 }, most: { totalCount: 0 }, reuseMatrix: [{ adoptions: 3 }] });
  });

  it('have a first adoption only if a source states its start', async () => {
    denmark.publish(
      'ADOPTION',
      contents.adoption('dk:adoption:seen', 'dk:administration:pilot', 'github.com/numbers/seen'),
    );
    expect(await at('github.com/numbers/seen', 'reuse { adopters firstAdopted }')).toEqual({
      reuse: [{ adopters: 1, firstAdopted: null }],
    });
  });

  it('do not count without a start or an observation, whenever the user was founded', async () => {
    denmark.publish(
      'ADMINISTRATION',
      contents.administration('dk:administration:young', 'Young', {
        existed: { start: '2019-01-01', end: null, ended: null },
      }),
    );
    denmark.publish(
      'ADOPTION',
      contents.adoption('dk:adoption:never', 'dk:administration:young', 'github.com/numbers/never', unobserved),
    );
    expect(await at('github.com/numbers/never', 'reuse { adopters }')).toEqual({ reuse: [] });
  });
});

describe('the maintainers of a solution', () => {
  const kept = 'github.com/numbers/kept';

  it('are known without a record, too', async () => {
    denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:keeper', 'Keeper'));
    denmark.publish('PORTFOLIO', contents.portfolio('dk:portfolio:kept', 'dk:consortium:keeper', kept));
    expect(await at(kept, 'name maintainerIds maintainers { __typename }')).toEqual({
      name: null,
      maintainerIds: ['dk:consortium:keeper'],
      maintainers: [{ __typename: 'DanishConsortium' }],
    });
  });

  it('do not include consortia that have ended', async () => {
    denmark.publish('RECORD', contents.record('dk:record:kept', kept));
    expect(await at(kept, 'maintainerIds')).toEqual({ maintainerIds: ['dk:consortium:keeper'] });
    denmark.publish(
      'CONSORTIUM',
      contents.consortium('dk:consortium:keeper', 'Keeper', {
        existed: { start: null, end: '2020-01-01', ended: true },
      }),
    );
    expect(await at(kept, 'maintainerIds')).toEqual({ maintainerIds: [] });
  });
});

it('does not combine the end of a contract with the maintenance of another record', async () => {
  const place = 'github.com/numbers/signs';
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:owner', 'Owner'));
  denmark.publish(
    'RECORD',
    contents.record('dk:record:signs', place, { publisherId: 'dk:consortium:owner', maintenance: 'COMMUNITY' }),
  );
  await index.catchUp();
  italy.publish(
    'RECORD',
    contents.record('it:record:signs', place, { maintenance: 'CONTRACT', maintainedUntil: '2030-01-01' }),
  );
  expect(await at(place, 'maintenance maintainedUntil')).toEqual({ maintenance: 'COMMUNITY', maintainedUntil: null });
});

it('does not let a record take an address by naming its publisher', async () => {
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:owner', 'Owner'));
  denmark.publish(
    'RECORD',
    contents.record('dk:record:own', 'github.com/numbers/own', { publisherId: 'dk:consortium:owner' }),
  );
  italy.publish(
    'RECORD',
    contents.record('it:record:evil', 'github.com/numbers/evil', {
      publisherId: 'dk:consortium:owner',
      aliases: ['github.com/numbers/own'],
    }),
  );
  expect(await at('github.com/numbers/own', 'addresses')).toEqual({ addresses: ['github.com/numbers/own'] });
});

it('lists a base with two addresses once', async () => {
  denmark.publish(
    'RECORD',
    contents.record('dk:record:base', 'github.com/numbers/base', { aliases: ['github.com/numbers/old-base'] }),
  );
  denmark.publish(
    'RECORD',
    contents.record('dk:record:built', 'github.com/numbers/built', {
      isBasedOn: ['github.com/numbers/base', 'https://github.com/numbers/old-base.git'],
    }),
  );
  expect(await at('github.com/numbers/built', 'basedOn { address }')).toEqual({
    basedOn: [{ address: 'github.com/numbers/base' }],
  });
});

it('use began with a recorded start or was first observed, went on, ended, or counts on no day', async () => {
  const publish = (
    id: string,
    start: string | null,
    more: object,
    observedOn: string | null,
    administration = `it:administration:${id}`,
  ): void => {
    italy.publish('ADMINISTRATION', contents.administration(administration, id));
    const { provenance } = unobserved;
    italy.publish(
      'ADOPTION',
      contents.adoption(`it:adoption:changed-${id}`, administration, 'github.com/changed/thing', {
        ...during(start, more),
        provenance: { ...provenance, observedOn },
      }),
    );
  };
  publish('changed-continued', '2015-01-01', {}, null);
  publish('changed-begun', '2018-01-01', {}, '2020-01-01');
  publish('changed-observed', null, {}, '2020-01-01');
  publish('changed-ended', '2015-01-01', { end: '2019-01-01', ended: true }, null);
  publish('changed-between', '2018-01-01', { end: '2019-01-01', ended: true }, null);
  publish('changed-later', '2024-01-01', {}, null);
  publish('changed-undated', null, {}, null);
  // Of one user several statements: two spans, of which the second one lasts or ends; and two that are one span.
  for (const [user, until] of [
    ['resumed', null],
    ['resumed-in-vain', '2023-01-01'],
  ] as const) {
    const first = { end: '2018-06-01', ended: true };
    publish(`${user}-first`, '2015-01-01', first, null, `it:administration:${user}`);
    const second = until === null ? {} : { end: until, ended: true };
    publish(`${user}-second`, '2022-01-01', second, null, `it:administration:${user}`);
  }
  publish('joined-seen', null, { end: '2019-01-01', ended: true }, '2018-02-01', 'it:administration:joined');
  publish('joined-dated', '2018-06-01', { end: '2020-01-01', ended: true }, null, 'it:administration:joined');
  await index.catchUp();
  const { changes } = (await index.query(`{ changes: reuseChanges(from: "2017-12-31", to: "2023-12-31") {
    country before after continued begun observed ended between undated } }`)) as { changes: { country: string }[] };
  expect(changes.find(({ country }) => country === 'IT')).toEqual({
    country: 'IT',
    before: 4,
    after: 4,
    continued: 2,
    begun: 1,
    observed: 1,
    ended: 2,
    between: 2,
    undated: 1,
  });
  const { errors } = await index.execute('{ reuseChanges(from: "2017-12-31", to: "2017-12-30") { country } }');
  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_ARGUMENT']);
});

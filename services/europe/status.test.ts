import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { contents } from './testing/feed-contents.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

let denmark: FakeCountry;
let italy: FakeCountry;
let index: TestIndex;
beforeAll(async () => {
  [denmark, italy] = await Promise.all([startFakeCountry('DK'), startFakeCountry('IT')]);
  index = await startTestIndex([denmark, italy]);
});
afterAll(async () => {
  await index.close();
  for (const fake of [denmark, italy]) await fake.stop();
});

interface Status {
  readonly country: string;
  readonly state: string;
  readonly indexedAt: string | null;
  readonly lagSeconds: number | null;
}

const status = async (fields = ''): Promise<Status[]> => {
  const data = await index.query(`{ catalogueStatus { country state indexedAt lagSeconds ${fields} } }`);
  return (data as { catalogueStatus: Status[] }).catalogueStatus;
};
const states = async (): Promise<unknown> => (await status()).map(({ country, state }) => `${country} ${state}`);
const stale = async (): Promise<unknown> => {
  const data = await index.query('{ solutions { staleCatalogues nodes { name } } }');
  return (data as { solutions: unknown }).solutions;
};
const thing = { nodes: [{ name: 'thing' }] };

it('reports the state of each country, and with every list the countries whose changes may be missing', async () => {
  expect(await status('entries refused usersNamed refusals { reason }')).toEqual(
    ['DK', 'IT'].map((country) => ({
      country,
      state: 'NEVER_SEEN',
      indexedAt: null,
      lagSeconds: null,
      entries: 0,
      refused: 0,
      usersNamed: 0,
      refusals: [],
    })),
  );
  expect(await stale()).toEqual({ staleCatalogues: ['DK', 'IT'], nodes: [] });

  denmark.publish('RECORD', contents.record('dk:record:thing', 'github.com/some/thing'));
  await index.catchUp();
  expect(await states()).toEqual(['DK OK', 'IT OK']);
  expect(await stale()).toEqual({ staleCatalogues: [], ...thing });
  for (const { indexedAt, lagSeconds } of await status()) {
    expect(indexedAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(lagSeconds).toBeGreaterThanOrEqual(0);
    expect(lagSeconds).toBeLessThan(60);
  }
});

it('counts the entries of a country, and reports those that were rejected', async () => {
  denmark.publish('ADMINISTRATION', contents.administration('dk:administration:a', 'A'));
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:k', 'K'));
  denmark.publish('NEED', contents.need('dk:need:n', 'A need', []));
  denmark.publish('MEMBERSHIP', contents.membership('dk:membership:k-a', 'dk:consortium:k', 'dk:administration:a'));
  denmark.publish('CLAIM', contents.claim('dk:claim:c', 'github.com/some/thing'));
  denmark.publish(
    'CLAIM',
    contents.claim('dk:claim:k', 'github.com/some/thing', { solutionAddress: null, consortiumId: 'dk:consortium:k' }),
  );
  denmark.publish('PORTFOLIO', contents.portfolio('dk:portfolio:p', 'dk:consortium:k', 'github.com/some/thing'));
  denmark.publish('ADOPTION', contents.adoption('dk:adoption:a', 'dk:administration:a', 'github.com/some/thing'));
  denmark.publish(
    'ADOPTION',
    contents.adoption('dk:adoption:n', null, 'github.com/some/thing', { rawName: 'Comune di B' }),
  );
  denmark.publish(
    'ADOPTION',
    contents.adoption('dk:adoption:m', null, 'github.com/some/thing', { rawName: 'Unknown' }),
  );
  denmark.publish('ADOPTION', contents.adoption('dk:adoption:g', null, 'github.com/some/thing', { group: 'Several' }));
  italy.publish('ADMINISTRATION', contents.administration('it:administration:b', 'B'));
  denmark.publishRaw({ subject: 'ADMINISTRATION', subjectId: 'it:administration:c', content: {} });
  denmark.publishRaw({
    subject: 'RECORD',
    subjectId: 'dk:record:bad',
    content: contents.record('dk:record:bad', 'No address'),
  });
  await index.catchUp();
  const fields = `entries refused usersNamed usersMatched refusals { subject subjectId reason at }
    figures { solutions administrations consortia sharingConsortia needs }`;
  const [danish, italian] = await status(fields);
  expect(danish).toMatchObject({
    entries: 12,
    refused: 2,
    usersNamed: 2,
    usersMatched: 1,
    figures: { solutions: 1, administrations: 1, consortia: 1, sharingConsortia: 1, needs: 1 },
    // Latest first.
    refusals: [
      { subject: 'RECORD', subjectId: 'dk:record:bad', reason: expect.stringContaining('solutionAddress') as unknown },
      { subject: 'ADMINISTRATION', subjectId: 'it:administration:c', reason: 'is not an entry of DK' },
    ],
  });
  expect(italian).toMatchObject({ entries: 1, refused: 0, refusals: [], usersNamed: 0, usersMatched: 0 });
  expect(italian).toMatchObject({
    figures: { solutions: 0, administrations: 1, consortia: 0, sharingConsortia: 0, needs: 0 },
  });
  const users = async (filter: string): Promise<unknown> =>
    index.query(`{ adoptions(filter: { ${filter} }) { nodes { id } } }`);
  // A group is neither.
  expect(await users('identified: false')).toEqual({ adoptions: { nodes: [{ id: 'dk:adoption:m' }] } });
  expect(await users('identified: true')).toEqual({
    adoptions: { nodes: [{ id: 'dk:adoption:a' }, { id: 'dk:adoption:n' }] },
  });

  denmark.publish('RECORD', contents.record('dk:record:bad', 'github.com/some/other'));
  for (let number = 0; number < 25; number += 1)
    denmark.publishRaw({ subject: 'CLAIM', subjectId: `dk:claim:bad-${number}`, content: {} });
  await index.catchUp();
  const [after] = (await status(fields)) as unknown as { entries: number; refused: number; refusals: unknown[] }[];
  expect(after).toMatchObject({ entries: 13, refused: 26 });
  expect(after?.refusals).toHaveLength(20);
  denmark.withdraw('RECORD', 'dk:record:bad');
  await index.catchUp();
});

it('changes the position of a country exactly when its entries or the counted day change', async () => {
  const positions = async (): Promise<unknown[]> =>
    (await status('position')).map((country) => (country as Status & { position: string }).position);
  const before = await positions();
  await index.catchUp();
  expect(await positions()).toEqual(before);
  denmark.publish('RECORD', contents.record('dk:record:thing', 'github.com/some/thing'));
  await index.catchUp();
  const after = await positions();
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
  await index.database.query(`UPDATE index_state SET day = day - 1`);
  expect(await positions()).not.toContain(after[0]);
  await index.database.query(`UPDATE index_state SET day = day + 1`);
  expect(await positions()).toEqual(after);
});

it('keeps what was read while a country is unreachable, and reports it', async () => {
  denmark.overrideResponse(() => ({ status: 503, body: 'away' }));
  await index.catchUp();
  expect(await states()).toEqual(['DK UNREACHABLE', 'IT OK']);
  expect(await index.query('{ catalogueStatus { problem { code } } }')).toEqual({
    catalogueStatus: [{ problem: { code: 'UNREACHABLE' } }, { problem: null }],
  });
  expect(await stale()).toEqual({ staleCatalogues: ['DK'], ...thing });
  const data = await index.query('{ administrations(search: "A") { totalCount } }');
  expect(data).toEqual({ administrations: { totalCount: 1 } });
  denmark.overrideResponse(null);
  await index.catchUp();
  expect(await states()).toEqual(['DK OK', 'IT OK']);
});

it('reports a country as stale if its feed was not read to its end for a minute', async () => {
  await index.database.query(`UPDATE catalogue SET read_at = now() - interval '2 minutes' WHERE country = 'IT'`);
  expect(await states()).toEqual(['DK OK', 'IT STALE']);
  expect(await stale()).toEqual({ staleCatalogues: ['IT'], ...thing });
  const [, italian] = await status();
  expect(italian?.lagSeconds).toBeGreaterThanOrEqual(120);
  await index.catchUp();
  expect(await stale()).toEqual({ staleCatalogues: [], ...thing });
});

it('counts and lists what a country states of organisations of other countries, which these do not state', async () => {
  const statements = async (country: string): Promise<unknown> => {
    const found = await status(
      'unconfirmedAdoptions unconfirmedMemberships unconfirmedStatements { subject id statementId organisationId source observedOn }',
    );
    return found.find((row) => row.country === country);
  };
  const membersOf = async (consortium: string): Promise<unknown> =>
    (
      (await index.query(`{ administrations(filter: { memberOf: "${consortium}" }) { totalCount } }`)) as {
        administrations: { totalCount: number };
      }
    ).administrations.totalCount;
  const [city, town] = ['dk:administration:city', 'it:administration:town'];
  denmark.publish('ADMINISTRATION', contents.administration(city, 'City'));
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
  italy.publish('ADMINISTRATION', contents.administration(town, 'Town'));
  italy.publish('CONSORTIUM', contents.consortium('it:consortium:own', 'Own'));
  const provenance = { source: 'https://example.org/', observedOn: '2020-01-01' };
  italy.publish(
    'MEMBERSHIP',
    contents.membership('it:membership:founder', 'it:consortium:own', city, { role: 'FOUNDER', provenance }),
  );
  italy.publish('MEMBERSHIP', contents.membership('it:membership:board', 'dk:consortium:os2', town, { role: 'BOARD' }));
  italy.publish('ADOPTION', contents.adoption('it:adoption:city', city, 'github.com/own/thing'));
  await index.catchUp();
  const identified = (id: string) => ({ id, statementId: id });
  const adoption = { subject: 'ADOPTION', ...identified('it:adoption:city'), organisationId: city, source: null };
  const founder = {
    subject: 'MEMBERSHIP',
    ...identified('it:membership:founder'),
    organisationId: city,
    ...provenance,
  };
  const board = {
    subject: 'MEMBERSHIP',
    ...identified('it:membership:board'),
    organisationId: 'dk:consortium:os2',
    source: null,
  };
  const observedOn = '2020-01-01';
  expect(await statements('IT')).toMatchObject({
    unconfirmedAdoptions: 1,
    unconfirmedMemberships: 2,
    unconfirmedStatements: [{ ...adoption, observedOn }, { ...board, observedOn }, founder],
  });
  expect([await membersOf('it:consortium:own'), await membersOf('dk:consortium:os2')]).toEqual([0, 0]);

  // It counts once the other country states it, as far as both agree.
  denmark.publish('MEMBERSHIP', contents.membership('dk:membership:city', 'it:consortium:own', city));
  denmark.publish(
    'MEMBERSHIP',
    contents.membership('dk:membership:town', 'dk:consortium:os2', town, { role: 'OBSERVER' }),
  );
  denmark.publish('ADOPTION', contents.adoption('dk:adoption:city', city, 'github.com/own/thing'));
  await index.catchUp();
  expect(await statements('IT')).toMatchObject({ unconfirmedAdoptions: 0, unconfirmedStatements: [] });
  expect(await statements('DK')).toMatchObject({ unconfirmedMemberships: 0 });
  expect([await membersOf('it:consortium:own'), await membersOf('dk:consortium:os2')]).toEqual([1, 0]);
});

it('counts the administrations of which it is not known whether they belong on a list', async () => {
  const open = { status: 'IN_DISSOLUTION', openTo: { kinds: ['MUNICIPALITY'], nuts: ['DK01'] } };
  const list = async (filter: string): Promise<unknown> => {
    const { administrations } = (await index.query(
      `{ administrations(search: "Ubekendt", filter: { ${filter} }) { totalCount unknown uncertain } }`,
    )) as { administrations: Readonly<Record<string, number>> };
    return [administrations['totalCount'], administrations['unknown'], administrations['uncertain']];
  };
  denmark.publish(
    'ADMINISTRATION',
    contents.administration('dk:administration:unknown-1', 'Ubekendt Et', { population: { count: 5 }, nuts: 'DK011' }),
  );
  denmark.publish(
    'ADMINISTRATION',
    contents.administration('dk:administration:unknown-2', 'Ubekendt To', { nuts: 'DK021' }),
  );
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:gaps', 'Gaps', open));
  // Whoever may join these, all their members are known.
  for (const id of ['k', 'os2'])
    denmark.publish(
      'CONSORTIUM',
      contents.consortium(`dk:consortium:${id}`, id, { membersCompleteSince: '2020-01-01' }),
    );
  await index.catchUp();
  expect(await index.query('{ consortia(search: "Gaps", filter: { inDissolution: false }) { totalCount } }')).toEqual({
    consortia: { totalCount: 0 },
  });
  expect(
    await index.query(`{ all: consortia(search: "Gaps") { totalCount }
      sharing: consortia(search: "Gaps", filter: { sharesSolutions: true }) { totalCount }
      others: consortia(search: "Gaps", filter: { sharesSolutions: false }) { totalCount } }`),
  ).toEqual({ all: { totalCount: 1 }, sharing: { totalCount: 0 }, others: { totalCount: 1 } });
  expect(await list('population: { min: 1 }')).toEqual([1, 1, 0]);
  expect(await list('memberOf: "dk:consortium:gaps"')).toEqual([0, 1, 0]);
  expect(await list('uses: "github.com/no/thing"')).toEqual([0, 2, 0]);
  expect(await list('usesFrom: "dk:consortium:gaps", nuts: "DK01"')).toEqual([0, 1, 0]);
  expect(await list('usesAny: true')).toEqual([0, 2, 0]);
  expect(await list('usesAny: false')).toEqual([2, 0, 2]);
  expect(await list('memberOfNone: true')).toEqual([2, 0, 1]);
  expect(await list('minConsortia: 1')).toEqual([0, 1, 0]);
  expect(await list('minConsortia: 2')).toEqual([0, 0, 0]);
  expect(await list('memberOfNone: false')).toEqual([0, 1, 0]);
  // A list that is complete for a kind on some days decides for these.
  const completeFor = async (
    start: string,
    end: string | null,
    kinds: readonly string[] | null,
  ): Promise<unknown[]> => {
    denmark.publish(
      'CONSORTIUM',
      contents.consortium('dk:consortium:gaps', 'Gaps', { ...open, completeMembers: { start, end, kinds } }),
    );
    await index.catchUp();
    return [
      await list('memberOf: "dk:consortium:gaps"'),
      await list('memberOfNone: true'),
      await list('minConsortia: 1'),
    ];
  };
  const unknown = [
    [0, 1, 0],
    [2, 0, 1],
    [0, 1, 0],
  ];
  const known = [
    [0, 0, 0],
    [2, 0, 0],
    [0, 0, 0],
  ];
  expect(await completeFor('2020-01-01', null, ['MUNICIPALITY'])).toEqual(known);
  expect(await completeFor('2020-01-01', null, null)).toEqual(known);
  expect(await completeFor('2020-01-01', '2999-01-01', ['REGION', 'MUNICIPALITY'])).toEqual(known);
  expect(await completeFor('2020-01-01', null, ['REGION'])).toEqual(unknown);
  expect(await completeFor('2020-01-01', '2021-01-01', null)).toEqual(unknown);
  expect(await completeFor('2999-01-01', null, null)).toEqual(unknown);
  denmark.publish(
    'CONSORTIUM',
    contents.consortium('dk:consortium:gaps', 'Gaps', { ...open, membersCompleteSince: '2020-01-01' }),
  );
  await index.catchUp();
  expect(await list('memberOfNone: true')).toEqual([2, 0, 0]);
});

it('marks the organisations that match a search only with a typing error', async () => {
  const marks = async (list: string): Promise<unknown> =>
    ((await index.query(`{ list: ${list} { fuzzy edges { fuzzy } } }`)) as { list: unknown }).list;
  const oneEdge = (fuzzy: boolean) => ({ fuzzy, edges: [{ fuzzy }] });
  expect(await marks('administrations(search: "Ubekendt To")')).toEqual(oneEdge(false));
  expect(await marks('administrations(search: "Ubekandt To")')).toEqual(oneEdge(true));
  expect(await marks('administrations(search: "Ubekandt To", orderBy: { field: NAME })')).toEqual(oneEdge(true));
  expect(await marks('consortia(search: "Gasp")')).toEqual(oneEdge(true));
  expect(await marks('consortia(first: 0)')).toEqual({ fuzzy: null, edges: [] });
});

import { deriveAllAdoptions } from './adoptions.js';
import { inExclusiveTransaction } from './exclusive-transaction.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';

const x = 'github.com/a/x';

let denmark: FakeCountry;
let belgium: FakeCountry;
let index: TestIndex;
beforeEach(async () => {
  [denmark, belgium] = await Promise.all([startFakeCountry('DK'), startFakeCountry('BE')]);
  index = await startTestIndex([denmark, belgium]);
  denmark.publish('RECORD', contents.record('dk:record:x', x));
});
afterEach(async () => {
  await index.close();
  await Promise.all([denmark.stop(), belgium.stop()]);
});

const publishAdministration = (
  { folder, publish }: FakeCountry,
  code: string,
  name: string,
  more: object = {},
): void => {
  publish('ADMINISTRATION', contents.administration(`${folder}:administration:${code}`, name, more));
};
/** The number of users by country: those that count, and those that only another country states. */
const usage = async (): Promise<{ readonly counted: object; readonly unconfirmed: object }> => {
  await index.catchUp();
  const fields = 'reuse { country adopters } unconfirmedReuse { country adopters }';
  const { solution } = (await index.query(`{ solution(address: "${x}") { ${fields} } }`)) as {
    solution: Record<'reuse' | 'unconfirmedReuse', readonly { country: string; adopters: number }[]>;
  };
  const byCountry = (rows: readonly { country: string; adopters: number }[]): object =>
    Object.fromEntries(rows.map(({ country, adopters }) => [country, adopters]));
  return { counted: byCountry(solution.reuse), unconfirmed: byCountry(solution.unconfirmedReuse) };
};
const none = { counted: {}, unconfirmed: {} };
const unconfirmed = (users: object): object => ({ counted: {}, unconfirmed: users });

describe('a user abroad that is only known by name', () => {
  beforeEach(() => {
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', null, x, { rawName: 'Commune de Mons' }));
  });

  it('is matched as soon as exactly one organisation has that name', async () => {
    expect(await usage()).toEqual(none);
    publishAdministration(belgium, 'mons', 'Mons');
    expect(await usage()).toEqual(unconfirmed({ BE: 1 }));
    belgium.withdraw('ADMINISTRATION', 'be:administration:mons');
    expect(await usage()).toEqual(none);
  });

  it('is found by the index of names when all adoptions are derived again', async () => {
    publishAdministration(belgium, 'mons', 'Mons');
    await index.catchUp();
    const scans = await inExclusiveTransaction(index.database.dataSource, async (run) => {
      // Of a table of one page, PostgreSQL would read that page.
      await run('SET LOCAL enable_seqscan = off');
      // With those of earlier transactions that were not added up yet.
      const count = (): Promise<object[]> =>
        run(`SELECT seq_scan::int FROM pg_stat_xact_user_tables WHERE relname = 'organisation'`);
      const before = await count();
      await deriveAllAdoptions(run);
      return { before, after: await count() };
    });
    expect(scans.after).toEqual(scans.before);
  });

  it('is not matched while two have that name, and matched when one is renamed, ends or is deleted', async () => {
    publishAdministration(belgium, 'mons', 'Mons');
    publishAdministration(belgium, 'other', 'Mons');
    expect(await usage()).toEqual(none);
    publishAdministration(belgium, 'other', 'Bergen');
    expect(await usage()).toEqual(unconfirmed({ BE: 1 }));
    publishAdministration(belgium, 'other', 'Mons');
    expect(await usage()).toEqual(none);
    publishAdministration(belgium, 'other', 'Mons', { existed: { start: null, end: '2019-01-01', ended: true } });
    expect(await usage()).toEqual(unconfirmed({ BE: 1 }));
    publishAdministration(denmark, 'mons', 'Mons');
    expect(await usage()).toEqual(none);
    denmark.withdraw('ADMINISTRATION', 'dk:administration:mons');
    expect(await usage()).toEqual(unconfirmed({ BE: 1 }));
  });

  it.each([
    ['Ville de St-Etienne', 'Saint-Étienne'],
    ['Gemeinde Sankt Vith', 'St. Vith'],
    ['Åbenrå Kommune', 'Aabenraa'],
    ['Aabenraa Kommune', 'Åbenrå'],
    ['Stadt Tonder', 'Tønder'],
    ['Stadt Tønder', 'Tonder'],
    ['Comune di Ｍｏｎｓ', 'Mons'],
  ])('is matched in another spelling: %s is %s', async (rawName, name) => {
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', null, x, { rawName }));
    publishAdministration(belgium, 'other', name);
    expect(await usage()).toEqual(unconfirmed({ BE: 1 }));
    publishAdministration(belgium, 'other', 'Elsewhere');
    expect(await usage()).toEqual(none);
  });

  it('is not matched in the country that states it, which has not found it itself', async () => {
    publishAdministration(denmark, 'mons', 'Mons');
    expect(await usage()).toEqual(none);
  });
});

describe('an adoption that another country than the user’s states', () => {
  beforeEach(() => {
    belgium.publish('ADOPTION', contents.adoption('be:adoption:1', 'dk:administration:a', x));
  });

  it("is unconfirmed exactly as long as the user's country knows the user", async () => {
    expect(await usage()).toEqual(none);
    publishAdministration(denmark, 'a', 'a');
    expect(await usage()).toEqual(unconfirmed({ DK: 1 }));
    denmark.withdraw('ADMINISTRATION', 'dk:administration:a');
    expect(await usage()).toEqual(none);
  });

  it("is unconfirmed unless the user's country states an adoption of the same user and solution", async () => {
    publishAdministration(denmark, 'a', 'a');
    const ended = { status: 'ENDED' };
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x, ended));
    expect(await usage()).toEqual(none);
    denmark.withdraw('ADOPTION', 'dk:adoption:1');
    expect(await usage()).toEqual(unconfirmed({ DK: 1 }));
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x, ended));
    expect(await usage()).toEqual(none);
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', 'github.com/a/y', ended));
    expect(await usage()).toEqual(unconfirmed({ DK: 1 }));
    // The other address turns out to be of the same solution.
    denmark.publish('RECORD', contents.record('dk:record:x', x, { aliases: ['github.com/a/y'] }));
    expect(await usage()).toEqual(none);
  });

  it('counts once together with adoptions of other countries, and as soon as the user’s own country states it', async () => {
    publishAdministration(denmark, 'a', 'a');
    belgium.publish('ADOPTION', contents.adoption('be:adoption:2', 'dk:administration:a', x));
    expect(await usage()).toEqual(unconfirmed({ DK: 1 }));
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x));
    expect(await usage()).toEqual({ counted: { DK: 1 }, unconfirmed: {} });
  });
});

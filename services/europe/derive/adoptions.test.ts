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
const reuse = async (): Promise<unknown> => {
  await index.catchUp();
  const { solution } = (await index.query(`{ solution(address: "${x}") { reuse { country adopters } } }`)) as {
    solution: { reuse: readonly { country: string; adopters: number }[] };
  };
  return Object.fromEntries(solution.reuse.map(({ country, adopters }) => [country, adopters]));
};

describe('a user abroad that is only known by name', () => {
  beforeEach(() => {
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', null, x, { rawName: 'Commune de Mons' }));
  });

  it('is matched as soon as exactly one organisation has that name', async () => {
    expect(await reuse()).toEqual({});
    publishAdministration(belgium, 'mons', 'Mons');
    expect(await reuse()).toEqual({ BE: 1 });
    belgium.withdraw('ADMINISTRATION', 'be:administration:mons');
    expect(await reuse()).toEqual({});
  });

  it('is not matched while two have that name, and matched when one is renamed, ends or is deleted', async () => {
    publishAdministration(belgium, 'mons', 'Mons');
    publishAdministration(belgium, 'other', 'Mons');
    expect(await reuse()).toEqual({});
    publishAdministration(belgium, 'other', 'Bergen');
    expect(await reuse()).toEqual({ BE: 1 });
    publishAdministration(belgium, 'other', 'Mons');
    expect(await reuse()).toEqual({});
    publishAdministration(belgium, 'other', 'Mons', { existed: { start: null, end: '2019-01-01', ended: true } });
    expect(await reuse()).toEqual({ BE: 1 });
    publishAdministration(denmark, 'mons', 'Mons');
    expect(await reuse()).toEqual({});
    denmark.withdraw('ADMINISTRATION', 'dk:administration:mons');
    expect(await reuse()).toEqual({ BE: 1 });
  });

  it('is not matched in the country that states it, which has not found it itself', async () => {
    publishAdministration(denmark, 'mons', 'Mons');
    expect(await reuse()).toEqual({});
  });
});

describe('an adoption that another country than the user’s states', () => {
  beforeEach(() => {
    belgium.publish('ADOPTION', contents.adoption('be:adoption:1', 'dk:administration:a', x));
  });

  it("counts exactly as long as the user's country knows the user", async () => {
    expect(await reuse()).toEqual({});
    publishAdministration(denmark, 'a', 'a');
    expect(await reuse()).toEqual({ DK: 1 });
    denmark.withdraw('ADMINISTRATION', 'dk:administration:a');
    expect(await reuse()).toEqual({});
  });

  it("counts unless the user's country states an adoption of the same user and solution", async () => {
    publishAdministration(denmark, 'a', 'a');
    const ended = { status: 'ENDED' };
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x, ended));
    expect(await reuse()).toEqual({});
    denmark.withdraw('ADOPTION', 'dk:adoption:1');
    expect(await reuse()).toEqual({ DK: 1 });
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x, ended));
    expect(await reuse()).toEqual({});
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', 'github.com/a/y', ended));
    expect(await reuse()).toEqual({ DK: 1 });
    // The other address turns out to be of the same solution.
    denmark.publish('RECORD', contents.record('dk:record:x', x, { aliases: ['github.com/a/y'] }));
    expect(await reuse()).toEqual({});
  });

  it('counts once together with adoptions of other countries and of the user’s own', async () => {
    publishAdministration(denmark, 'a', 'a');
    belgium.publish('ADOPTION', contents.adoption('be:adoption:2', 'dk:administration:a', x));
    expect(await reuse()).toEqual({ DK: 1 });
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x));
    expect(await reuse()).toEqual({ DK: 1 });
  });
});

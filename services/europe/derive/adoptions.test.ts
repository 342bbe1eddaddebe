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

const body = ({ folder, publish: say }: FakeCountry, code: string, name: string, more: object = {}): void => {
  say('ADMINISTRATION', contents.administration(`${folder}:administration:${code}`, name, more));
};
const reuse = async (): Promise<unknown> => {
  await index.catchUp();
  const { solution } = (await index.query(`{ solution(address: "${x}") { reuse { country adopters } } }`)) as {
    solution: { reuse: readonly { country: string; adopters: number }[] };
  };
  return Object.fromEntries(solution.reuse.map(({ country, adopters }) => [country, adopters]));
};

describe('a user abroad of whom only the name is known', () => {
  beforeEach(() => {
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', null, x, { rawName: 'Commune de Mons' }));
  });

  it('is the one body that is written so, from when there is one', async () => {
    expect(await reuse()).toEqual({});
    body(belgium, 'mons', 'Mons');
    expect(await reuse()).toEqual({ BE: 1 });
    belgium.withdraw('ADMINISTRATION', 'be:administration:mons');
    expect(await reuse()).toEqual({});
  });

  it('is nobody while two are written so, and the other when one is renamed, ends or goes', async () => {
    body(belgium, 'mons', 'Mons');
    body(belgium, 'other', 'Mons');
    expect(await reuse()).toEqual({});
    body(belgium, 'other', 'Bergen');
    expect(await reuse()).toEqual({ BE: 1 });
    body(belgium, 'other', 'Mons');
    expect(await reuse()).toEqual({});
    body(belgium, 'other', 'Mons', { existed: { start: null, end: '2019-01-01', ended: true } });
    expect(await reuse()).toEqual({ BE: 1 });
    body(denmark, 'mons', 'Mons');
    expect(await reuse()).toEqual({});
    denmark.withdraw('ADMINISTRATION', 'dk:administration:mons');
    expect(await reuse()).toEqual({ BE: 1 });
  });

  it('is nobody at home, where the country itself did not find it', async () => {
    body(denmark, 'mons', 'Mons');
    expect(await reuse()).toEqual({});
  });
});

describe('what another country states of a user', () => {
  beforeEach(() => {
    belgium.publish('ADOPTION', contents.adoption('be:adoption:1', 'dk:administration:a', x));
  });

  it("counts as soon as the user's country knows the user, and no longer", async () => {
    expect(await reuse()).toEqual({});
    body(denmark, 'a', 'a');
    expect(await reuse()).toEqual({ DK: 1 });
    denmark.withdraw('ADMINISTRATION', 'dk:administration:a');
    expect(await reuse()).toEqual({});
  });

  it("stands until the user's country says something of it, and again when that is taken back or is of another solution", async () => {
    body(denmark, 'a', 'a');
    const ended = { status: 'ENDED' };
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x, ended));
    expect(await reuse()).toEqual({});
    denmark.withdraw('ADOPTION', 'dk:adoption:1');
    expect(await reuse()).toEqual({ DK: 1 });
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x, ended));
    expect(await reuse()).toEqual({});
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', 'github.com/a/y', ended));
    expect(await reuse()).toEqual({ DK: 1 });
    // An address that turns out to be the same solution's.
    denmark.publish('RECORD', contents.record('dk:record:x', x, { aliases: ['github.com/a/y'] }));
    expect(await reuse()).toEqual({});
  });

  it('counts once with what a third or the country itself states', async () => {
    body(denmark, 'a', 'a');
    belgium.publish('ADOPTION', contents.adoption('be:adoption:2', 'dk:administration:a', x));
    expect(await reuse()).toEqual({ DK: 1 });
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x));
    expect(await reuse()).toEqual({ DK: 1 });
  });
});

import { useCountryIndex } from './testing/country-index.js';
import { contents, during } from './testing/feed-contents.js';

const graph = useCountryIndex();
const { at } = graph;

describe('a user abroad', () => {
  const address = 'github.com/abroad/thing';
  const user = 'be:administration:abroad';
  const users = async (): Promise<string[]> => {
    const { adoptions } = (await at(address, `adoptions { nodes { id } }`)) as {
      adoptions: { nodes: { id: string }[] };
    };
    return adoptions.nodes.map(({ id }) => id);
  };
  const adopters = async (): Promise<unknown> =>
    at(address, 'reuse { country adopters } unconfirmedReuse { country assertedBy adopters }');
  const belgian = { country: 'BE', adopters: 1 };
  const found = async (): Promise<unknown> =>
    graph.index.query(`{ solutions(filter: { usedBy: "${user}" }) { nodes { address } } }`);

  beforeAll(async () => {
    graph.denmark.publish('RECORD', contents.record('dk:record:abroad', address, { publisherId: 'dk:consortium:x' }));
    graph.denmark.publish('ADOPTION', contents.adoption('dk:adoption:abroad', user, address));
    await graph.index.catchUp();
  });

  it('is unconfirmed once its country knows it, and counts when its country states an adoption of its own', async () => {
    expect(await users()).toEqual([]);
    graph.belgium.publish('ADMINISTRATION', contents.administration(user, 'Abroad'));
    await graph.index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
    expect(await adopters()).toEqual({ reuse: [], unconfirmedReuse: [{ ...belgian, assertedBy: 'DK' }] });
    expect(await found()).toEqual({ solutions: { nodes: [] } });

    graph.belgium.publish('ADOPTION', contents.adoption('be:adoption:abroad', user, address, { status: 'PILOT' }));
    await graph.index.catchUp();
    expect(await users()).toEqual(['be:adoption:abroad']);
    expect(await adopters()).toEqual({ reuse: [belgian], unconfirmedReuse: [] });
    expect(await found()).toEqual({ solutions: { nodes: [{ address }] } });
  });

  it('does not count if its own country states that the use has ended or has not begun', async () => {
    for (const more of [{ status: 'ENDED' }, during('2010-01-01', '2011-01-01', true), during('2090-01-01')]) {
      graph.belgium.publish('ADOPTION', contents.adoption('be:adoption:abroad', user, address, more));
      await graph.index.catchUp();
      expect(await users()).toEqual([]);
      expect(await adopters()).toEqual({ reuse: [], unconfirmedReuse: [] });
      expect(await found()).toEqual({ solutions: { nodes: [] } });
    }
  });

  it('is unconfirmed again when its own country withdraws its adoption', async () => {
    graph.belgium.withdraw('ADOPTION', 'be:adoption:abroad');
    await graph.index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
    expect(await adopters()).toEqual({ reuse: [], unconfirmedReuse: [{ ...belgian, assertedBy: 'DK' }] });
    expect(await found()).toEqual({ solutions: { nodes: [] } });
  });

  it('is subject to its country’s adoption also if that names another address of the solution', async () => {
    graph.belgium.publish(
      'ADOPTION',
      contents.adoption('be:adoption:elsewhere', user, 'codeberg.org/abroad/old', { status: 'ENDED' }),
    );
    await graph.index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
    const aliases = ['codeberg.org/abroad/old'];
    graph.denmark.publish(
      'RECORD',
      contents.record('dk:record:abroad', address, { publisherId: 'dk:consortium:x', aliases }),
    );
    await graph.index.catchUp();
    expect(await users()).toEqual([]);
    graph.denmark.publish('RECORD', contents.record('dk:record:abroad', address, { publisherId: 'dk:consortium:x' }));
    graph.belgium.withdraw('ADOPTION', 'be:adoption:elsewhere');
    await graph.index.catchUp();
    expect(await users()).toEqual(['dk:adoption:abroad']);
  });
});

describe('a user that is only known by name', () => {
  const address = 'github.com/names/thing';
  const userOf = async (id: string): Promise<unknown> => {
    const fields = 'id administrationId rawName matchConfidence';
    const { adoptions } = (await at(address, `adoptions { nodes { ${fields} } }`)) as {
      adoptions: { nodes: { id: string }[] };
    };
    return adoptions.nodes.find((node) => node.id === id);
  };
  const publishAdoption = (id: string, rawName: string): void => {
    graph.italy.publish('ADOPTION', contents.adoption(id, null, address, { rawName }));
  };
  const open = (id: string, rawName: string) => ({ id, administrationId: null, rawName, matchConfidence: null });

  beforeAll(async () => {
    graph.belgium.publish('ADMINISTRATION', contents.administration('be:administration:namur', 'Namur'));
    for (const [fake, id] of [
      [graph.belgium, 'be:administration:hal'],
      [graph.denmark, 'dk:administration:hal'],
    ] as const)
      fake.publish('ADMINISTRATION', contents.administration(id, 'Hal'));
    graph.italy.publish('ADMINISTRATION', contents.administration('it:administration:ispra', 'Ispra'));
    publishAdoption('it:adoption:namur', 'Ville de Namur');
    publishAdoption('it:adoption:hal', 'Hal Kommune');
    publishAdoption('it:adoption:ispra', 'Comune di Ispra');
    publishAdoption('it:adoption:bare', 'Namur');
    await graph.index.catchUp();
  });

  it('is the one organisation abroad with that name, with a lower confidence', async () => {
    expect(await userOf('it:adoption:namur')).toEqual({
      id: 'it:adoption:namur',
      administrationId: 'be:administration:namur',
      rawName: 'Ville de Namur',
      matchConfidence: 0.9,
    });
    expect(await graph.index.query(`{ catalogueStatus { country usersNamed usersMatched } }`)).toMatchObject({
      catalogueStatus: expect.arrayContaining([{ country: 'IT', usersNamed: 4, usersMatched: 1 }]) as unknown,
    });
  });

  it('stays open if two organisations or one of its own country have that name, or if the name lacks the word for its kind', async () => {
    expect(await userOf('it:adoption:hal')).toEqual(open('it:adoption:hal', 'Hal Kommune'));
    expect(await userOf('it:adoption:ispra')).toEqual(open('it:adoption:ispra', 'Comune di Ispra'));
    expect(await userOf('it:adoption:bare')).toEqual(open('it:adoption:bare', 'Namur'));
    expect(await at(address, 'reuse { country } unconfirmedReuse { country adopters }')).toEqual({
      reuse: [],
      unconfirmedReuse: [{ country: 'BE', adopters: 1 }],
    });
  });

  it('is matched as soon as only one organisation has that name, and open again when that one is deleted', async () => {
    graph.denmark.withdraw('ADMINISTRATION', 'dk:administration:hal');
    await graph.index.catchUp();
    expect(await userOf('it:adoption:hal')).toMatchObject({ administrationId: 'be:administration:hal' });
    graph.belgium.withdraw('ADMINISTRATION', 'be:administration:hal');
    await graph.index.catchUp();
    expect(await userOf('it:adoption:hal')).toEqual(open('it:adoption:hal', 'Hal Kommune'));
  });
});

import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';

const codes = ['DK', 'BE', 'IT'] as const;

let countries: readonly FakeCountry[];
let index: TestIndex;
beforeAll(async () => {
  countries = await Promise.all(codes.map(startFakeCountry));
  index = await startTestIndex(countries);
  await stopAll();
});
afterAll(() => index.close());

// Each test has countries of its own: to the index their feeds begin anew, so that nothing of the last test stays.
beforeEach(async () => {
  countries = await Promise.all(codes.map(startFakeCountry));
});
afterEach(() => stopAll());

const stopAll = async (): Promise<void> => {
  await Promise.all(countries.map(({ stop }) => stop()));
};

const x = 'github.com/a/x';
const y = 'github.com/a/y';
const z = 'github.com/a/z';
const dk = 'dk:consortium:os2';
const be = 'be:consortium:imio';

const countryOf = (id: string): FakeCountry =>
  countries.find(({ folder }) => id.startsWith(folder)) ?? (countries[0] as FakeCountry);

interface Terms {
  readonly aliases?: readonly string[];
  readonly issued?: string;
  readonly publisherId?: string;
  readonly observedOn?: string;
}

/** A country says that it has a record at an address. */
function record(id: string, address: string, { observedOn, issued, ...terms }: Terms = {}, more: object = {}): void {
  const plain = contents.record(id, address);
  countryOf(id).publish('RECORD', {
    ...plain,
    ...terms,
    ...more,
    issued: `${issued ?? '2020-01-01'}T00:00:00Z`,
    provenance: { ...(plain['provenance'] as object), observedOn: observedOn ?? '2020-01-01' },
  });
}
const noRecord = (id: string): void => {
  countryOf(id).withdraw('RECORD', id);
};

const catchUp = (): Promise<void> => index.catchUp({ sources: countries });

/** Every solution: its id, and its addresses, the one at which it is first. */
async function solutions(): Promise<Record<string, readonly string[]>> {
  await catchUp();
  const { solutions: found } = (await index.query('{ solutions { nodes { id addresses } } }')) as {
    solutions: { nodes: readonly { id: string; addresses: readonly string[] }[] };
  };
  return Object.fromEntries(found.nodes.map(({ id, addresses }) => [id, addresses]));
}
const idAt = async (address: string): Promise<string | null> => {
  const { solution } = (await index.query('query ($address: String!) { solution(address: $address) { id } }', {
    address,
  })) as { solution: { id: string } | null };
  return solution && solution.id;
};

describe('one address', () => {
  it('is one solution, however many records are there', async () => {
    record('dk:record:1', x);
    record('dk:record:2', x);
    record('be:record:1', x);
    expect(await solutions()).toEqual({ [x]: [x] });
  });

  it('is no solution when its last record goes', async () => {
    record('dk:record:1', x, { aliases: [y] });
    record('be:record:1', x);
    await catchUp();
    noRecord('dk:record:1');
    expect(await solutions()).toEqual({ [x]: [x] });
    noRecord('be:record:1');
    expect(await solutions()).toEqual({});
    expect([await idAt(x), await idAt(y)]).toEqual([null, null]);
  });
});

describe('an address belongs to', () => {
  it("the record of the publisher's own country: what others name beside it is a suggestion", async () => {
    record('dk:record:1', x, { publisherId: dk, observedOn: '2019-01-01' });
    record('be:record:1', x, { publisherId: dk, observedOn: '2022-01-01', aliases: [y] });
    expect(await solutions()).toEqual({ [x]: [x] });
    expect(await idAt(y)).toBeNull();
  });

  it('the newest, where no publisher catalogues it at home', async () => {
    record('dk:record:1', x, { observedOn: '2019-01-01', aliases: [z] });
    record('be:record:1', x, { observedOn: '2022-01-01', aliases: [y] });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    record('dk:record:1', x, { observedOn: '2023-01-01', aliases: [z] });
    expect(await solutions()).toEqual({ [z]: [x, z] });
  });

  it('the next, when the record that owned it goes', async () => {
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    record('be:record:1', x, { aliases: [z] });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    noRecord('dk:record:1');
    expect(await solutions()).toEqual({ [z]: [x, z] });
  });
});

describe('an alias', () => {
  it('where no record is leads to the solution', async () => {
    record('dk:record:1', x, { aliases: [y, z] });
    expect(await solutions()).toEqual({ [y]: [x, y, z] });
    expect([await idAt(x), await idAt(y), await idAt(z)]).toEqual([y, y, y]);
  });

  it("does not take what another publisher's record owns in another catalogue", async () => {
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    record('be:record:1', y, { publisherId: be });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
  });

  it.each<readonly [string, string, Terms]>([
    ['of the same catalogue', 'dk:record:2', { publisherId: 'dk:consortium:other' }],
    ['of the same publisher', 'be:record:1', { publisherId: dk }],
    ['that agrees', 'be:record:1', { publisherId: be, aliases: [x] }],
  ])('takes the address of a record %s', async (_name, id, terms) => {
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    record(id, y, terms);
    const found = Object.values(await solutions());
    expect(found.map((addresses) => [...addresses].sort())).toEqual([[x, y]]);
  });

  it('takes nothing from two unknown publishers for their being unknown', async () => {
    record('dk:record:1', x, { aliases: [y] });
    record('be:record:1', y);
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
  });

  it('loses the address as soon as somebody catalogues it who objects, and has it back when that goes', async () => {
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    record('be:record:1', y, { publisherId: be });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
    noRecord('be:record:1');
    expect(await solutions()).toEqual({ [y]: [x, y] });
  });

  it('is no objection any more when the record there changes hands', async () => {
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    record('be:record:1', y, { publisherId: be });
    record('it:record:1', y, { publisherId: 'it:consortium:a' });
    expect(Object.keys(await solutions())).toHaveLength(2);
    record('be:record:1', y, { publisherId: dk });
    noRecord('it:record:1');
    expect(Object.keys(await solutions())).toHaveLength(1);
  });
});

describe('an alias that several claim', () => {
  it("goes to the publisher's own country, then to the one listed first, then to the first address", async () => {
    record('dk:record:1', y, { aliases: [x], issued: '2018-01-01' });
    record('be:record:1', z, { aliases: [x], issued: '2019-01-01', publisherId: be });
    expect(await solutions()).toEqual({ [y]: [y], [x]: [z, x] });
    record('be:record:1', z, { aliases: [x], issued: '2019-01-01' });
    expect(await solutions()).toEqual({ [x]: [y, x], [z]: [z] });
    record('dk:record:1', y, { aliases: [x], issued: '2019-01-01' });
    expect(await solutions()).toEqual({ [x]: [y, x], [z]: [z] });
    noRecord('dk:record:1');
    expect(await solutions()).toEqual({ [x]: [z, x] });
  });

  it('fuses nobody: five products that all name one repository stay five', async () => {
    const suite = 'gitlab.com/a/suite';
    const products = ['one', 'two', 'three', 'four', 'five'].map((name) => `${suite}//${name}`);
    for (const [place, product] of products.entries()) record(`dk:record:${place}`, product, { aliases: [suite] });
    const found = await solutions();
    expect(
      Object.values(found)
        .map(([address]) => address)
        .sort(),
    ).toEqual([...products].sort());
    expect(found[suite]).toEqual([`${suite}//five`, suite]);
  });
});

describe('what hangs together', () => {
  it('in a chain is one solution', async () => {
    record('dk:record:1', x, { aliases: [y], issued: '2022-01-01' });
    record('dk:record:2', y, { aliases: [z], issued: '2020-01-01', observedOn: '2018-01-01' });
    expect(await solutions()).toEqual({ [z]: [x, y, z] });
    record('dk:record:3', z, { issued: '2019-01-01', observedOn: '2017-01-01' });
    expect(await solutions()).toEqual({ [z]: [x, y, z] });
  });

  it('falls apart where the chain breaks', async () => {
    record('dk:record:1', x, { aliases: [y], issued: '2020-01-01' });
    record('dk:record:2', y, { aliases: [z], issued: '2021-01-01' });
    expect(Object.keys(await solutions())).toHaveLength(1);
    record('dk:record:1', x, { issued: '2020-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [z]: [y, z] });
  });

  it('in a circle is one solution, and two when one lets go in two countries', async () => {
    record('dk:record:1', x, { aliases: [y], publisherId: dk, issued: '2020-01-01' });
    record('be:record:1', y, { aliases: [x], publisherId: be, issued: '2019-01-01' });
    expect(await solutions()).toEqual({ [x]: [y, x] });
    record('be:record:1', y, { publisherId: be, issued: '2019-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
  });
});

describe('merging and un-merging', () => {
  it('takes users and places in portfolios along, there and back', async () => {
    const [denmark, belgium] = countries as [FakeCountry, FakeCountry];
    const users = '{ solutions { nodes { id reuse { country adopters } maintainers { __typename } } } }';
    for (const country of [denmark, belgium]) {
      const code = country.folder;
      country.publish('ADMINISTRATION', contents.administration(`${code}:administration:a`, 'a'));
      country.publish('CONSORTIUM', contents.consortium(`${code}:consortium:a`, 'a'));
    }
    record('dk:record:1', x);
    record('dk:record:2', y);
    denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', x));
    belgium.publish('ADOPTION', contents.adoption('be:adoption:1', 'be:administration:a', y));
    belgium.publish('PORTFOLIO', contents.portfolio('be:portfolio:1', 'be:consortium:a', y));
    await catchUp();
    const apart = await index.query(users);
    expect(apart).toEqual({
      solutions: {
        nodes: [
          { id: x, reuse: [{ country: 'DK', adopters: 1 }], maintainers: [] },
          { id: y, reuse: [{ country: 'BE', adopters: 1 }], maintainers: [{ __typename: 'BelgianConsortium' }] },
        ],
      },
    });
    record('dk:record:1', x, { aliases: [y] });
    await catchUp();
    const reuse = [
      { country: 'BE', adopters: 1 },
      { country: 'DK', adopters: 1 },
    ];
    expect(await index.query(users)).toEqual({
      solutions: { nodes: [{ id: y, reuse, maintainers: [{ __typename: 'BelgianConsortium' }] }] },
    });
    record('dk:record:1', x);
    await catchUp();
    expect(await index.query(users)).toEqual(apart);
  });
});

describe('the id', () => {
  it('is the address that was asserted first', async () => {
    record('dk:record:1', x, { issued: '2021-01-01', aliases: [y] });
    record('dk:record:2', y, { issued: '2019-01-01' });
    expect(Object.keys(await solutions())).toEqual([y]);
    record('dk:record:2', y, { issued: '2022-01-01' });
    // The alias was named when the record that names it was listed, before anything was catalogued there.
    expect(Object.keys(await solutions())).toEqual([y]);
    noRecord('dk:record:2');
    record('dk:record:1', x, { issued: '2021-01-01' });
    record('be:record:1', z, { issued: '2018-01-01' });
    expect(Object.keys(await solutions()).sort()).toEqual([x, z]);
  });

  it('is the first of the aliases, which come oldest first, where all were asserted at once', async () => {
    record('dk:record:1', x, { aliases: [z, y] });
    expect(Object.keys(await solutions())).toEqual([z]);
  });

  it('tells moments of the first centuries and of the last apart', async () => {
    record('dk:record:1', x, { issued: '1999-01-01', aliases: [y, z] });
    record('dk:record:2', z, { issued: '0050-01-01' });
    expect(Object.keys(await solutions())).toEqual([z]);
  });

  it('stays when a record moves and names where it was', async () => {
    record('dk:record:1', x);
    await catchUp();
    record('dk:record:1', y, { aliases: [x] });
    expect(await solutions()).toEqual({ [x]: [y, x] });
    record('dk:record:1', z, { aliases: [x, y] });
    expect(await solutions()).toEqual({ [x]: [z, x, y] });
    expect([await idAt(x), await idAt(y), await idAt(z)]).toEqual([x, x, x]);
  });

  it('is another when a record moves and says nothing of it', async () => {
    record('dk:record:1', x);
    await catchUp();
    record('dk:record:1', y);
    expect(await solutions()).toEqual({ [y]: [y] });
    expect(await idAt(x)).toBeNull();
  });

  it('passes on when two records change places', async () => {
    record('dk:record:1', x, { issued: '2019-01-01' });
    record('dk:record:2', y, { issued: '2020-01-01' });
    await catchUp();
    record('dk:record:1', y, { issued: '2019-01-01' });
    record('dk:record:2', x, { issued: '2020-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
    expect(await index.query('{ solutions { nodes { id records { id } } } }')).toEqual({
      solutions: {
        nodes: [
          { id: x, records: [{ id: 'dk:record:2' }] },
          { id: y, records: [{ id: 'dk:record:1' }] },
        ],
      },
    });
  });
});

describe('a field is from', () => {
  const fields = `{ solutions { nodes { address name licence categories shortDescription developmentStatus
    origins { field recordId country } } } }`;
  const described = async (): Promise<Record<string, unknown>> => {
    await catchUp();
    const { solutions: found } = (await index.query(fields)) as { solutions: { nodes: Record<string, unknown>[] } };
    const [only] = found.nodes;
    const origins = only?.['origins'] as { field: string; recordId: string }[];
    return { ...only, origins: Object.fromEntries(origins.map(({ field, recordId }) => [field, recordId])) };
  };
  const description = (shortDescription: string | null): object => ({
    ...{ language: 'en', localisedName: null, shortDescription, longDescription: null, documentation: null },
    ...{ apiDocumentation: null, features: [], awards: [] },
  });

  it("the publisher's own country, then the newest, each leaving to the next of what it says nothing", async () => {
    const own = { name: 'Own', licence: null, categories: [], descriptions: [description(null)] };
    const newer = { name: 'Newer', licence: 'MIT', categories: [], descriptions: [description('Newer')] };
    const older = {
      ...{ name: 'Older', licence: 'EUPL-1.2', categories: ['cms'], developmentStatus: 'STABLE' },
      descriptions: [description('Older')],
    };
    record('dk:record:own', x, { publisherId: dk, observedOn: '2015-01-01' }, own);
    record('be:record:newer', x, { publisherId: dk, observedOn: '2022-01-01' }, newer);
    record('it:record:older', x, { observedOn: '2021-01-01' }, older);
    expect(await described()).toEqual({
      address: x,
      name: 'Own',
      licence: 'MIT',
      categories: ['cms'],
      shortDescription: 'Newer',
      developmentStatus: 'STABLE',
      origins: {
        kind: 'dk:record:own',
        name: 'dk:record:own',
        licence: 'be:record:newer',
        categories: 'it:record:older',
        shortDescription: 'be:record:newer',
        developmentStatus: 'it:record:older',
      },
    });
    noRecord('dk:record:own');
    expect(await described()).toMatchObject({ name: 'Newer', origins: { name: 'be:record:newer' } });
    record('it:record:older', x, { observedOn: '2023-01-01' }, older);
    expect(await described()).toMatchObject({ name: 'Older', licence: 'EUPL-1.2', shortDescription: 'Older' });
  });

  it('the record at the address where the solution is now, also when it was elsewhere', async () => {
    record('dk:record:old', y, { publisherId: dk, observedOn: '2018-01-01' }, { name: 'Old', licence: 'MIT' });
    record('dk:record:now', x, { publisherId: dk, aliases: [y], observedOn: '2022-01-01' }, { name: 'Now' });
    expect(await described()).toMatchObject({ address: x, name: 'Now', licence: 'MIT' });
  });
});

import type { FakeCountry } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { type RecordTerms, useRecordIndex } from '../testing/record-index.js';

const recordIndex = useRecordIndex();
const { catchUp, record, deleteRecord, solutions, idAt } = recordIndex;

const x = 'github.com/a/x';
const y = 'github.com/a/y';
const z = 'github.com/a/z';
const dk = 'dk:consortium:os2';
const be = 'be:consortium:imio';

describe('one address', () => {
  it('is one solution, however many records it has', async () => {
    record('dk:record:1', x);
    record('dk:record:2', x);
    record('be:record:1', x);
    expect(await solutions()).toEqual({ [x]: [x] });
  });

  it('is not a solution any more when its last record is deleted', async () => {
    record('dk:record:1', x, { aliases: [y] });
    record('be:record:1', x);
    await catchUp();
    deleteRecord('dk:record:1');
    expect(await solutions()).toEqual({ [x]: [x] });
    deleteRecord('be:record:1');
    expect(await solutions()).toEqual({});
    expect([await idAt(x), await idAt(y)]).toEqual([null, null]);
  });
});

describe('the owner of an address', () => {
  it('is the record of the country that named it first, so aliases in other records have no effect', async () => {
    record('dk:record:1', x, { observedOn: '2019-01-01' });
    await catchUp();
    for (const terms of [{}, { publisherId: dk }, { publisherId: be }, { publisherId: 'fr:consortium:a' }])
      for (const date of ['1970-01-01', '2022-01-01', '9999-12-31']) {
        record('be:record:1', x, { ...terms, observedOn: date, issued: date, aliases: [y] });
        expect(await solutions()).toEqual({ [x]: [x] });
        expect(await idAt(y)).toBeNull();
      }
  });

  it("is the record of the publisher's own country, if the one that named it first names that publisher", async () => {
    record('be:record:1', x, { publisherId: dk, aliases: [y] });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    record('dk:record:1', x, { publisherId: dk, aliases: [z] });
    expect(await solutions()).toEqual({ [z]: [x, z] });
    // An agreement cannot be taken back.
    record('be:record:1', x, { publisherId: be, aliases: [y] });
    expect(await solutions()).toEqual({ [z]: [x, z] });
  });

  it('is, of several records of one country, the one that names its publisher', async () => {
    record('dk:record:1', x, { aliases: [y] });
    await catchUp();
    record('dk:record:2', x, { publisherId: dk, aliases: [z] });
    expect(await solutions()).toEqual({ [z]: [x, z] });
  });

  it('is the next record when the owning one is deleted', async () => {
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    await catchUp();
    record('be:record:1', x, { aliases: [z] });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    deleteRecord('dk:record:1');
    expect(await solutions()).toEqual({ [z]: [x, z] });
  });
});

describe('an alias', () => {
  it('without a record leads to the solution', async () => {
    record('dk:record:1', x, { aliases: [y, z] });
    expect(await solutions()).toEqual({ [y]: [x, y, z] });
    expect([await idAt(x), await idAt(y), await idAt(z)]).toEqual([y, y, y]);
  });

  it("does not take an address that another publisher's record owns in another catalogue", async () => {
    record('be:record:1', y, { publisherId: be });
    await catchUp();
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
  });

  it.each<readonly [string, string, RecordTerms]>([
    ['of the same catalogue', 'dk:record:2', { publisherId: 'dk:consortium:other' }],
    ['that names the same publisher', 'be:record:1', { publisherId: dk }],
    ['that agrees', 'be:record:1', { publisherId: be, aliases: [x] }],
  ])('takes the address of a record %s', async (_name, id, terms) => {
    record(id, y, terms);
    await catchUp();
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    const found = Object.values(await solutions());
    expect(found.map((addresses) => [...addresses].sort())).toEqual([[x, y]]);
  });

  it('does not treat two unknown publishers as the same one', async () => {
    record('be:record:1', y);
    await catchUp();
    record('dk:record:1', x, { aliases: [y] });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
  });

  it('keeps the address when a record of another publisher describes it later, and takes it when an earlier one is deleted', async () => {
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    record('be:record:1', y, { publisherId: be, issued: '1970-01-01', observedOn: '9999-12-31' });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    // The record there is not an owner, so that its aliases have no effect.
    record('be:record:1', y, { publisherId: be, aliases: [z] });
    expect(await solutions()).toEqual({ [y]: [x, y] });
    deleteRecord('dk:record:1');
    expect(await solutions()).toEqual({ [z]: [y, z] });
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    expect(await solutions()).toEqual({ [x]: [x], [z]: [y, z] });
    deleteRecord('be:record:1');
    expect(await solutions()).toEqual({ [y]: [x, y] });
  });

  it('takes the address when the record there changes to its own publisher', async () => {
    record('be:record:1', y, { publisherId: be });
    await catchUp();
    record('dk:record:1', x, { publisherId: dk, aliases: [y] });
    await catchUp();
    record('it:record:1', y, { publisherId: 'it:consortium:a' });
    expect(Object.keys(await solutions())).toHaveLength(2);
    record('be:record:1', y, { publisherId: dk });
    expect(Object.keys(await solutions())).toHaveLength(1);
  });
});

describe('an alias of several records', () => {
  it('belongs to the country that named it first, there to the record that names its publisher, then to the one listed first, then to the first address', async () => {
    record('be:record:1', z, { aliases: [x], issued: '2019-01-01' });
    await catchUp();
    record('it:record:1', 'github.com/a/it', { aliases: [x], issued: '1970-01-01', publisherId: 'it:consortium:a' });
    record('be:record:2', y, { aliases: [x], issued: '2018-01-01' });
    expect(await solutions()).toMatchObject({ [x]: [y, x], [z]: [z] });
    record('be:record:1', z, { aliases: [x], issued: '2019-01-01', publisherId: be });
    expect(await solutions()).toMatchObject({ [y]: [y], [x]: [z, x] });
    record('be:record:1', z, { aliases: [x], issued: '2018-01-01' });
    expect(await solutions()).toMatchObject({ [x]: [y, x], [z]: [z] });
    deleteRecord('it:record:1');
    deleteRecord('be:record:2');
    expect(await solutions()).toEqual({ [x]: [z, x] });
  });

  it('does not merge five products that all name one repository', async () => {
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

describe('addresses connected by aliases', () => {
  it('are one solution if they form a chain', async () => {
    record('dk:record:1', x, { aliases: [y], issued: '2022-01-01' });
    record('dk:record:2', y, { aliases: [z], issued: '2020-01-01', observedOn: '2018-01-01' });
    expect(await solutions()).toEqual({ [z]: [x, y, z] });
    record('dk:record:3', z, { issued: '2019-01-01', observedOn: '2017-01-01' });
    expect(await solutions()).toEqual({ [z]: [x, y, z] });
  });

  it('are separate solutions where the chain breaks', async () => {
    record('dk:record:1', x, { aliases: [y], issued: '2020-01-01' });
    record('dk:record:2', y, { aliases: [z], issued: '2021-01-01' });
    expect(Object.keys(await solutions())).toHaveLength(1);
    record('dk:record:1', x, { issued: '2020-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [z]: [y, z] });
  });

  it('are one solution if they form a circle, and two if one of two countries drops its alias', async () => {
    record('dk:record:1', x, { publisherId: dk, issued: '2020-01-01' });
    record('be:record:1', y, { publisherId: be, issued: '2019-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
    record('dk:record:1', x, { aliases: [y], publisherId: dk, issued: '2020-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
    record('be:record:1', y, { aliases: [x], publisherId: be, issued: '2019-01-01' });
    expect(await solutions()).toEqual({ [x]: [y, x] });
    record('be:record:1', y, { publisherId: be, issued: '2019-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
  });
});

describe('merging and separating solutions', () => {
  it('moves users and portfolio entries in both directions', async () => {
    const [denmark, belgium] = recordIndex.countries() as readonly [FakeCountry, FakeCountry];
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
    const apart = await recordIndex.index.query(users);
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
    expect(await recordIndex.index.query(users)).toEqual({
      solutions: { nodes: [{ id: y, reuse, maintainers: [{ __typename: 'BelgianConsortium' }] }] },
    });
    record('dk:record:1', x);
    await catchUp();
    expect(await recordIndex.index.query(users)).toEqual(apart);
  });
});

describe('the id of a solution', () => {
  it('is the address that was asserted first', async () => {
    record('dk:record:1', x, { issued: '2021-01-01', aliases: [y] });
    record('dk:record:2', y, { issued: '2019-01-01' });
    expect(Object.keys(await solutions())).toEqual([y]);
    record('dk:record:2', y, { issued: '2022-01-01' });
    // The alias was named when the record that names it was listed, before anything was catalogued there.
    expect(Object.keys(await solutions())).toEqual([y]);
    deleteRecord('dk:record:2');
    record('dk:record:1', x, { issued: '2021-01-01' });
    record('be:record:1', z, { issued: '2018-01-01' });
    expect(Object.keys(await solutions()).sort()).toEqual([x, z]);
  });

  it('is the first alias, because aliases are listed oldest first, if all were asserted at once', async () => {
    record('dk:record:1', x, { aliases: [z, y] });
    expect(Object.keys(await solutions())).toEqual([z]);
  });

  it('does not change by a record that only describes an address of another country, however early it was listed', async () => {
    record('dk:record:1', x, { issued: '2021-01-01', aliases: [y, z] });
    await catchUp();
    record('be:record:1', z, { issued: '1970-01-01' });
    expect(await solutions()).toEqual({ [y]: [x, y, z] });
  });

  it('compares moments of the first century and of the last one correctly', async () => {
    record('dk:record:1', x, { issued: '1999-01-01', aliases: [y, z] });
    record('dk:record:2', z, { issued: '0050-01-01' });
    expect(Object.keys(await solutions())).toEqual([z]);
  });

  it('stays when a record moves and names its earlier address', async () => {
    record('dk:record:1', x);
    await catchUp();
    record('dk:record:1', y, { aliases: [x] });
    expect(await solutions()).toEqual({ [x]: [y, x] });
    record('dk:record:1', z, { aliases: [x, y] });
    expect(await solutions()).toEqual({ [x]: [z, x, y] });
    expect([await idAt(x), await idAt(y), await idAt(z)]).toEqual([x, x, x]);
  });

  it('changes when a record moves without naming its earlier address', async () => {
    record('dk:record:1', x);
    await catchUp();
    record('dk:record:1', y);
    expect(await solutions()).toEqual({ [y]: [y] });
    expect(await idAt(x)).toBeNull();
  });

  it('stays with the address when two records swap their addresses', async () => {
    record('dk:record:1', x, { issued: '2019-01-01' });
    record('dk:record:2', y, { issued: '2020-01-01' });
    await catchUp();
    record('dk:record:1', y, { issued: '2019-01-01' });
    record('dk:record:2', x, { issued: '2020-01-01' });
    expect(await solutions()).toEqual({ [x]: [x], [y]: [y] });
    expect(await recordIndex.index.query('{ solutions { nodes { id records { id } } } }')).toEqual({
      solutions: {
        nodes: [
          { id: x, records: [{ id: 'dk:record:2' }] },
          { id: y, records: [{ id: 'dk:record:1' }] },
        ],
      },
    });
  });
});

import { emptyIndex, prepareIndex } from '../harvest/prepare-index.js';
import { differencesBetween, readIndex } from '../testing/compare-indexes.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';

const x = 'github.com/os2/desk';
const old = 'github.com/old/desk';

let denmark: FakeCountry;
let belgium: FakeCountry;
let index: TestIndex;
beforeEach(async () => {
  [denmark, belgium] = await Promise.all([startFakeCountry('DK'), startFakeCountry('BE')]);
  index = await startTestIndex([denmark, belgium]);
});
afterEach(async () => {
  await index.close();
  await Promise.all([denmark.stop(), belgium.stop()]);
});

const observed = (observedOn: string): object => ({
  provenance: { ...(contents.record('dk:record:any', x)['provenance'] as object), observedOn },
});
const danish = (more: object = {}): void => {
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
  denmark.publish(
    'RECORD',
    contents.record('dk:record:desk', x, {
      ...{ name: 'OS2desk', publisherId: 'dk:consortium:os2', aliases: [old], issued: '2019-01-01T00:00:00Z' },
      ...more,
    }),
  );
};
/** Everything by which a country could take precedence. */
const belgian = (address: string, more: object = {}): void => {
  belgium.publish('CONSORTIUM', contents.consortium('be:consortium:imio', 'iMio'));
  belgium.publish(
    'RECORD',
    contents.record('be:record:taken', address, {
      ...{ name: 'Takeover', publisherId: 'be:consortium:imio', licence: 'MIT', categories: ['gis'] },
      ...{ issued: '1970-01-01T00:00:00Z', releaseDate: '9999-12-31', ...observed('9999-12-31') },
      ...more,
    }),
  );
};
const solution = async (fields: string, address = x): Promise<unknown> => {
  const data = await index.query(`{ solution(address: "${address}") { ${fields} } }`);
  return (data as { solution: unknown }).solution;
};
const merged = 'id addresses name licence categories releaseDate publisherIds publishedIn records { id }';
const ofDenmark = {
  id: old,
  addresses: [x, old],
  name: 'OS2desk',
  licence: null,
  categories: [],
  releaseDate: null,
  publisherIds: ['dk:consortium:os2'],
  publishedIn: ['DK'],
  records: [{ id: 'dk:record:desk' }],
};
const ownerOf = async (address = x): Promise<unknown> => {
  const { records } = (await solution('records { country }', address)) as { records: { country: string }[] };
  return records.map(({ country }) => country);
};

describe('a solution', () => {
  it.each<[string, { readonly address: string; readonly more?: object }]>([
    ['a current address', { address: x }],
    ['a former address', { address: old }],
    ['an alias', { address: 'github.com/imio/own', more: { aliases: [x] } }],
  ])('remains with its owner when another country claims %s with any dates', async (_what, { address, more = {} }) => {
    danish();
    await index.catchUp();
    belgian(address, more);
    await index.catchUp();
    expect(await solution(merged)).toEqual(ofDenmark);
    const found = await index.query(`{ solutions(search: "takeover") { nodes { address } } }`);
    expect(found).toEqual({ solutions: { nodes: address === x || address === old ? [] : [{ address }] } });
  });

  it('shows who disputes its address, as the status of both countries does', async () => {
    danish();
    await index.catchUp();
    belgian(x);
    await index.catchUp();
    const dispute = { address: x, owner: 'DK', claimedBy: 'BE', recordId: 'be:record:taken' };
    const record = { publisherId: 'be:consortium:imio', provenance: { observedOn: '9999-12-31' } };
    const fields = 'address owner claimedBy recordId';
    expect(await solution(`disputes { ${fields} record { publisherId provenance { observedOn } } }`)).toEqual({
      disputes: [{ ...dispute, record }],
    });
    expect(await index.query(`{ catalogueStatus { country disputedAddresses disputes { ${fields} } } }`)).toEqual({
      catalogueStatus: ['BE', 'DK'].map((country) => ({ country, disputedAddresses: 1, disputes: [dispute] })),
    });
    belgium.withdraw('RECORD', 'be:record:taken');
    await index.catchUp();
    expect(await solution('disputes { address }')).toEqual({ disputes: [] });
  });

  it('moves to the country of the publisher that its owner names, which the owner cannot take back', async () => {
    danish();
    await index.catchUp();
    belgian(x);
    danish({ publisherId: 'be:consortium:imio' });
    await index.catchUp();
    expect(await ownerOf()).toEqual(['BE', 'DK']);
    danish();
    await index.catchUp();
    expect(await ownerOf()).toEqual(['BE']);
    expect(await solution('disputes { claimedBy }')).toEqual({ disputes: [{ claimedBy: 'DK' }] });
  });

  it('moves to the next country when its owner withdraws its record', async () => {
    danish();
    await index.catchUp();
    belgian(x);
    await index.catchUp();
    denmark.withdraw('RECORD', 'dk:record:desk');
    await index.catchUp();
    expect(await solution('name disputes { address }')).toEqual({ name: 'Takeover', disputes: [] });
    danish();
    await index.catchUp();
    expect(await solution('name disputes { claimedBy }')).toEqual({
      name: 'Takeover',
      disputes: [{ claimedBy: 'DK' }],
    });
  });
});

describe('the owner of an address', () => {
  const readInOrder = async (first: FakeCountry, second: FakeCountry): Promise<void> => {
    await index.catchUp({ sources: [first] });
    await index.catchUp({ sources: [second] });
  };

  it('stays in a rebuild, whichever feed is read first', async () => {
    danish();
    await index.catchUp();
    belgian(x);
    await index.catchUp();
    const before = await readIndex(index.database.query);
    for (const [first, second] of [
      [denmark, belgium],
      [belgium, denmark],
    ] as const) {
      await emptyIndex(index.database.dataSource);
      await readInOrder(first, second);
      expect(differencesBetween(before, await readIndex(index.database.query))).toEqual([]);
    }
  });

  it('is forgotten by a rebuild during which its record was withdrawn', async () => {
    danish();
    await index.catchUp();
    belgian(x);
    await index.catchUp();
    await emptyIndex(index.database.dataSource);
    denmark.withdraw('RECORD', 'dk:record:desk');
    await readInOrder(belgium, denmark);
    expect(await solution('name disputes { address }')).toEqual({ name: 'Takeover', disputes: [] });
  });

  it('is at the beginning the country that listed it first, whichever feed is read first', async () => {
    danish();
    belgian(x, { issued: '2020-01-01T00:00:00Z' });
    await readInOrder(belgium, denmark);
    expect(await ownerOf()).toEqual(['DK']);
    const other = await startTestIndex([denmark, belgium]);
    try {
      await other.catchUp({ sources: [denmark] });
      await other.catchUp({ sources: [belgium] });
      const rows = await Promise.all([index, other].map(({ database }) => readIndex(database.query)));
      expect(differencesBetween(...(rows as [(typeof rows)[0], (typeof rows)[0]]))).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('is not a country that joins later, whatever its records state', async () => {
    const { dataSource } = index.database;
    await prepareIndex(dataSource, ['DK']);
    danish();
    await index.catchUp({ sources: [denmark] });
    belgian(x);
    await prepareIndex(dataSource, ['DK', 'BE']);
    await index.catchUp();
    expect(await ownerOf()).toEqual(['DK']);
    await prepareIndex(dataSource, ['BE']);
    expect(await ownerOf()).toEqual(['BE']);
  });
});

it('does not list a release in the future before it has happened', async () => {
  danish({ releaseDate: '2024-05-01' });
  belgian('github.com/imio/future');
  await index.catchUp();
  expect(
    await index.query(`{
      newest: solutions(orderBy: { field: UPDATED }) { nodes { name releaseDate } }
      since: solutions(filter: { updatedSince: "2025-01-01" }) { totalCount } }`),
  ).toEqual({
    newest: {
      nodes: [
        { name: 'OS2desk', releaseDate: '2024-05-01' },
        { name: 'Takeover', releaseDate: null },
      ],
    },
    since: { totalCount: 0 },
  });
});

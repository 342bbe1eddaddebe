import { differencesBetween, readIndex } from '../testing/compare-indexes.js';
import { applyRandomChange } from '../testing/histories.js';
import { createRandom } from '../testing/random.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { emptyIndex, prepareIndex } from './prepare-index.js';

const codes = ['DK', 'BE', 'IT'];
const rounds = 8;

const compare = async (followed: TestIndex, rebuilt: TestIndex): Promise<string[]> =>
  differencesBetween(await readIndex(followed.database.query), await readIndex(rebuilt.database.query));

/** What can be concluded, and which rows of an index show that it was. */
const conclusions = {
  refusals: `SELECT FROM refusal`,
  aliases: `SELECT FROM alias JOIN catalogue_record USING (address)`,
  'other ids than addresses': `SELECT FROM solution WHERE id <> address`,
  users: `SELECT FROM solution WHERE adopters > 1 AND countries > 1`,
  maintainers: `SELECT FROM solution WHERE maintainer_ids <> '{}'`,
  'last words': `SELECT FROM adoption WHERE is_superseded`,
  'users by name': `SELECT FROM adoption WHERE administration_id IS NULL AND user_id IS NOT NULL`,
  'unknown users': `SELECT FROM adoption WHERE user_is_unknown`,
  bases: `SELECT FROM solution_basis`,
};
const met = new Set<string>();
async function remember({ database }: TestIndex): Promise<void> {
  for (const [name, rows] of Object.entries(conclusions)) if ((await database.query(rows)).length > 0) met.add(name);
}

describe('an index that follows', () => {
  let countries: FakeCountry[];
  let followed: TestIndex;
  let rebuilt: TestIndex;
  beforeEach(async () => {
    countries = await Promise.all(codes.map(startFakeCountry));
    [followed, rebuilt] = await Promise.all([startTestIndex(countries), startTestIndex(countries)]);
  });
  afterEach(async () => {
    await Promise.all([followed.close(), rebuilt.close()]);
    await Promise.all(countries.map(({ stop }) => stop()));
  });

  /** While a feed is read, too, something happens in its country: to each by chance of its own, so that it is always the same. */
  const happenWhileRead = (seed: number): void => {
    for (const [index, country] of countries.entries()) {
      const random = createRandom(seed + index);
      let left = 5;
      country.overrideResponse(() => {
        if (left > 0 && random.chance(0.3)) applyRandomChange(country, random);
        left -= 1;
        return null;
      });
    }
  };

  const both = (codesFollowed: readonly string[]): Promise<unknown> =>
    Promise.all([followed, rebuilt].map(({ database }) => prepareIndex(database.dataSource, codesFollowed)));

  it.each(Array.from({ length: 4 }, (_, index) => (index + 1) * 1000))(
    'through history %i is the same at every moment, row for row, as one that reads what there is then',
    async (seed) => {
      const random = createRandom(seed);
      for (let round = 0; round < rounds; round += 1) {
        for (let left = random.below(30); left >= 0; left -= 1)
          applyRandomChange(countries[random.below(3)] as FakeCountry, random);
        // Now and then a country is no longer followed, and later again.
        const sources = random.chance(0.2) ? countries.slice(0, 2) : countries;
        await both(sources.map(({ code }) => code));
        happenWhileRead(seed + 10 * round);
        await followed.catchUp({ sources, limits: { pageSize: 1 + random.below(20) } });
        for (const country of countries) country.overrideResponse(null);
        await emptyIndex(rebuilt.database.dataSource);
        await Promise.all([
          followed.catchUp({ sources, limits: { pageSize: 1 + random.below(20) } }),
          rebuilt.catchUp({ sources, limits: { pageSize: 20 + random.below(100) } }),
        ]);
        expect(await compare(followed, rebuilt)).toEqual([]);
        await remember(rebuilt);
      }
    },
  );

  it('met everything that is concluded', () => {
    expect([...met].sort()).toEqual(Object.keys(conclusions).sort());
  });
});

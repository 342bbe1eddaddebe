import { copyClaims, differencesBetween, readIndex } from '../testing/compare-indexes.js';
import { applyRandomChange } from '../testing/histories.js';
import { createRandom } from '../../kit/testing/random.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { emptyIndex, prepareIndex } from './prepare-index.js';

const codes = ['DK', 'BE', 'IT'];
const rounds = 8;

const compare = async (followed: TestIndex, rebuilt: TestIndex): Promise<string[]> =>
  differencesBetween(await readIndex(followed.database.query), await readIndex(rebuilt.database.query));

/** What can be derived, and the rows that show that it was. */
const derivations = {
  refusals: `SELECT FROM refusal`,
  aliases: `SELECT FROM alias JOIN catalogue_record USING (address)`,
  'other ids than addresses': `SELECT FROM solution WHERE id <> address`,
  users: `SELECT FROM solution WHERE adopters > 1 AND countries > 1`,
  maintainers: `SELECT FROM solution WHERE maintainer_ids <> '{}'`,
  'superseded adoptions': `SELECT FROM adoption WHERE is_superseded`,
  disputes: `SELECT FROM dispute JOIN catalogue_record USING (address)`,
  'disputed aliases': `SELECT FROM dispute JOIN catalogue_record r ON r.id = record_id AND r.address <> dispute.address`,
  agreements: `SELECT FROM address_claim WHERE attributed_to <> country`,
  'users by name': `SELECT FROM adoption WHERE administration_id IS NULL AND user_id IS NOT NULL`,
  'unknown users': `SELECT FROM adoption WHERE user_is_unknown`,
  bases: `SELECT FROM solution_basis`,
  'topics of labels': `SELECT FROM code WHERE text_topics <> '{}'`,
  'mappings of known codes': `SELECT FROM code_mapping m JOIN code c USING (country, scheme, notation)`,
  'holders of known needs': `SELECT FROM need_holder h JOIN need n ON n.id = h.need_id JOIN organisation o ON o.id = h.holder_id`,
  'suppliers by the code of others with their name': `SELECT FROM supply WHERE identifier IS NULL AND supplier_id LIKE '%:DK_CVR:%'`,
  'suppliers with several names and countries': `SELECT FROM supplier WHERE cardinality(names) > 1 AND cardinality(countries) > 1`,
};
const observed = new Set<string>();
async function recordDerivations({ database }: TestIndex): Promise<void> {
  for (const [name, rows] of Object.entries(derivations))
    if ((await database.query(rows)).length > 0) observed.add(name);
}

describe('an index that follows feeds', () => {
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

  /** Lets feeds change while they are read: each by a generator of its own, so that it is reproducible. */
  const changeWhileRead = (seed: number): void => {
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

  const prepareBoth = (codesFollowed: readonly string[]): Promise<unknown> =>
    Promise.all([followed, rebuilt].map(({ database }) => prepareIndex(database.dataSource, codesFollowed)));

  it.each(Array.from({ length: 4 }, (_, index) => (index + 1) * 1000))(
    'equals an index that is rebuilt, row for row, after every round of history %i',
    async (seed) => {
      const random = createRandom(seed);
      for (let round = 0; round < rounds; round += 1) {
        for (let left = random.below(40); left >= 0; left -= 1)
          applyRandomChange(countries[random.below(3)] as FakeCountry, random);
        // Occasionally a country is no longer followed, and later followed again.
        const sources = random.chance(0.2) ? countries.slice(0, 2) : countries;
        await prepareBoth(sources.map(({ code }) => code));
        changeWhileRead(seed + 10 * round);
        await followed.catchUp({ sources, limits: { pageSize: 1 + random.below(20) } });
        for (const country of countries) country.overrideResponse(null);
        await followed.catchUp({ sources, limits: { pageSize: 1 + random.below(20) } });
        // As in a rebuild of the followed index itself, which keeps its claims.
        await emptyIndex(rebuilt.database.dataSource);
        await copyClaims(followed.database.query, rebuilt.database.query);
        await rebuilt.catchUp({ sources, limits: { pageSize: 20 + random.below(100) } });
        expect(await compare(followed, rebuilt)).toEqual([]);
        await recordDerivations(rebuilt);
      }
    },
  );

  it('has derived everything that can be derived', () => {
    expect([...observed].sort()).toEqual(Object.keys(derivations).sort());
  });
});

import { useCountryIndex } from '../testing/country-index.js';
import { contents } from '../testing/feed-contents.js';
import type { FakeCountry } from '../testing/fake-country.js';
import { inExclusiveTransaction } from './exclusive-transaction.js';
import { settle, unsettle } from './segments.js';

const world = useCountryIndex();

const publish = (country: FakeCountry, number: number): void => {
  const name = number % 10 === 0 ? `Portal ${number}` : `Tool ${number}`;
  const id = `${country.folder}:record:${number}`;
  country.publish('RECORD', contents.record(id, `example.org/${number}`, { name }));
};

const query = <Row extends object>(text: string): Promise<Row[]> => world.index.database.query<Row>(text);

const wordsOfRecords = `SELECT lexeme COLLATE "C" AS word, count(*)::int AS records
  FROM catalogue_record r CROSS JOIN unnest(tsvector_to_array(r.vector)) AS lexeme GROUP BY 1 ORDER BY 1`;

describe('a first reading of many records', () => {
  beforeAll(async () => {
    // A hundred solutions have a record in each country.
    for (let number = 0; number < 1_100; number += 1) publish(world.denmark, number);
    for (let number = 1_000; number < 1_200; number += 1) publish(world.belgium, number);
    await world.index.catchUp();
  }, 120_000);

  it('gives each record a slot, with those of its solution after each other', async () => {
    expect(await query(`SELECT id, size FROM segment`)).toEqual([{ id: 1, size: 1_300 }]);
    const placed = await query<{ solution: string; slots: number[] }>(
      `SELECT solution_id AS solution, array_agg(slot ORDER BY slot) AS slots FROM slot GROUP BY 1`,
    );
    expect(placed).toHaveLength(1_200);
    for (const { slots } of placed) expect(slots.at(-1)).toBe((slots[0] ?? 0) + slots.length - 1);
    const all = placed.flatMap(({ slots }) => slots).sort((one, other) => one - other);
    expect(all).toEqual(Array.from({ length: 1_300 }, (_, slot) => slot));
  });

  it('counts the words of records by segments as they are in the records', async () => {
    const words = await query(`SELECT word, records FROM search_word ORDER BY word`);
    expect(words).toEqual(await query(wordsOfRecords));
    expect(words).toContainEqual({ word: 'portal', records: 130 });
  });
});

describe('settling', () => {
  const settleAgain = (max: number, slots: number): Promise<void> =>
    inExclusiveTransaction(world.index.database.dataSource, async (run) => {
      const solutions = await run<{ id: string }>(`SELECT id FROM solution`);
      await unsettle(
        run,
        solutions.map(({ id }) => id),
      );
      await settle(run, max, slots);
    });
  const sizes = async (): Promise<number[]> => {
    const segments = await query<{ size: number }>(
      `SELECT size FROM segment WHERE replaced_at IS NULL AND size > length(removed) / 2 ORDER BY id`,
    );
    return segments.map(({ size }) => size);
  };

  it('fills one segment after the other, each with whole solutions', async () => {
    await settleAgain(0, 400);
    expect(await sizes()).toHaveLength(4);
    expect((await sizes()).reduce((sum, size) => sum + size)).toBe(1_300);
    const split = `SELECT FROM slot WHERE is_current GROUP BY solution_id HAVING count(DISTINCT segment) > 1`;
    expect(await query(split)).toEqual([]);
    expect(await query(`SELECT FROM unsettled_solution`)).toEqual([]);
  });

  it('leaves few solutions unsettled, for which it builds no segment', async () => {
    await settleAgain(200, 400);
    const left = await query(`SELECT FROM unsettled_solution`);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThanOrEqual(200);
    expect(await sizes()).toHaveLength(3);
  });
});

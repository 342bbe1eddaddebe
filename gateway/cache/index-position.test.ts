import { readIndexPosition } from './index-position.js';
import { statusResponse } from '../testing/fake-feed.js';

const read = (...states: Parameters<typeof statusResponse>) =>
  readIndexPosition(() => Promise.resolve(statusResponse(...states)));

it('is another one when a country was read further, or is no longer reached', async () => {
  const { position } = await read(['DK', 'OK', 'a'], ['IT', 'OK', 'a']);
  expect((await read(['DK', 'OK', 'a'], ['IT', 'OK', 'a'])).position).toBe(position);
  expect((await read(['DK', 'OK', 'b'], ['IT', 'OK', 'a'])).position).not.toBe(position);
  expect((await read(['DK', 'OK', 'a'], ['IT', 'UNREACHABLE', 'a'])).position).not.toBe(position);
});

it('names the countries of which the index may not have the latest', async () => {
  const { outdatedCountries: behind } = await read(
    ['BE', 'UNREACHABLE', 'a'],
    ['DK', 'OK', 'a'],
    ['IT', 'STALE', 'a'],
    ['SE', 'NEVER_SEEN', null],
  );
  expect([...behind]).toEqual([
    ['BE', 'STALE'],
    ['IT', 'STALE'],
    ['SE', 'UNAVAILABLE'],
  ]);
});

it('is not found when Europe cannot say it', async () => {
  const reply = { data: { catalogueStatus: null }, errors: [{ message: 'no' }] };
  await expect(readIndexPosition(() => Promise.resolve(reply))).rejects.toThrow();
});

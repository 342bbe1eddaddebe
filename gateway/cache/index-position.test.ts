import { readIndexPosition } from './index-position.js';
import { statusResponse } from '../testing/fake-feed.js';

const read = (...states: Parameters<typeof statusResponse>) =>
  readIndexPosition(() => Promise.resolve(statusResponse(...states)));

it('the position differs when the index has read a country further, or no longer reaches it', async () => {
  const { position } = await read(['DK', 'OK', 'a'], ['IT', 'OK', 'a']);
  expect((await read(['DK', 'OK', 'a'], ['IT', 'OK', 'a'])).position).toBe(position);
  expect((await read(['DK', 'OK', 'b'], ['IT', 'OK', 'a'])).position).not.toBe(position);
  expect((await read(['DK', 'OK', 'a'], ['IT', 'UNREACHABLE', 'a'])).position).not.toBe(position);
});

it('readIndexPosition returns the outdated countries', async () => {
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

it('readIndexPosition rejects when Europe does not return its status', async () => {
  const reply = { data: { catalogueStatus: null }, errors: [{ message: 'no' }] };
  await expect(readIndexPosition(() => Promise.resolve(reply))).rejects.toThrow();
});

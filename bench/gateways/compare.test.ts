import { compare } from './compare.js';
import { apollo, gateways, type Gateway } from './gateway-list.js';

const [ours = apollo] = gateways;
const never = new AbortController().signal;

/** A fake gateway that records the turns. */
const createCandidate = (gateway: Gateway, responseTo: (turn: number) => unknown) => {
  const turns: number[] = [];
  return {
    gateway,
    turns,
    execute: (turn: number) => {
      turns.push(turn);
      return Promise.resolve(JSON.stringify(responseTo(turn)));
    },
  };
};

it('compare sends every request to every gateway, and ignores the order of fields', async () => {
  const base = createCandidate(apollo, (turn) => ({ data: { a: turn, b: [1] } }));
  const other = createCandidate(ours, (turn) => ({ data: { b: [1], a: turn }, extensions: { more: true } }));
  await compare([other, base], apollo, 40, never);
  expect(other.turns.sort((one, another) => one - another)).toEqual(Array.from({ length: 40 }, (_, turn) => turn));
});

it.each([
  ['other data', { data: { a: [2, 1] } }],
  ['an error', { data: { a: [1, 2] }, errors: [{ message: 'no' }] }],
])('compare rejects a response with %s', async (_case, response) => {
  const base = createCandidate(apollo, () => ({ data: { a: [1, 2] } }));
  await expect(compare([base, createCandidate(ours, () => response)], apollo, 1, never)).rejects.toThrow(/ours|errors/);
});

it('compare rejects if the gateway to compare with is missing', async () => {
  await expect(compare([], apollo, 1, never)).rejects.toThrow(apollo.name);
});

it('compare sends no request after its signal is aborted', async () => {
  const base = createCandidate(apollo, () => ({ data: {} }));
  await expect(compare([base], apollo, 1, AbortSignal.abort())).rejects.toThrow('aborted');
  expect(base.turns).toEqual([]);
});

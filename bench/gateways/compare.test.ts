import { compare } from './compare.js';
import { apollo, gateways, type Gateway } from './gateway-list.js';

const [ours = apollo] = gateways;
const never = new AbortController().signal;

/** A gateway that answers so, and who was asked what. */
const contestant = (peer: Gateway, answerTo: (turn: number) => unknown) => {
  const turns: number[] = [];
  return {
    peer,
    turns,
    ask: (turn: number) => {
      turns.push(turn);
      return Promise.resolve(JSON.stringify(answerTo(turn)));
    },
  };
};

it('asks everybody everything, and takes the order of fields as it is', async () => {
  const base = contestant(apollo, (turn) => ({ data: { a: turn, b: [1] } }));
  const other = contestant(ours, (turn) => ({ data: { b: [1], a: turn }, extensions: { more: true } }));
  await compare([other, base], apollo, 40, never);
  expect(other.turns.sort((one, another) => one - another)).toEqual(Array.from({ length: 40 }, (_, turn) => turn));
});

it.each([
  ['another answer', { data: { a: [2, 1] } }],
  ['an error', { data: { a: [1, 2] }, errors: [{ message: 'no' }] }],
])('refuses %s', async (_what, answer) => {
  const base = contestant(apollo, () => ({ data: { a: [1, 2] } }));
  await expect(compare([base, contestant(ours, () => answer)], apollo, 1, never)).rejects.toThrow(/ours|errors/);
});

it('needs the one to compare with', async () => {
  await expect(compare([], apollo, 1, never)).rejects.toThrow(apollo.name);
});

it('stops when it is told to', async () => {
  const base = contestant(apollo, () => ({ data: {} }));
  await expect(compare([base], apollo, 1, AbortSignal.abort())).rejects.toThrow('aborted');
  expect(base.turns).toEqual([]);
});

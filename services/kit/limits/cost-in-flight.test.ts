import { CostInFlight, type CostShare } from './cost-in-flight.js';

/** Starts operations, and records which of them may be executed. */
function start() {
  const inFlight = new CostInFlight();
  const started: string[] = [];
  const shares = new Map<string, CostShare | undefined>();
  return {
    started,
    enter: (name: string, client: string, cost: number) => {
      const share = inFlight.enter(client, cost);
      shares.set(name, share);
      if (share?.granted) void share.granted.then(() => started.push(name));
      else started.push(name);
    },
    leave: async (name: string) => {
      shares.get(name)?.leave();
      await new Promise(setImmediate);
    },
  };
}

describe('the operations that a client executes at the same time', () => {
  it('are many cheap ones, and one expensive one after the other', async () => {
    const { started, enter, leave } = start();
    for (const [name, cost] of [
      ['a', 300_000],
      ['b', 300_000],
      ['c', 6_000],
      ['d', 6_000],
      ['cheap', 500],
    ] as const)
      enter(name, '1', cost);
    enter('other', '2', 300_000);
    expect(started).toEqual(['a', 'cheap', 'other']);
    await leave('a');
    expect(started).toEqual(['a', 'cheap', 'other', 'b']);
    await leave('b');
    expect(started.slice(4)).toEqual(['c', 'd']);
    enter('e', '1', 6_000);
    await leave('c');
    expect(started.at(-1)).toBe('e');
  });

  it('cost a quarter as much together while another client sends some', () => {
    const alone = start();
    for (const name of ['a', 'b', 'c', 'd', 'e']) alone.enter(name, '1', 12_000);
    expect(alone.started).toEqual(['a', 'b', 'c', 'd']);
    const beside = start();
    beside.enter('other', '2', 1);
    for (const name of ['a', 'b']) beside.enter(name, '1', 12_000);
    expect(beside.started).toEqual(['other', 'a']);
  });

  it('are one, which knows that it is alone, if that costs more than all may', () => {
    const inFlight = new CostInFlight();
    const shares = [50_000, 50_001, 50_001].map((cost) => inFlight.enter('1', cost)?.isWhole);
    expect(shares).toEqual([false, true, true]);
  });

  it('begin after a rest as long as the last one took, if that was expensive and others send some', async () => {
    const { started, enter, leave } = start();
    const work = async (name: string): Promise<number> => {
      const end = performance.now() + 40;
      while (performance.now() < end) await new Promise(setImmediate);
      const leftAt = performance.now();
      await leave(name);
      return leftAt;
    };
    for (const name of ['a', 'b', 'c']) enter(name, '1', 300_000);
    await work('a');
    expect(started).toEqual(['a', 'b']);
    enter('other', '2', 1);
    const leftAt = await work('b');
    enter('cheap', '1', 500);
    enter('d', '1', 501);
    expect(started.slice(2)).toEqual(['other', 'cheap']);
    while (started.length < 5) await new Promise(setImmediate);
    expect(performance.now() - leftAt).toBeGreaterThan(38);
    await leave('c');
    expect(started.slice(4)).toEqual(['c', 'd']);
  });

  it('are not those whose clients have all disconnected', async () => {
    const { started, enter, leave } = start();
    for (const name of ['a', 'b', 'c']) enter(name, '1', 300_000);
    await leave('b');
    await leave('a');
    expect(started).toEqual(['a', 'b', 'c']);
    await leave('c');
    enter('d', '1', 300_000);
    expect(started.at(-1)).toBe('d');
  });
});

import { HttpError } from '../http-error.js';
import { waitUntil } from '../testing/wait-until.js';
import { ExecutionSlots, type Slot } from './execution-slots.js';

/** Takes slots, and records which of them were granted. */
function take(slots: ExecutionSlots) {
  const granted: string[] = [];
  const rejected: [string, unknown][] = [];
  const taken = new Map<string, Slot>();
  return {
    granted,
    rejected,
    /** Takes a slot for a client, and names it. */
    take: (name: string, client: string) => {
      const slot = slots.take(client);
      taken.set(name, slot);
      if (!slot.granted) granted.push(name);
      slot.granted?.then(
        () => granted.push(name),
        (error: unknown) => rejected.push([name, error instanceof HttpError ? error.code : error]),
      );
    },
    leave: async (name: string) => {
      taken.get(name)?.leave();
      await settled();
    },
  };
}

/** Waits for the promises that are resolved. */
const settled = () => new Promise(setImmediate);

const rejectionOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
};

describe('execution slots', () => {
  it('are granted at once while there are any, and later in turn', async () => {
    const { take: takeSlot, granted, leave } = take(new ExecutionSlots({ max: 2, maxPerClient: 2 }));
    for (const name of ['1', '2', '3', '4']) takeSlot(name, `client ${name}`);
    expect(granted).toEqual(['1', '2']);
    await leave('1');
    expect(granted).toEqual(['1', '2', '3']);
    await leave('2');
    expect(granted).toEqual(['1', '2', '3', '4']);
  });

  it('are shared: a client with many operations leaves some to others', async () => {
    const { take: takeSlot, granted, leave } = take(new ExecutionSlots({ max: 10, maxPerClient: 2 }));
    for (const name of ['a1', 'a2', 'a3']) takeSlot(name, 'a');
    takeSlot('b1', 'b');
    expect(granted).toEqual(['a1', 'a2', 'b1']);
    await leave('a1');
    expect(granted).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('go to the client with the fewest running operations, and not to the one that waits longest', async () => {
    const { take: takeSlot, granted, leave } = take(new ExecutionSlots({ max: 4, maxPerClient: 3 }));
    for (const name of ['a1', 'a2']) takeSlot(name, 'a');
    for (const name of ['b1', 'b2', 'b3']) takeSlot(name, 'b');
    takeSlot('c1', 'c');
    await leave('a1');
    expect(granted).toEqual(['a1', 'a2', 'b1', 'b2', 'c1']);
    await leave('a2');
    expect(granted.at(-1)).toBe('b3');
  });

  it('are given back once, however often that is called', async () => {
    const { take: takeSlot, granted, leave } = take(new ExecutionSlots({ max: 1, maxPerClient: 1 }));
    takeSlot('1', 'a');
    await leave('1');
    await leave('1');
    takeSlot('2', 'a');
    takeSlot('3', 'b');
    expect(granted).toEqual(['1', '2']);
    await leave('1');
    expect(granted).toEqual(['1', '2']);
  });

  it('are not granted to an operation that no longer waits', async () => {
    const { take: takeSlot, granted, leave } = take(new ExecutionSlots({ max: 2, maxPerClient: 1 }));
    for (const name of ['1', '2', '3', '4']) takeSlot(name, `client ${name}`);
    await leave('3');
    await leave('3');
    await leave('1');
    expect(granted).toEqual(['1', '2', '4']);
  });

  it('reject an operation of a client with too many, naming its limit', () => {
    const slots = new ExecutionSlots({ max: 10, maxPerClient: 2 });
    const { take: takeSlot } = take(slots);
    for (const name of ['1', '2', '3', '4']) takeSlot(name, 'a');
    expect(rejectionOf(() => slots.take('a'))).toMatchObject({
      ...{ status: 429, code: 'RATE_LIMITED', headers: ['retry-after', '1'] },
      exceeded: { limit: 'requestsAtOncePerClient', found: 5, allowed: 2 },
    });
    expect(slots.take('b').granted).toBeUndefined();
  });

  it('are fewer for a client while others have some, and for a moment after', async () => {
    const slots = new ExecutionSlots({ max: 10, maxPerClient: 4, maxPerClientBesideOthers: 2, maxWaitingPerClient: 1 });
    const { take: takeSlot, granted, leave } = take(slots);
    for (const name of ['a1', 'a2', 'a3']) takeSlot(name, 'a');
    takeSlot('b1', 'b');
    takeSlot('a4', 'a');
    expect(granted).toEqual(['a1', 'a2', 'a3', 'b1']);
    expect(rejectionOf(() => slots.take('a'))).toMatchObject({
      message: 'You may send 2 requests at once while others send requests. Retry in a second.',
      exceeded: { limit: 'requestsAtOncePerClient', found: 5, allowed: 2 },
    });
    await leave('b1');
    await leave('a1');
    expect(granted).toHaveLength(4);
    await leave('a2');
    expect(granted.slice(4)).toEqual(['a4']);
    await waitUntil('the client to be alone', () => {
      const slot = slots.take('a');
      const isAlone = slot.granted === undefined;
      slot.granted?.catch(() => undefined);
      slot.leave();
      return isAlone;
    });
  });

  it('report overload, and no limit of a client, if all slots may be of one client', () => {
    const slots = new ExecutionSlots({ max: 1 });
    const { take: takeSlot } = take(slots);
    for (const name of ['1', '2']) takeSlot(name, 'gateway');
    expect(rejectionOf(() => slots.take('gateway'))).toMatchObject({
      ...{ status: 503, code: 'OVERLOADED', headers: ['retry-after', '1'] },
      exceeded: { limit: 'requestsAtOnce', found: 3, allowed: 1 },
    });
  });

  it('reject an operation that waits for too long', async () => {
    const { take: takeSlot, rejected } = take(new ExecutionSlots({ max: 2, maxPerClient: 1, maxWaitMs: 5 }));
    for (const name of ['a1', 'a2']) takeSlot(name, 'a');
    for (const name of ['b1', 'c1']) takeSlot(name, name.charAt(0));
    await waitUntil('both to be rejected', () => rejected.length === 2, { intervalMs: 1 });
    expect(rejected).toEqual([
      ['a2', 'RATE_LIMITED'],
      ['c1', 'OVERLOADED'],
    ]);
  });

  it('let no client fill the queue: the one with the most waiting operations gives up its last', async () => {
    const slots = new ExecutionSlots({ max: 4, maxPerClient: 4 });
    const { take: takeSlot, granted, rejected, leave } = take(slots);
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8']) takeSlot(name, 'a');
    takeSlot('b1', 'b');
    await settled();
    expect(rejected).toEqual([['a8', 'RATE_LIMITED']]);
    await leave('a1');
    expect(granted.at(-1)).toBe('b1');
    for (const name of ['c1', 'd1', 'e1']) takeSlot(name, name);
    expect(rejectionOf(() => slots.take('f'))).toMatchObject({
      ...{ status: 503, code: 'OVERLOADED' },
      exceeded: { limit: 'requestsAtOnce', allowed: 4 },
    });
  });
});

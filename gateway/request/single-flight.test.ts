import { type InFlightCall, SharedCall, SingleFlight } from './single-flight.js';

const always = (): boolean => true;
const long = 'x'.repeat(1_000);

interface NumberedCall extends InFlightCall {
  readonly number: number;
  isCancelled: boolean;
  readonly end: () => Promise<void>;
}

/** Joins calls, which are numbered in the order in which they start. */
function createFlight() {
  const singleFlight = new SingleFlight<NumberedCall>();
  let started = 0;
  const start = (): NumberedCall => {
    let resolve: () => void;
    const result = new Promise<void>((done) => (resolve = done));
    const end = async (): Promise<void> => {
      resolve();
      await result;
    };
    return { number: (started += 1), result, isCancelled: false, end };
  };
  return (key: string, canJoin: (call: NumberedCall) => boolean = always) => singleFlight.join(key, canJoin, start);
}

describe('SingleFlight', () => {
  it('joins the call with the same key, however long, until it has ended', async () => {
    const join = createFlight();
    const { call, isNew } = join(`${long}one`);
    expect([call.number, isNew]).toEqual([1, true]);
    expect(join(`${long}one`)).toEqual({ call, isNew: false });
    await call.end();
    expect(join(`${long}one`)).toMatchObject({ call: { number: 2 }, isNew: true });
  });

  it.each([
    ['at its end', `${long}one`, `${long}two`],
    ['only at its beginning', `one${long}`, `two${long}`],
    ['only in its length', long, `${long}x`],
  ])('starts another call for a key that differs %s', (_where, one, other) => {
    const join = createFlight();
    join(one);
    expect(join(other).call.number).toBe(2);
    expect([join(one).call.number, join(other).call.number]).toEqual([1, 2]);
  });

  it('starts a new call if the one in flight cannot be joined, and then joins the new one', () => {
    const join = createFlight();
    join('key');
    const isSecond = ({ number }: NumberedCall): boolean => number === 2;
    expect(join('key', isSecond)).toMatchObject({ call: { number: 2 }, isNew: true });
    expect(join('key', isSecond)).toMatchObject({ call: { number: 2 }, isNew: false });
  });

  it('does not join a cancelled call', () => {
    const join = createFlight();
    join('key').call.isCancelled = true;
    expect(join('key').call.number).toBe(2);
  });
});

describe('SharedCall', () => {
  const start = (isCancellable = true) => {
    const reasons: string[] = [];
    const cancel = (reason: string): void => void reasons.push(reason);
    const call = new SharedCall({ result: Promise.resolve(), cancel, isCancellable: () => isCancellable });
    return { reasons, call };
  };

  it('is cancelled with the reason of its last caller, who leaves once', () => {
    const { reasons, call } = start();
    const [first, second] = [call.enter(), call.enter()];
    first('first');
    first('again');
    expect([reasons, call.isCancelled]).toEqual([[], false]);
    second('second');
    expect([reasons, call.isCancelled]).toEqual([['second'], true]);
  });

  it('is not cancelled by its last caller if it is not cancellable', () => {
    const { reasons, call } = start(false);
    call.enter()('left');
    expect([reasons, call.isCancelled]).toEqual([[], false]);
  });
});

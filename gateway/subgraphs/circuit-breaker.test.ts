import { setTimeout as wait } from 'node:timers/promises';

import type { Logger } from '../../services/kit/observability/logger.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.js';
import { ClientDisconnectedError, CircuitOpenError, SilentSubgraphError } from './failures.js';
import { SubgraphError } from './subgraph.js';

const create = (openMs = 60_000, logger: Logger = silentLogger): CircuitBreaker =>
  createCircuitBreaker('denmark', logger, { failures: 3, openMs });

const succeeds = () => Promise.resolve('response');
const fails = () => Promise.reject(new SubgraphError('SUBGRAPH_UNAVAILABLE', 'down'));
const disconnects = () => Promise.reject(new ClientDisconnectedError());

/** Runs fetches one after the other, whatever becomes of them. */
async function run(breaker: CircuitBreaker, ...fetches: (() => Promise<unknown>)[]): Promise<void> {
  for (const fetch of fetches) await breaker.run(fetch).catch(() => undefined);
}

const cooldownMs = 10;
const coolDown = () => wait(cooldownMs * 2);

/** A breaker that was opened, and whose cooldown is over. */
async function createCooledDown(logger?: Logger): Promise<CircuitBreaker> {
  const breaker = create(cooldownMs, logger);
  await run(breaker, fails, fails, fails);
  await coolDown();
  return breaker;
}

/** A fetch that a test ends. */
function createPending() {
  let resolve!: (value: string) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<string>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { fetch: () => promise, resolve, reject };
}

describe('a closed circuit breaker', () => {
  it('returns the result of a fetch', async () => {
    const breaker = create();
    expect(await breaker.run(succeeds)).toBe('response');
    await expect(breaker.run(fails)).rejects.toThrow('down');
    expect(breaker.state()).toBe('closed');
  });

  it('stays closed while some fetches succeed, and when clients disconnect', async () => {
    const breaker = create();
    await run(breaker, fails, fails, succeeds, fails, fails, disconnects, disconnects, disconnects);
    expect(breaker.state()).toBe('closed');
  });

  it('stays closed when many fetches fail that started before one that has succeeded since', async () => {
    const breaker = create();
    const hanging = [1, 2, 3, 4].map(createPending);
    const over = hanging.map(({ fetch }) => breaker.run(fetch).catch(() => undefined));
    await coolDown();
    await run(breaker, succeeds);
    for (const { reject } of hanging) reject(new SubgraphError('SUBGRAPH_TIMEOUT', 'late'));
    await Promise.all(over);
    expect(breaker.state()).toBe('closed');
    await run(breaker, fails, fails, fails);
    expect(breaker.state()).toBe('open');
  });

  it('opens after enough consecutive failures', async () => {
    const breaker = create();
    await run(breaker, fails, fails, disconnects, fails);
    expect(breaker.state()).toBe('open');
  });
});

describe('a circuit breaker that opens after ten failures', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const failsAfter = (ms: number) => async () => {
    now += ms;
    return fails();
  };
  const createForTen = () => createCircuitBreaker('denmark', silentLogger, { failures: 10, openMs: 60_000 });

  it('opens after two fetches in a row that waited for ten seconds, and not after one', async () => {
    const breaker = createForTen();
    await run(breaker, failsAfter(10_000), succeeds, failsAfter(10_000));
    expect(breaker.state()).toBe('closed');
    await run(breaker, failsAfter(10_000));
    expect(breaker.state()).toBe('open');
  });

  it('counts a failure that was not waited for once', async () => {
    const breaker = createForTen();
    await run(breaker, ...Array<() => Promise<unknown>>(9).fill(failsAfter(900)));
    expect(breaker.state()).toBe('closed');
    await run(breaker, fails);
    expect(breaker.state()).toBe('open');
  });
});

describe('an open circuit breaker', () => {
  it('rejects without a fetch', async () => {
    const breaker = create();
    await run(breaker, fails, fails, fails);
    let fetched = 0;
    const fetch = () => {
      fetched += 1;
      return succeeds();
    };
    await expect(breaker.run(fetch)).rejects.toThrow(CircuitOpenError);
    expect(fetched).toBe(0);
  });

  it('does not stay open because the clock was set back', async () => {
    const breaker = create();
    await run(breaker, fails, fails, fails);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    try {
      expect(await breaker.run(succeeds)).toBe('response');
      expect(breaker.state()).toBe('closed');
    } finally {
      clock.mockRestore();
    }
  });
});

describe('a circuit breaker that is held open', () => {
  it('rejects all fetches until it is released, whatever its state was', async () => {
    const lines: string[] = [];
    const write = (_fields: unknown, line: string) => lines.push(line);
    const logger = { info: write, warn: write, error: write } as unknown as Logger;
    for (const breaker of [create(60_000, logger), await createCooledDown()]) {
      breaker.hold();
      breaker.hold();
      expect(breaker.state()).toBe('open');
      await expect(breaker.run(succeeds)).rejects.toThrow(CircuitOpenError);
      breaker.release();
      expect(breaker.state()).toBe('closed');
      expect(await breaker.run(succeeds)).toBe('response');
    }
    expect(lines).toEqual([
      'circuit open: no requests are sent to denmark until it responds to a poll',
      'circuit closed: denmark responds again',
    ]);
  });

  it('stays held when fetches end that were in flight, and does not count those that were given up', async () => {
    const breaker = create();
    const inFlight = [1, 2, 3, 4].map(createPending);
    const over = inFlight.map(({ fetch }) => breaker.run(fetch).catch(() => undefined));
    breaker.hold();
    for (const { reject } of inFlight) reject(new SilentSubgraphError());
    await Promise.all(over);
    expect(breaker.state()).toBe('open');
    breaker.release();
    expect(breaker.state()).toBe('closed');
  });

  it('stays held when its probe succeeds', async () => {
    const breaker = await createCooledDown();
    const probe = createPending();
    const probing = breaker.run(probe.fetch);
    breaker.hold();
    probe.resolve('back');
    expect(await probing).toBe('back');
    expect(breaker.state()).toBe('open');
  });
});

describe('a half-open circuit breaker', () => {
  it('allows one fetch, and rejects the others immediately until it has ended', async () => {
    const breaker = await createCooledDown();
    const probe = createPending();
    const first = breaker.run(probe.fetch);
    expect(breaker.state()).toBe('halfOpen');
    await expect(breaker.run(succeeds)).rejects.toThrow(CircuitOpenError);
    probe.resolve('back');
    expect(await first).toBe('back');
    expect(breaker.state()).toBe('closed');
    expect(await breaker.run(succeeds)).toBe('response');
  });

  it('informs a fetch that it is the probe', async () => {
    const breaker = await createCooledDown();
    const probes: boolean[] = [];
    const fetch = (isProbe: boolean) => Promise.resolve(probes.push(isProbe));
    await breaker.run(fetch);
    await breaker.run(fetch);
    expect(probes).toEqual([true, false]);
  });

  it.each([
    ['fails', new SubgraphError('SUBGRAPH_TIMEOUT', 'slow')],
    ['is cancelled because its client disconnected', new ClientDisconnectedError()],
  ])('opens again when the probe %s', async (_name, failure) => {
    const breaker = await createCooledDown();
    await run(breaker, () => Promise.reject(failure));
    expect(breaker.state()).toBe('open');
    await coolDown();
    await run(breaker, succeeds);
    expect(breaker.state()).toBe('closed');
  });
});

it('a circuit breaker logs an outage once, not every probe, its end, and the next one', async () => {
  const lines: string[] = [];
  const write = (_fields: unknown, line: string) => lines.push(line);
  const breaker = await createCooledDown({ info: write, warn: write, error: write } as unknown as Logger);
  for (let probe = 0; probe < 5; probe += 1) {
    await run(breaker, fails);
    expect(breaker.state()).toBe('open');
    await coolDown();
  }
  await run(breaker, succeeds, succeeds);
  const outage = [
    'circuit open: no requests are sent to denmark for 10 ms',
    'circuit half open: probing denmark',
    'circuit closed: denmark responds again',
  ];
  expect(lines).toEqual(outage);
  await run(breaker, fails, fails, fails);
  await coolDown();
  await run(breaker, succeeds);
  expect(lines.slice(3)).toEqual(outage);
});

import { setTimeout as wait } from 'node:timers/promises';

import { type Logger, silentLogger } from '../../services/kit/observability/logger.js';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.js';
import { ClientDisconnectedError, CircuitOpenError } from './failures.js';
import { SubgraphError } from './subgraph.js';

const create = (openMs = 60_000, logger: Logger = silentLogger): CircuitBreaker =>
  createCircuitBreaker('denmark', logger, { failures: 3, openMs });

const answers = () => Promise.resolve('answer');
const fails = () => Promise.reject(new SubgraphError('SUBGRAPH_UNAVAILABLE', 'down'));
const isLeft = () => Promise.reject(new ClientDisconnectedError());

/** Runs fetches one after the other, whatever becomes of them. */
async function run(breaker: CircuitBreaker, ...fetches: (() => Promise<unknown>)[]): Promise<void> {
  for (const fetch of fetches) await breaker.run(fetch).catch(() => undefined);
}

const restMs = 10;
const rest = () => wait(restMs * 2);

/** A breaker that was opened, and whose time of rest is over. */
async function createRested(logger?: Logger): Promise<CircuitBreaker> {
  const breaker = create(restMs, logger);
  await run(breaker, fails, fails, fails);
  await rest();
  return breaker;
}

/** A fetch that ends when a test says so. */
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
    expect(await breaker.run(answers)).toBe('answer');
    await expect(breaker.run(fails)).rejects.toThrow('down');
    expect(breaker.state()).toBe('closed');
  });

  it('stays closed while some fetches succeed, and when clients disconnect', async () => {
    const breaker = create();
    await run(breaker, fails, fails, answers, fails, fails, isLeft, isLeft, isLeft);
    expect(breaker.state()).toBe('closed');
  });

  it('stays closed when many fetches fail that started before one that has succeeded since', async () => {
    const breaker = create();
    const hanging = [1, 2, 3, 4].map(createPending);
    const over = hanging.map(({ fetch }) => breaker.run(fetch).catch(() => undefined));
    await rest();
    await run(breaker, answers);
    for (const { reject } of hanging) reject(new SubgraphError('SUBGRAPH_TIMEOUT', 'late'));
    await Promise.all(over);
    expect(breaker.state()).toBe('closed');
    await run(breaker, fails, fails, fails);
    expect(breaker.state()).toBe('open');
  });

  it('opens after enough consecutive failures', async () => {
    const breaker = create();
    await run(breaker, fails, fails, isLeft, fails);
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
      return answers();
    };
    await expect(breaker.run(fetch)).rejects.toThrow(CircuitOpenError);
    expect(fetched).toBe(0);
  });
});

describe('a half-open circuit breaker', () => {
  it('allows one fetch, and rejects the others immediately until it has ended', async () => {
    const breaker = await createRested();
    const trial = createPending();
    const first = breaker.run(trial.fetch);
    expect(breaker.state()).toBe('halfOpen');
    await expect(breaker.run(answers)).rejects.toThrow(CircuitOpenError);
    trial.resolve('back');
    expect(await first).toBe('back');
    expect(breaker.state()).toBe('closed');
    expect(await breaker.run(answers)).toBe('answer');
  });

  it('tells a fetch that it is the probe', async () => {
    const breaker = await createRested();
    const probes: boolean[] = [];
    const fetch = (isProbe: boolean) => Promise.resolve(probes.push(isProbe));
    await breaker.run(fetch);
    await breaker.run(fetch);
    expect(probes).toEqual([true, false]);
  });

  it.each([
    ['fails', new SubgraphError('SUBGRAPH_TIMEOUT', 'slow')],
    ['was given up', new ClientDisconnectedError()],
  ])('opens again when the probe %s', async (_name, failure) => {
    const breaker = await createRested();
    await run(breaker, () => Promise.reject(failure));
    expect(breaker.state()).toBe('open');
    await rest();
    await run(breaker, answers);
    expect(breaker.state()).toBe('closed');
  });
});

it('a circuit breaker logs one line for each change of state', async () => {
  const lines: string[] = [];
  const write = (_fields: unknown, line: string) => lines.push(line);
  const breaker = await createRested({ info: write, warn: write, error: write } as unknown as Logger);
  await run(breaker, fails);
  await rest();
  await run(breaker, answers, answers);
  expect(lines).toEqual([
    'circuit open: no requests are sent to denmark for 10 ms',
    'circuit half open: probing denmark',
    'circuit open: no requests are sent to denmark for 10 ms',
    'circuit half open: probing denmark',
    'circuit closed: denmark responds again',
  ]);
});

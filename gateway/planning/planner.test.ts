import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema, getOperationAST, parse } from 'graphql';

import { readProjectFile } from '../../schema/files.js';
import { countries, europe } from '../../schema/values/countries.js';
import { compactDocument } from '../../services/kit/graphql/compact-document.js';
import { measureRetained } from '../../services/kit/testing/retained-memory.js';
import { execute } from '../execution/execute.js';
import { prepare } from '../execution/prepare.js';
import { createResponseNames } from '../execution/response-names.js';
import { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';
import { createMadeUpSubgraph } from '../testing/made-up-subgraph.js';
import { createSubgraphTypesLookup } from '../validation/subgraph-types.js';
import type { PlannerMessage, PlanRequest } from './messages.js';
import { readExamples } from '../playground/examples.js';
import type { startThread } from './planner-thread.js';
import { createPlanner, type Planner, type PlannerOptions } from './planner.js';

const supergraph = readProjectFile('schema/supergraph.graphql');
const simple = { document: '{ denmark { id } }', client: 'a', size: 2 };

/** An operation that takes the planner long: bodies within bodies, each of any country. */
const within = (depth: number): string =>
  depth === 0 ? 'id name' : `id memberships { consortium { ${within(depth - 1)} } member { ${within(depth - 1)} } }`;
const entangled = {
  document: `{ solutions(first: 1) { nodes { publishers { ${within(4)} } maintainers { ${within(4)} } derivatives { publishers { ${within(3)} } } } } }`,
  client: 'a',
  size: 5_000,
};

/** The priorities of the threads of this process, on Linux: what follows the name of the program in brackets, from the third field on. */
const getPriorities = (): number[] =>
  readdirSync('/proc/self/task').map((thread) =>
    Number(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ')[19 - 3]),
  );

describe('a planner', () => {
  let planner: Planner;
  beforeAll(async () => {
    // No spare thread: its start takes long.
    planner = await createPlanner(supergraph, { planningTimeoutMs: 10_000, maxQueued: 100, spareDelayMs: 600_000 });
  });
  afterAll(() => planner.close());

  it('returns the facts of the supergraph', () => {
    const { apiSdl, subgraphs, possibleTypes, owners, resolvers, possibleTypesIn } = planner.facts;
    expect(apiSdl).toContain('type DanishAdministration');
    expect(apiSdl).not.toContain('ref: ID!');
    expect(Object.keys(subgraphs).sort()).toEqual([...countries, europe].map(({ folder }) => folder).sort());
    expect(possibleTypes['Consortium']).toContain('ItalianConsortium');
    expect(owners).toMatchObject({ DanishAdministration: 'denmark', BelgianCatalogue: 'belgium' });
    expect(owners).not.toHaveProperty('Solution');
    expect(resolvers).toMatchObject({ 'Solution.name': ['europe'], 'DanishCatalogue.records': ['denmark'] });
    expect(possibleTypesIn['denmark']?.['Consortium']).toEqual(['DanishConsortium']);
    expect(possibleTypesIn['europe']?.['Consortium']).toHaveLength(countries.length);
  });

  it('plans operations', async () => {
    const plans = await Promise.all([simple, entangled, simple].map((job) => planner.plan(job)));
    expect(plans.map(({ kind }) => kind)).toEqual(['QueryPlan', 'QueryPlan', 'QueryPlan']);
    expect(plans[0]).toEqual(plans[2]);
    expect(JSON.stringify(plans[0])).toContain('"serviceName":"denmark"');
    // Large ones with a lower priority than the gateway has.
    if (process.platform === 'linux') expect(getPriorities()).toContain(constants.priority.PRIORITY_BELOW_NORMAL);
  });

  const many = (count: number, part: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => part(index)).join(' ');
  // So many that what V8 releases meanwhile, such as the bytecode of functions of other tests, makes no difference.
  const operations: readonly (readonly [number, (index: number) => string])[] = [
    [400, (index) => `{ a${index}: denmark { id title } }`],
    [40, (index) => `{ ${many(15, (n) => `a${n}_${index}: denmark { id consortia { nodes { id name } } }`)} }`],
    [40, (index) => `{ a${index}: organisations(ids: []) { id homepage memberships { consortium { name } } } }`],
    [
      100,
      (index) =>
        `query ($a${index}: Boolean!, $b: ID!) { organisation(id: $b) { id name @include(if: $a${index}) country } }`,
    ],
  ];

  it('the memory of a prepared operation, as it is measured, is about what it takes', async () => {
    const { facts } = planner;
    const schema = buildSchema(facts.apiSdl);
    const environment = {
      subgraphs: new Map(
        Object.entries(facts.subgraphSdls).map(([name, sdl]) => [name, createMadeUpSubgraph(name, sdl)]),
      ),
      isOfType: ({ __typename }: Record<string, unknown>, type: string) =>
        __typename === type || (facts.possibleTypes[type]?.includes(String(__typename)) ?? false),
      ownerOf: (typename: string) => facts.owners[typename],
      onFindings: () => undefined,
      request: { outcome: { services: new Map() } } as unknown as GatewayContext,
    };
    const preparation = {
      schema,
      fragments: [],
      names: createResponseNames(facts.plannerNames),
      interfaceObjects: new Set<string>(),
      isOwned: (typename: string) => Object.hasOwn(facts.owners, typename),
      findSubgraphTypes: await createSubgraphTypesLookup(facts.subgraphSdls),
      absentFields: new Map(),
    };
    for (const [count, toText] of operations) {
      let measured = 0;
      // The names in an operation tell which of them it is, and planning each would take long.
      const nameEnd = new RegExp(`(?<=\\ba(?:\\d+_)?)${count}\\b`, 'g');
      let planned = '';
      const plan = async (document: string, index: number): Promise<QueryPlan> => {
        planned ||= JSON.stringify(await planner.plan({ ...simple, document }));
        return JSON.parse(planned.replaceAll(nameEnd, String(index))) as QueryPlan;
      };
      const create = async (index: number) => {
        const { document, bytes } = compactDocument(parse(toText(index)));
        const operation = getOperationAST(document);
        if (!operation) throw new Error('There is no operation.');
        const prepared = await prepare({
          ...preparation,
          operation,
          conditions: { [`a${index}`]: true },
          plan: (text) => plan(text, index),
        });
        // The made-up values are invalid, which compiles the same.
        await execute({ ...environment, prepared, variables: { [`a${index}`]: true, b: 'dk:administration:0820' } });
        measured = bytes + prepared.memory.bytes;
        return [document, prepared];
      };
      // Before the measurement, everything is compiled that operations share.
      await create(count);
      // What V8 releases during a measurement makes it smaller, so the larger of two is closer.
      const first = await measureRetained(count, create);
      const retained = measured < 2 * first ? first : Math.max(first, await measureRetained(count, create));
      expect(measured).toBeGreaterThan(0.8 * retained);
      expect(measured).toBeLessThan(2 * retained);
    }
  }, 300_000);
});

it('the planner rejects an operation that takes too long, and plans the next one', async () => {
  // Long enough for a small operation on a busy machine.
  const planningTimeoutMs = 2_000;
  const planner = await createPlanner(supergraph, { planningTimeoutMs, maxQueued: 100, maxQueueMs: 60_000 });
  try {
    const document = `{ solutions { nodes { publishers { ${within(11)} } } } }`;
    const plans = (): Promise<object[]> =>
      Promise.all(readExamples().map((example) => planner.plan({ ...simple, document: example })));
    const before = await plans();
    await expect(planner.plan({ ...entangled, document })).rejects.toMatchObject({
      extensions: { code: 'QUERY_TOO_LARGE', limit: 'planningMs', allowed: planningTimeoutMs },
    });
    // Another thread plans as the first one did.
    expect(await plans()).toEqual(before);
  } finally {
    await planner.close();
  }
});

it('createPlanner reports why a supergraph cannot be used', async () => {
  const options = { planningTimeoutMs: 1_000, maxQueued: 1 };
  await expect(createPlanner('type Query { a: Int }', options)).rejects.toThrow('supergraph');
  await expect(createPlanner('no schema at all', options)).rejects.toThrow('Syntax Error');
});

/** A thread that plans what the test tells it to. */
class FakeThread extends EventEmitter {
  readonly requests: PlanRequest[] = [];
  isTerminated = false;
  postMessage(request: PlanRequest): void {
    this.requests.push(request);
  }
  terminate(): Promise<number> {
    this.isTerminated = true;
    return Promise.resolve(0);
  }
  /** Completes the plan that was requested last. */
  complete(): void {
    const message: PlannerMessage = { kind: 'planned', id: this.requests.at(-1)?.id ?? 0, plan: { kind: 'QueryPlan' } };
    this.emit('message', message);
  }
}

describe('the queue of a planner', () => {
  const threads: FakeThread[] = [];
  let starts = 0;
  /** Fails at these starts. */
  let failing: readonly number[] = [];
  let planner: Planner;
  const open = async (options: Partial<PlannerOptions> = {}): Promise<void> => {
    threads.length = 0;
    starts = 0;
    const start: typeof startThread = () => {
      starts += 1;
      if (failing.includes(starts)) return Promise.reject(new Error('no room'));
      const worker = new FakeThread();
      threads.push(worker);
      return Promise.resolve({ worker, facts: {} as Planner['facts'] });
    };
    planner = await createPlanner('', { planningTimeoutMs: 10_000, maxQueued: 100, ...options }, start);
  };
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    failing = [];
  });
  afterEach(async () => {
    await planner.close();
    jest.useRealTimers();
  });

  const settled: string[] = [];
  beforeEach(() => void settled.splice(0));
  /** Requests a plan, and records how it ends. */
  const plan = (document: string, client: string, size: number, cancellation?: CancellationToken): void => {
    planner.plan({ document, client, size, cancellation }).then(
      () => settled.push(document),
      (error: unknown) => {
        const { code, limit } = (error as { extensions: { code: string; limit?: string } }).extensions;
        settled.push(`${document} ${limit ?? code}`);
      },
    );
  };
  const requested = (thread = 0): string[] => (threads[thread]?.requests ?? []).map(({ document }) => document);
  const completeAll = async (thread = 0): Promise<void> => {
    for (let count = 0; count < 10; count += 1) {
      threads[thread]?.complete();
      await jest.advanceTimersByTimeAsync(0);
    }
  };

  it('serves clients in turn, so that one with many operations does not delay the others', async () => {
    await open();
    for (const [index, size] of [900, 800, 100].entries()) plan(`many${index}`, 'many', size);
    plan('few', 'few', 50);
    await completeAll();
    expect(requested()).toEqual(['many0', 'few', 'many2', 'many1']);
  });

  it('drops operations whose clients have all disconnected', async () => {
    await open();
    const [first, second] = [new CancellationToken(), new CancellationToken()];
    plan('active', 'a', 1, first);
    plan('waiting', 'a', 1, second);
    second.cancel();
    first.cancel();
    await completeAll();
    expect([requested(), settled]).toEqual([['active'], ['waiting OVERLOADED', 'active']]);
  });

  it('rejects an operation of the client that has most, when it is full', async () => {
    await open({ maxQueued: 2 });
    for (const document of ['many0', 'many1', 'many2']) plan(document, 'many', 1);
    plan('few', 'few', 100);
    await completeAll();
    expect(settled.sort()).toEqual(['few', 'many0', 'many1', 'many2 OVERLOADED']);
  });

  it('rejects operations that have waited too long', async () => {
    await open({ maxQueueMs: 20 });
    plan('first', 'a', 1);
    plan('second', 'a', 1);
    jest.advanceTimersByTime(21);
    plan('third', 'a', 1);
    await completeAll();
    expect(settled).toEqual(['second OVERLOADED', 'first', 'third']);
  });

  it('does not let small operations wait for a large one', async () => {
    await open({ spareDelayMs: 5 });
    await jest.advanceTimersByTimeAsync(5);
    for (const [document, size] of [
      ['large', 2_000],
      ['larger', 2_001],
      ['small', 200],
      ['smaller', 1],
    ] as const)
      plan(document, 'a', size);
    await completeAll(1);
    expect([requested(0), requested(1), settled]).toEqual([['large'], ['small', 'smaller'], ['small', 'smaller']]);
  });

  it('rests after a large operation for as long as it took, if another one waits, and plans only small ones meanwhile', async () => {
    await open();
    plan('large', 'a', 1_000);
    plan('larger', 'a', 1_001);
    await jest.advanceTimersByTimeAsync(300);
    threads[0]?.complete();
    await jest.advanceTimersByTimeAsync(299);
    plan('small', 'b', 200);
    await completeAll();
    expect(requested()).toEqual(['large', 'small']);
    await jest.advanceTimersByTimeAsync(1);
    expect(requested()).toEqual(['large', 'small', 'larger']);
    await jest.advanceTimersByTimeAsync(300);
    await completeAll();
    plan('alone', 'a', 1_000);
    expect(requested()).toContain('alone');
  });

  it('is continued at once by a spare thread when one was ended, and has another spare later', async () => {
    await open({ planningTimeoutMs: 20, spareDelayMs: 5 });
    await jest.advanceTimersByTimeAsync(5);
    plan('long', 'a', 1_000);
    plan('next', 'a', 1_000);
    await jest.advanceTimersByTimeAsync(20);
    expect([threads[0]?.isTerminated, settled, requested(1)]).toEqual([true, ['long planningMs'], ['next']]);
    expect(threads).toHaveLength(3);
    threads[1]?.emit('error', new Error('out of memory'));
    await jest.advanceTimersByTimeAsync(0);
    plan('last', 'a', 1_000);
    await completeAll(2);
    expect(settled).toEqual(['long planningMs', 'next planning', 'last']);
  });

  it('is continued when a thread cannot be started at once', async () => {
    failing = [2, 3];
    await open({ planningTimeoutMs: 20 });
    plan('long', 'a', 1);
    plan('next', 'a', 1);
    await jest.advanceTimersByTimeAsync(20);
    expect([requested(1), starts]).toEqual([[], 2]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(requested(1)).toEqual(['next']);
  });
});

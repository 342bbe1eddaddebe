import { readProjectFile } from '../../schema/files.js';
import { startThread } from './planner-thread.js';
import { createPlanner, type Planner } from './planner.js';

const supergraph = readProjectFile('schema/supergraph.graphql');
const simple = '{ denmark { id } }';

/** An operation that takes the planner long: bodies within bodies, each of any country. */
const within = (depth: number): string =>
  depth === 0 ? 'id name' : `id memberships { consortium { ${within(depth - 1)} } member { ${within(depth - 1)} } }`;
const entangled = `{ solutions(first: 1) { nodes { publishers { ${within(4)} } maintainers { ${within(4)} } derivatives { publishers { ${within(3)} } } } } }`;

describe('a planner', () => {
  let planner: Planner;
  beforeAll(async () => {
    planner = await createPlanner(supergraph, { planningTimeoutMs: 10_000, maxQueued: 100 });
  });
  afterAll(() => planner.close());

  it('returns the facts of the supergraph', () => {
    const { apiSdl, subgraphs, possibleTypes, owners } = planner.facts;
    expect(apiSdl).toContain('type DanishAdministration');
    expect(apiSdl).not.toContain('ref: ID!');
    expect(Object.keys(subgraphs).sort()).toEqual(['belgium', 'denmark', 'europe', 'italy']);
    expect(possibleTypes['Consortium']).toContain('ItalianConsortium');
    expect(owners).toMatchObject({ DanishAdministration: 'denmark', BelgianCatalogue: 'belgium' });
    expect(owners).not.toHaveProperty('Solution');
  });

  it('plans many operations in the order of the requests', async () => {
    const plans = await Promise.all([simple, entangled, simple].map((text) => planner.plan(text)));
    expect(plans.map(({ kind }) => kind)).toEqual(['QueryPlan', 'QueryPlan', 'QueryPlan']);
    expect(plans[0]).toEqual(plans[2]);
    expect(JSON.stringify(plans[0])).toContain('"serviceName":"denmark"');
  });
});

/** A new thread's first plan is its slowest, so it may have to be requested again. */
const planAtLast = (planner: Planner): Promise<string> =>
  planner.plan('{ __typename }').then(
    ({ kind }) => kind,
    () => planAtLast(planner),
  );

it('the planner rejects an operation that takes too long, and plans the next one', async () => {
  const planner = await createPlanner(supergraph, { planningTimeoutMs: 20, maxQueued: 100 });
  await expect(planner.plan(entangled)).rejects.toMatchObject({
    extensions: { code: 'QUERY_TOO_LARGE', limit: 'planningMs', allowed: 20 },
  });
  expect(await planAtLast(planner)).toBe('QueryPlan');
  await planner.close();
});

it('the planner recovers when a new thread cannot be started immediately', async () => {
  let starts = 0;
  const start: typeof startThread = (sdl) => {
    starts += 1;
    return starts === 2 ? Promise.reject(new Error('no room')) : startThread(sdl);
  };
  const planner = await createPlanner(supergraph, { planningTimeoutMs: 20, maxQueued: 100 }, start);
  await expect(planner.plan(entangled)).rejects.toThrow('took longer');
  expect(await planAtLast(planner)).toBe('QueryPlan');
  expect(starts).toBeGreaterThan(2);
  await planner.close();
});

it('the planner rejects operations when its queue is full', async () => {
  const planner = await createPlanner(supergraph, { planningTimeoutMs: 10_000, maxQueued: 1 });
  const [first, second, third] = [planner.plan(entangled), planner.plan(simple), planner.plan(simple)];
  const http = { status: 503, headers: new Map([['retry-after', '1']]) };
  await expect(third).rejects.toMatchObject({ extensions: { code: 'OVERLOADED', http } });
  await expect(Promise.all([first, second])).resolves.toHaveLength(2);
  await planner.close();
});

it('the planner rejects an operation that has waited too long', async () => {
  const planner = await createPlanner(supergraph, { planningTimeoutMs: 10_000, maxQueued: 100, maxQueueMs: 20 });
  const [first, second] = [planner.plan(entangled), planner.plan(simple)];
  await expect(second).rejects.toMatchObject({ extensions: { code: 'OVERLOADED', http: { status: 503 } } });
  await expect(first).resolves.toMatchObject({ kind: 'QueryPlan' });
  await expect(planner.plan(simple)).resolves.toMatchObject({ kind: 'QueryPlan' });
  await planner.close();
});

it('createPlanner reports why a supergraph cannot be used', async () => {
  const options = { planningTimeoutMs: 1_000, maxQueued: 1 };
  await expect(createPlanner('type Query { a: Int }', options)).rejects.toThrow('supergraph');
  await expect(createPlanner('no schema at all', options)).rejects.toThrow('Syntax Error');
});

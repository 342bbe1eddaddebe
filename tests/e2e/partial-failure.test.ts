import { type Operation, operations } from '../support/operations.js';
import { subgraphs } from '../support/subgraphs.js';
import { type Answer, startTestGraph, type TestGraph } from '../support/test-graph.js';

/** What is left of a whole answer when some are down, and who is missing where: the exact place, and whether it names what. */
function remains(operation: Operation, whole: Answer, down: readonly string[]) {
  const isDown = (name: string): boolean => down.includes(name);
  const data: Record<string, unknown> = {};
  const missing: [service: string, path: readonly (string | number)[], namesId: boolean][] = [];
  for (const { name, throughEurope, owner } of operation.roots) {
    const value = whole.data?.[name];
    if (throughEurope && isDown('europe')) {
      data[name] = null;
      missing.push(['europe', [name], false]);
    } else if (typeof owner === 'string') {
      data[name] = isDown(owner) ? null : value;
      if (isDown(owner)) missing.push([owner, [name], throughEurope]);
    } else {
      data[name] = (value as unknown[]).map((item, index) => (isDown(owner[index] ?? '') ? null : item));
      for (const [index, country] of owner.entries()) if (isDown(country)) missing.push([country, [name, index], true]);
    }
  }
  return { data, missing: missing.map((line) => JSON.stringify(line)).sort() };
}

/** Every subset, each differing from the one before by one subgraph (Gray code), so that little has to start and stop. */
const subsets = Array.from({ length: 2 ** subgraphs.length }, (_, number) =>
  subgraphs.filter((_name, bit) => ((number ^ (number >> 1)) >> bit) & 1),
);

let world: TestGraph;
const whole = new Map<Operation, Answer>();
beforeAll(async () => {
  world = await startTestGraph();
  for (const operation of operations) whole.set(operation, await world.ask(operation.query));
}, 60_000);
afterAll(() => world.stop());

it('is tried with all sixteen subsets', () => {
  expect(new Set(subsets.map(String)).size).toBe(16);
});

it.each(operations)('$name is answered in full when all are up', (operation) => {
  const answer = whole.get(operation);
  expect(answer?.errors).toBeUndefined();
  expect(Object.keys(answer?.data ?? {}).sort()).toEqual(operation.roots.map(({ name }) => name).sort());
  expect(JSON.stringify(answer?.data)).toContain('"');
});

describe.each(subsets.map((down) => ({ down, name: down.join(', ') || 'nobody' })))('with $name down', ({ down }) => {
  beforeAll(() => world.stopSubgraphs(down));

  it.each(operations)('$name loses what is theirs, is told so, and keeps the rest', async (operation) => {
    const answer = await world.ask(operation.query);
    const expected = remains(operation, whole.get(operation) ?? { status: 0, text: '' }, down);
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual(expected.data);
    const { errors = [] } = answer;
    const told = errors.map(({ extensions, path }) => [
      extensions?.['service'],
      path,
      extensions?.['ids'] !== undefined,
    ]);
    expect(told.map((line) => JSON.stringify(line)).sort()).toEqual(expected.missing);
    for (const { message, path, extensions, ...more } of errors) {
      expect(more).toEqual({});
      expect(path).toBeDefined();
      const { code, service, ids, ...others } = extensions ?? {};
      expect(others).toEqual({});
      expect(code).toBe('SUBGRAPH_UNAVAILABLE');
      if (ids !== undefined) expect(ids).toEqual([expect.stringMatching(/^[A-Za-z]{2}[:_]|^[a-z]{2}$/)]);
      expect(message).toContain(`"${String(service)}" cannot be reached`);
    }
    expect(world.leaks(answer)).toEqual([]);
  });
});

it('is whole again when all are back', async () => {
  await world.stopSubgraphs([]);
  for (const operation of operations) {
    const { data, errors } = await world.ask(operation.query);
    expect({ data, errors }).toEqual({ data: whole.get(operation)?.data, errors: undefined });
  }
});

import { type Operation, operations } from '../../support/operations.js';
import { filledCountries } from '../../support/filled-countries.js';
import type { TestResponse } from '../../support/test-graph.js';
import { graph } from './graph.js';

/** The expected data while some subgraphs are down, and the expected errors: the service, the exact path, and whether it has ids. */
function expectedResponse(operation: Operation, whole: TestResponse, down: readonly string[]) {
  const isDown = (name: string): boolean => down.includes(name);
  const data: Record<string, unknown> = {};
  const missing: [service: string, path: readonly (string | number)[], hasIds: boolean][] = [];
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

/** The subgraphs that have data; their subsets double with each, so the others stay up. */
const subgraphs = ['europe', ...filledCountries];
/** Every subset, each differing from the previous one by one subgraph (Gray code), so that few have to start and stop. */
const subsets = Array.from({ length: 2 ** subgraphs.length }, (_, number) =>
  subgraphs.filter((_name, bit) => ((number ^ (number >> 1)) >> bit) & 1),
);

const whole = new Map<Operation, TestResponse>();
beforeAll(async () => {
  for (const operation of operations) whole.set(operation, await graph.query(operation.query));
});

it('all sixteen subsets of subgraphs are tested', () => {
  expect(new Set(subsets.map(String)).size).toBe(16);
});

it.each(operations)('$name has a whole response while all subgraphs are up', (operation) => {
  const response = whole.get(operation);
  expect(response?.errors).toBeUndefined();
  expect(Object.keys(response?.data ?? {}).sort()).toEqual(operation.roots.map(({ name }) => name).sort());
  expect(JSON.stringify(response?.data)).toContain('"');
});

describe.each(subsets.map((down) => ({ down, name: down.join(', ') || 'nothing' })))('with $name down', ({ down }) => {
  beforeAll(() => graph.stopSubgraphs(down));

  it.each(operations)(
    '$name returns the rest of the data, and an error for everything that is missing',
    async (operation) => {
      const response = await graph.query(operation.query);
      const expected = expectedResponse(operation, whole.get(operation) ?? { status: 0, text: '' }, down);
      expect(response.status).toBe(200);
      expect(response.data).toEqual(expected.data);
      const { errors = [] } = response;
      const reported = errors.map(({ extensions, path }) => [
        extensions?.['service'],
        path,
        extensions?.['ids'] !== undefined,
      ]);
      expect(reported.map((line) => JSON.stringify(line)).sort()).toEqual(expected.missing);
      for (const { message, path, extensions, ...more } of errors) {
        expect(more).toEqual({});
        expect(path).toBeDefined();
        const { code, service, ids, ...others } = extensions ?? {};
        expect(others).toEqual({});
        expect(code).toBe('SUBGRAPH_UNAVAILABLE');
        if (ids !== undefined) expect(ids).toEqual([expect.stringMatching(/^[A-Za-z]{2}[:_]|^[a-z]{2}$/)]);
        expect(message).toContain(`"${String(service)}" cannot be reached`);
      }
      expect(graph.leaks(response)).toEqual([]);
    },
  );
});

it('every response is whole again when all subgraphs are back', async () => {
  await graph.stopSubgraphs([]);
  for (const operation of operations) {
    const { data, errors } = await graph.query(operation.query);
    expect({ data, errors }).toEqual({ data: whole.get(operation)?.data, errors: undefined });
  }
});

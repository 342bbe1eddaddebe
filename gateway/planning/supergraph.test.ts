import { writeFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ApolloServer } from '@apollo/server';
import { Kind, parse } from 'graphql';

import { readProjectFile } from '../../schema/files.js';
import { countries, europe } from '../../schema/values/countries.js';
import { ConfigError } from '../../services/kit/config/config.js';
import type { Logger } from '../../services/kit/observability/logger.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import { startTestMetrics } from '../../services/kit/testing/databases.js';
import { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import { sharePlanner } from '../testing/shared-planner.js';
import { queueFull } from './planning-errors.js';
import { openSupergraph } from './supergraph.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

const committed = readProjectFile('schema/supergraph.graphql');
const names = [...countries, europe].map((service) => service.folder).sort();
/** What Denmark's catalogue is called in the next version. */
const renamed = committed.replace('denmark: DanishCatalogue', 'danmark: DanishCatalogue');

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  path = join(folder, 'supergraph.graphql');
  await writeFile(path, committed);
});
afterEach(() => rm(folder, { recursive: true }));

/** A subgraph that responds to any query when the test lets it. */
function createFake(name: string) {
  let release = (): void => undefined;
  let held: Promise<void> | undefined;
  const subgraph: Subgraph = {
    name,
    execute: async () => {
      await held;
      return { data: { denmark: { id: 'dk:catalogue' }, danmark: { id: 'dk:catalogue' } }, errors: [] };
    },
    close: () => Promise.resolve(),
  };
  return {
    subgraph,
    hold: () => {
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => {
      release();
    },
  };
}

const contextValue = (): GatewayContext => ({
  requestId: 'x',
  client: 'x',
  traceparent: '',
  deadline: performance.now() + 10_000,
  cancellation: new CancellationToken(),
  outcome: { services: new Map() },
});

interface Served {
  /** Default: `path`, which is another one for each test. */
  readonly file?: string;
  readonly logger?: Logger;
  readonly knownOperations?: readonly string[];
  readonly createPlanner?: typeof sharePlanner;
  readonly metrics?: Metrics;
  readonly allowDifferentGraph?: boolean;
  readonly findSubgraph?: () => Subgraph;
}

async function serve({
  logger = silentLogger,
  knownOperations = [],
  createPlanner = sharePlanner,
  metrics = noMetrics,
  allowDifferentGraph,
  findSubgraph,
  file = path,
}: Served = {}) {
  const fake = createFake('any');
  const supergraph = await openSupergraph({
    path: file,
    watchMs: 20,
    graceMs: 60_000,
    knownOperations,
    // As a gateway has, so that their planner is shared.
    planningTimeoutMs: 2_000,
    maxQueued: 100,
    metrics,
    allowDifferentGraph,
    findSubgraph: findSubgraph ?? (() => fake.subgraph),
    logger,
    createPlanner,
  });
  const server = new ApolloServer({ gateway: supergraph.gateway, stopOnTerminationSignals: false });
  await server.start();
  const execute = async (query: string) => {
    const { body } = await server.executeOperation({ query }, { contextValue: contextValue() });
    return body.kind === 'single' ? body.singleResult : {};
  };
  return { supergraph, execute, fake, stop: () => server.stop() };
}

const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
  waitUntil('the supergraph to be replaced', condition);

const danish = { data: { denmark: { id: 'dk:catalogue' } } };

it('openSupergraph names the setting if the file does not exist', async () => {
  await rm(path, { force: true });
  await expect(serve()).rejects.toThrow(new ConfigError([`SUPERGRAPH is ${path}, which cannot be read: ENOENT`]));
});

it('a new version is served; requests in progress finish with the previous one', async () => {
  const { supergraph, execute, fake, stop } = await serve();
  fake.hold();
  const inProgress = execute('{ denmark { id } }');
  await writeFile(path, renamed);
  await until(() => 'danmark' in (supergraph.schema().getQueryType()?.getFields() ?? {}));
  fake.release();
  expect(await inProgress).toEqual(danish);
  expect(await execute('{ danmark { id } }')).toEqual({ data: { danmark: { id: 'dk:catalogue' } } });
  expect((await execute('{ denmark { id } }')).errors?.[0]?.message).toContain('Cannot query field "denmark"');
  await stop();
});

const shop = committed.replaceAll(/\bDENMARK\b/g, 'SHOP').replaceAll('name: "denmark"', 'name: "shop"');

/** In one step, so that nothing reads a file of which only a part is written. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.next`, text);
  await rename(`${file}.next`, file);
}

describe('a version that cannot be used', () => {
  const errors: unknown[] = [];
  const logger: Logger = {
    ...silentLogger,
    info: () => undefined,
    warn: () => undefined,
    error: (line: unknown) => void errors.push(line),
  };
  let served: Awaited<ReturnType<typeof serve>>;
  let file: string;
  // Once: loading a supergraph takes long.
  beforeAll(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'supergraph-')), 'supergraph.graphql');
    await writeFile(file, committed);
    served = await serve({ logger, file });
  });
  afterAll(async () => {
    await served.stop();
    await rm(dirname(file), { recursive: true });
  });

  it.each([
    ['is not a schema', 'type Query {', 'cannot be used: '],
    ['is not a supergraph', 'type Query { a: Int }', 'cannot be used: '],
    ['is empty', '', 'cannot be used: '],
    [
      'is of a different graph',
      shop,
      `it is a different graph: it has the subgraphs ${[...names.filter((name) => name !== 'denmark'), 'shop'].sort().join(', ')}, and lacks denmark of those that are served, ${names.join(', ')}.`,
    ],
  ])('leaves the previous one when it %s, with the reason, until it is corrected', async (_what, text, reason) => {
    const { supergraph, execute } = served;
    const before = errors.length;
    expect(supergraph.loadError()).toBeNull();
    await replace(file, text);
    await until(() => supergraph.loadError() !== null);
    expect(supergraph.loadError()).toContain(reason);
    expect(errors).toHaveLength(before + 1);
    expect(await execute('{ denmark { id } }')).toEqual(danish);
    await replace(file, committed);
    await until(() => supergraph.loadError() === null);
  });
});

describe('a version of a different graph', () => {
  it('is served if it is allowed, also one that replaces the file while the first is loaded', async () => {
    const { subgraph } = createFake('any');
    let isReplaced = false;
    const { supergraph, stop } = await serve({
      allowDifferentGraph: true,
      // It is called after the file was read.
      findSubgraph: () => {
        if (!isReplaced) writeFileSync(path, shop);
        isReplaced = true;
        return subgraph;
      },
    });
    await until(() => Object.keys(supergraph.subgraphUrls()).includes('shop'));
    expect(supergraph.loadError()).toBeNull();
    await stop();
  });
});

it('openSupergraph rejects a first version that cannot be used', async () => {
  await writeFile(path, 'type Query { a: Int }');
  await expect(serve()).rejects.toThrow('supergraph');
});

it('known operations are planned before the first request, and recent ones before a new version is served', async () => {
  const reader = await startTestMetrics();
  const planned = async () => (await reader.read())['planning_duration_seconds_count{outcome="OK"}'] ?? 0;
  const known = ['query Known { denmark { id } }', '{ unknownField }'];
  const { supergraph, execute, stop } = await serve({ knownOperations: known, metrics: reader.metrics });
  expect(await planned()).toBe(1);
  expect(await execute(known[0] ?? '')).toEqual(danish);
  expect((await execute(known[1] ?? '')).errors).toHaveLength(1);
  expect(await planned()).toBe(1);

  const later = '{ denmark { id __typename } }';
  await execute(later);
  const { schema } = supergraph;
  const before = schema();
  await writeFile(path, `${committed}\n# another release\n`);
  await until(() => schema() !== before);
  expect(await planned()).toBe(4);
  await execute(later);
  expect(await planned()).toBe(4);
  await stop();
  await reader.stop();
});

it('the reason why an operation cannot be planned is in its response', async () => {
  const { supergraph, stop } = await serve({
    createPlanner: async (...args) => ({
      ...(await sharePlanner(...args)),
      plan: () => Promise.reject(queueFull()),
    }),
  });
  const source = '{ denmark { id } }';
  const document = parse(source);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const schema = supergraph.schema();
  const operationSource = {
    schema,
    source,
    queryHash: 'x',
    document,
    operation,
    variables: {},
    context: contextValue(),
  };
  expect(await supergraph.execute(operationSource)).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
  await stop();
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { type RunningGateway, startGatewayProcess } from '../../bench/gateways/start-gateway.js';
import { variableOf } from '../../cli/start/settings.js';
import { scriptOf } from '../../cli/start/paths.js';
import { examples } from './examples.js';
import { operations } from '../support/operations.js';
import { queryGraph, startTestGraph, type TestGraph } from '../support/test-graph.js';

const questions = [...examples, ...operations.map(({ name, query }) => ({ name, query, variables: {} }))];

/** The planners that Hive Gateway has. */
const planners = [
  {
    planner: 'by stitching',
    variables: {},
    // It reports an error beside the null of a body that is not there.
    unable: ['everything at once'],
  },
  {
    planner: 'of Hive Router',
    variables: { HIVE_PLANNER: 'rust' },
    // It finds no way from Europe to a country through a type that both have, here AdministrationConnection, ConsortiumConnection
    // and Adoption.
    unable: ['1-who-already-has-it', '8-across-borders', '9-may-we-join'],
  },
];

let world: TestGraph;
beforeAll(async () => {
  world = await startTestGraph();
}, 120_000);
afterAll(() => world.stop());

describe.each(planners)('Hive Gateway with the planner $planner, on the same supergraph', ({ variables, unable }) => {
  const temporary = mkdtempSync(join(tmpdir(), 'other-runtime-'));
  const connections = join(temporary, 'connections');
  let hive: RunningGateway;
  beforeAll(async () => {
    writeFileSync(connections, '');
    const record = pathToFileURL(scriptOf('gateway', 'testing', 'record-connections')).href;
    hive = await startGatewayProcess(
      {
        name: 'hive',
        script: scriptOf('bench', 'gateways', 'processes', 'hive'),
        variables: {
          ...Object.fromEntries(
            Object.entries(world.subgraphUrls).map(([name, url]) => [variableOf(name, 'URL'), url]),
          ),
          ...variables,
          NODE_OPTIONS: `--import ${record}`,
          RECORDED_CONNECTIONS: connections,
        },
      },
      AbortSignal.timeout(60_000),
    );
  }, 60_000);
  afterAll(async () => {
    await hive.stop();
    rmSync(temporary, { recursive: true });
  });

  const answersLikeOurs = async ({ query, variables: values }: (typeof questions)[number]): Promise<void> => {
    const [own, theirs] = await Promise.all([world.ask(query, values), queryGraph(hive.url, query, values)]);
    expect(own.errors).toBeUndefined();
    expect(theirs.errors).toBeUndefined();
    expect(theirs.data).toEqual(own.data);
  };

  it.each(questions.filter(({ name }) => !unable.includes(name)))('answers $name as ours does', answersLikeOurs);

  // These fail the day that it learns them: take them out of the list.
  it.failing.each(questions.filter(({ name }) => unable.includes(name)))('cannot answer $name', answersLikeOurs);

  it('has reached for nobody but the subgraphs', () => {
    expect(readFileSync(connections, 'utf8')).toBe('');
  });
});

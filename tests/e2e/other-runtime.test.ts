import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { type RunningGateway, startGatewayProcess } from '../../bench/gateways/start-gateway.js';
import { variableOf } from '../../cli/start/settings.js';
import { scriptOf } from '../../cli/start/paths.js';
import { examples } from './examples.js';
import { withNodeOptions } from '../support/node-options.js';
import { operations } from '../support/operations.js';
import { queryGraph, startTestGraph, type TestGraph } from '../support/test-graph.js';

const requests = [...examples, ...operations.map(({ name, query }) => ({ name, query, variables: {} }))];

/** The planners of Hive Gateway. */
const planners = [
  {
    planner: 'by stitching',
    variables: {},
    // It reports an error beside the null of an organisation that does not exist.
    unsupported: ['everything at once'],
  },
  {
    planner: 'of Hive Router',
    variables: { HIVE_PLANNER: 'rust' },
    // It finds no way from Europe to a country through a type that both have, here AdministrationConnection, ConsortiumConnection
    // and Adoption.
    unsupported: ['1-who-already-has-it', '8-across-borders', '9-may-we-join'],
  },
];

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({ followIntervalMs: 1_000 });
}, 300_000);
afterAll(() => graph.stop());

describe.each(planners)(
  'Hive Gateway with the planner $planner, on the same supergraph',
  ({ variables, unsupported }) => {
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
              Object.entries(graph.subgraphUrls).map(([name, url]) => [variableOf(name, 'URL'), url]),
            ),
            ...variables,
            NODE_OPTIONS: withNodeOptions(`--import ${record}`),
            RECORDED_CONNECTIONS: connections,
          },
        },
        AbortSignal.timeout(60_000),
      );
    });
    afterAll(async () => {
      await hive.stop();
      rmSync(temporary, { recursive: true });
    });

    const expectSameData = async ({ query, variables: values }: (typeof requests)[number]): Promise<void> => {
      const [own, theirs] = await Promise.all([graph.query(query, values), queryGraph(hive.url, query, values)]);
      expect(own.errors).toBeUndefined();
      expect(theirs.errors).toBeUndefined();
      expect(theirs.data).toEqual(own.data);
    };

    it.each(requests.filter(({ name }) => !unsupported.includes(name)))(
      'returns the same data as our gateway for $name',
      expectSameData,
    );

    // These fail as soon as it supports them: then remove them from the list.
    it.failing.each(requests.filter(({ name }) => unsupported.includes(name)))(
      'does not support $name',
      expectSameData,
    );

    it('connects to the subgraphs only', () => {
      expect(readFileSync(connections, 'utf8')).toBe('');
    });
  },
);

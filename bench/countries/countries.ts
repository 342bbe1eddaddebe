import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { scriptOf } from '../../cli/start/paths.js';
import { variableOf } from '../../cli/start/settings.js';
import { createPlanner } from '../../gateway/planning/planner.js';
import { readExamples } from '../../gateway/playground/examples.js';
import { compose } from '../../schema/compose/compose.js';
import { countries, type Country, europe } from '../../schema/values/countries.js';
import { cpuTimes, spent } from '../cpu.js';
import { type Graph, oneClient } from '../graph.js';
import { peakMemory } from '../gateways/memory.js';
import { type RunningGateway, startGatewayProcess } from '../gateways/start-gateway.js';
import { type GraphQLClient, openGraphQLClient } from '../http-client.js';
import { divideTime, measureLatency, measureThroughput } from '../rounds.js';
import { isTrial, type Run } from '../run.js';
import { median, percentile, ratioOf } from '../statistics.js';
import { count, latencyCells, milliseconds, type Report, times } from '../table.js';
import { startStubCountries } from './stub-countries.js';
import { addedCountries, unionSources } from './union-sources.js';

/** The size of a graph, and its supergraph. */
interface Size {
  readonly name: string;
  readonly added: readonly Country[];
  readonly composeCpuMs: number;
  readonly supergraph: string;
}

const connections = 16;
/** How often each example is planned, for a second of the time of a measurement. */
const planningsPerSecond = 2;
const timeoutMs = 60_000;

/**
 * Measures the gateway with the present countries beside one with all member states. Yields each report as soon as it is complete.
 *
 * @param added the countries of the larger graph beside the present ones.
 */
export async function* measureCountries(
  graph: Graph,
  run: Run,
  added: readonly Country[] = addedCountries,
): AsyncGenerator<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-bench-countries-'));
  const stubs = await startStubCountries(graph, added);
  const started: Started[] = [];
  try {
    const sizes = [[], added].map((others): Size => {
      const before = process.cpuUsage();
      const supergraph = compose(unionSources(others, stubs.urlOf));
      return {
        name: `${countries.length + others.length} countries`,
        added: others,
        composeCpuMs: cpuSince(before),
        supergraph,
      };
    });
    yield await measurePlanning(sizes, run);
    for (const size of sizes)
      started.push(await start(size, join(folder, `${size.name}.graphql`), graph, stubs.urlOf, run));
    yield reportStart(started);
    yield await measureQueries(started, run);
  } finally {
    await Promise.all(started.map(({ client, gateway }) => Promise.all([client.close(), gateway.stop()])));
    await stubs.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CPU milliseconds of this process, with its threads. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Plans every example of the playground, one after the other, for each size. */
async function measurePlanning(sizes: readonly Size[], run: Run): Promise<Report> {
  run.log('planning the examples of the playground …');
  const rounds = Math.max(2, Math.round(run.seconds * planningsPerSecond));
  const options = { planningTimeoutMs: timeoutMs, maxQueued: 10, spareDelayMs: timeoutMs };
  const planners = await Promise.all(sizes.map(({ supergraph }) => createPlanner(supergraph, options)));
  try {
    const rows: string[][] = [];
    const examples = readExamples();
    for (const document of isTrial(run) ? examples.slice(0, 1) : examples) {
      const times = planners.map(() => [] as number[][]);
      for (let round = 0; round < rounds; round += 1) {
        for (const [index, planner] of planners.entries()) {
          run.signal.throwIfAborted();
          const before = process.cpuUsage();
          await planner.plan({ document, size: 1, client: '' });
          // The first round warms up the planner's code.
          if (round > 0) times[index]?.push([cpuSince(before)]);
        }
      }
      const [base = [], other = []] = times;
      const name = /^query (\w+)/m.exec(document)?.[1] ?? 'an operation without a name';
      rows.push([name, milliseconds(median(base.flat())), ...latencyCells(other, base)]);
    }
    return {
      title: `countries: planning every example of the playground, ${sizes.map(({ name }) => name).join(' and ')}`,
      description: ['CPU time of the planner thread. In brackets: the range of the ratio in single rounds.'],
      columns: ['', 'base median', 'n', 'median', 'p95', 'ratio'],
      rows,
    };
  } finally {
    await Promise.all(planners.map(({ close }) => close()));
  }
}

/** A gateway with a supergraph, and what its start took. */
interface Started extends Size {
  readonly gateway: RunningGateway;
  readonly client: GraphQLClient;
  readonly startMs: number;
  readonly cpuMs: number;
  readonly memory: number;
}

async function start(
  size: Size,
  file: string,
  graph: Graph,
  urlOf: (name: string) => string,
  run: Run,
): Promise<Started> {
  run.log(`starting the gateway with ${size.name} …`);
  writeFileSync(file, size.supergraph);
  const urls = [...countries, europe].map(({ folder }) => [variableOf(folder, 'URL'), urlOf(folder)]);
  const began = performance.now();
  const gateway = await startGatewayProcess(
    {
      name: `gateway with ${size.name}`,
      script: scriptOf('gateway', 'main'),
      variables: {
        ...graph.gatewayVariables,
        ...(Object.fromEntries(urls) as Record<string, string>),
        ...oneClient,
        SUPERGRAPH: file,
        RESPONSE_CACHE_MB: '0',
      },
    },
    run.signal,
  );
  const startMs = performance.now() - began;
  const cpu = cpuTimes([gateway.processId]);
  return {
    ...size,
    gateway,
    client: openGraphQLClient(gateway.url, connections),
    startMs,
    cpuMs: cpu ? spent(new Map(), cpu) : NaN,
    memory: peakMemory(gateway.processId),
  };
}

function reportStart(started: readonly Started[]): Report {
  const figures = ({ composeCpuMs, startMs, cpuMs, memory }: Started): number[] => [
    composeCpuMs,
    startMs,
    cpuMs,
    memory,
  ];
  const [base = []] = started.map(figures);
  return {
    title: 'countries: composing the supergraph, and starting the gateway',
    description: ['The gateway plans the examples of the playground before it responds. n is 1.'],
    columns: ['', 'CPU of composing', 'start', 'CPU of the start', 'peak memory', 'ratios'],
    rows: started.map((one) => [
      one.name,
      milliseconds(one.composeCpuMs),
      milliseconds(one.startMs),
      milliseconds(one.cpuMs),
      `${count(one.memory / 2 ** 20)} MB`,
      figures(one)
        .map((figure, index) => (figure / (base[index] ?? NaN)).toFixed(1))
        .join(', '),
    ]),
  };
}

const ofCountry = `administrationCount(kind: MUNICIPALITY, asOf: $day) consortia(first: 5, asOf: $day) { totalCount }`;

/** A query that touches the present countries by name; one that finds them through Europe; one over all countries of the graph. */
const queries: readonly { readonly name: string; readonly text: (folders: readonly string[]) => string }[] = [
  {
    name: `${countries.length} countries, by name`,
    text: () => `query ($day: Date!) { ${countries.map(({ folder }) => `${folder} { ${ofCountry} }`).join(' ')} }`,
  },
  {
    name: `${countries.length} countries, through Europe`,
    text: () => `query ($day: Date!) { catalogues { country ${ofCountry} } solutions(first: 20) {
      nodes { name publishers { name country } maintainers { name country coverage(asOf: $day) { knownMembers } } } } }`,
  },
  {
    name: 'all countries of the graph',
    text: (folders) => `query ($day: Date!) { ${folders.map((folder) => `${folder} { ${ofCountry} }`).join(' ')} }`,
  },
];

/** The spare thread is started ten seconds after the first one. */
const settleMs = 20_000;

const maxDays = 28;

/** The CPU time in a second without requests: the gateway follows the feed of each country. */
async function measureIdle(started: readonly Started[], run: Run): Promise<string[]> {
  const read = (): number[] =>
    started.map(({ gateway }) => spent(new Map(), cpuTimes([gateway.processId]) ?? new Map()));
  const [before, began] = [read(), performance.now()];
  await sleep(run.seconds * 500, undefined, { signal: run.signal });
  const seconds = (performance.now() - began) / 1000;
  const [base = NaN, other = NaN] = read().map((time, index) => (time - (before[index] ?? 0)) / seconds);
  return ['nothing, per second', milliseconds(base), milliseconds(other), `${(other / base).toFixed(2)} ×`, '', ''];
}

async function measureQueries(started: readonly Started[], run: Run): Promise<Report> {
  run.log('waiting until the gateways have loaded their spare planner threads …');
  await sleep(Math.min(settleMs, run.seconds * 2_000), undefined, { signal: run.signal });
  const rows: string[][] = [await measureIdle(started, run)];
  const days = isTrial(run) ? 1 : maxDays;
  const dayOf = (turn: number): string => `2020-01-${String((turn % days) + 1).padStart(2, '0')}`;
  for (const { name, text } of queries) {
    run.log(`${name} …`);
    const variants = started.map((one) => {
      const query = text([...countries, ...one.added].map(({ folder }) => folder));
      const execute = (turn: number): Promise<string> => one.client.query(query, { day: dayOf(turn) });
      return { name: one.name, processId: one.gateway.processId, execute };
    });
    // Afterwards all responses are recorded.
    for (const { execute } of variants) for (let turn = 0; turn < days; turn += 1) await execute(turn);
    const cpu = new Map(variants.map((variant) => [variant, [] as number[][]] as const));
    const schedule = divideTime(run.seconds, variants);
    await measureThroughput(variants, connections, schedule, { ...run, log: () => undefined }, (variant) => {
      const before = cpuTimes([variant.processId]);
      return Promise.resolve(({ responses }) => {
        const after = cpuTimes([variant.processId]);
        cpu.get(variant)?.push([before && after ? spent(before, after) / responses : NaN]);
        return Promise.resolve();
      });
    });
    const [base = [], ...others] = cpu.values();
    const latencies = await measureLatency(variants, run.seconds / 10, { ...run, log: () => undefined });
    const p95 = variants.map((variant) => milliseconds(percentile(latencies.get(variant)?.flat() ?? [], 0.95)));
    const medians = [base, ...others].map((rounds) => milliseconds(median(rounds.flat())));
    rows.push([name, ...medians, ...others.map((rounds) => times(ratioOf(rounds, base))), ...p95]);
  }
  const [base, other] = started.map(({ name }) => name);
  return {
    title: `countries: CPU of the gateway per request, ${base ?? ''} and ${other ?? ''}`,
    description: [
      `${connections} concurrent requests, another day each time; the subgraphs replay recorded responses. p95: one request after the other.`,
      'In brackets: the range of the ratio in single rounds.',
    ],
    columns: ['', base ?? '', other ?? '', 'ratio', `p95, ${base ?? ''}`, `p95, ${other ?? ''}`],
    rows,
  };
}

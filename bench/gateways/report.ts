import { percentile, ratioOf } from '../statistics.js';
import { count, milliseconds, type Report, times } from '../table.js';
import { connections } from './candidates.js';
import type { Slice } from './measure.js';
import { apollo, bareNames, type Gateway } from './gateway-list.js';
import { formatShares, type Share } from './profile.js';
import type { Scenario } from './scenarios.js';

/** The figures of a gateway. */
export interface Result {
  readonly gateway: Gateway;
  readonly slices: readonly Slice[];
  /** Its peak memory in bytes. */
  readonly memory: number;
}

/** Creates the report of a scenario. */
export function createReport(
  { id, title, requests }: Scenario,
  results: readonly Result[],
  shares: readonly Share[],
): Report {
  const base = results.find(({ gateway }) => gateway === apollo);
  const bare = results.find(({ gateway }) => bareNames.includes(gateway.name));
  return {
    title: `gateways (${id}): ${title}`,
    description: [
      `${connections} concurrent requests. CPU and memory are those of the gateway's process; other processes are shared.`,
      `${requests === 1 ? 'One request' : `${requests} requests in turn`}; before, every gateway returned the data of plain @apollo/gateway for each.`,
      'In brackets: the range of single rounds. Fetches: requests to subgraphs per request. Client: how busy the benchmark’s',
      'client was; near 100 % it is the limit.',
      ...results.map(({ gateway: { name, features } }) => `${name}: ${features}.`),
    ],
    columns: [
      ...['', 'requests/s', 'p50', 'p99', 'CPU/request', 'vs plain Apollo', 'memory', 'fetches', 'client'],
      ...(bare ? ['vs bare rate', 'vs bare CPU'] : []),
    ],
    rows: results.map((result) => [
      result.gateway.name,
      ...cells(result, base),
      ...(bare
        ? [(rate(result) / rate(bare)).toFixed(2), result === bare ? '1' : ratio(result.slices, bare.slices)]
        : []),
    ]),
    notes: ['', `CPU profile of ${results[0]?.gateway.name ?? ''}, by samples: ${formatShares(shares)}.`],
  };
}

const total = (slices: readonly Slice[], figure: Exclude<keyof Slice, 'latencies'>): number =>
  slices.reduce((sum, slice) => sum + slice[figure], 0);

/** Responses per second. */
const rate = ({ slices }: Result): number => (total(slices, 'responses') / total(slices, 'milliseconds')) * 1000;

function cells(result: Result, base: Result | undefined): string[] {
  const { slices, memory } = result;
  const latencies = slices.flatMap((slice) => slice.latencies);
  return [
    count(rate(result)),
    milliseconds(percentile(latencies, 0.5)),
    milliseconds(percentile(latencies, 0.99)),
    known(total(slices, 'cpu') / total(slices, 'responses'), precise),
    result === base ? '1' : ratio(slices, base?.slices ?? []),
    known(memory / 2 ** 20, (megabytes) => `${count(megabytes)} MB`),
    (total(slices, 'fetches') / total(slices, 'responses')).toFixed(1),
    `${count((total(slices, 'clientBusy') / slices.length) * 100)} %`,
  ];
}

/** The ratio of the CPU time of a request to the base, over all rounds and in single ones. */
function ratio(slices: readonly Slice[], base: readonly Slice[]): string {
  const each = (some: readonly Slice[]): number[][] => some.map(({ cpu, responses }) => [cpu / responses]);
  const cpuRatio = ratioOf(each(slices), each(base));
  return known(cpuRatio.overall, () => times(cpuRatio));
}

/** The bare server takes less than a hundredth of a millisecond. */
const precise = (value: number): string => (value < 1 ? `${value.toFixed(3)} ms` : milliseconds(value));

const known = (value: number, format: (value: number) => string): string =>
  Number.isNaN(value) ? 'not measured' : format(value);

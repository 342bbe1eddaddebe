import { percentile, ratioOf } from '../statistics.js';
import { count, milliseconds, type Report, times } from '../table.js';
import { connections } from './candidates.js';
import type { Slice } from './measure.js';
import { apollo, bareName, type Gateway } from './gateway-list.js';
import { formatShares, type Share } from './profile.js';
import type { Scenario } from './scenarios.js';

/** What was found of a gateway. */
export interface Result {
  readonly peer: Gateway;
  readonly slices: readonly Slice[];
  /** The most that it had, in bytes. */
  readonly memory: number;
}

/** What a scenario has to say. */
export function reportOf(
  { letter, title, requests }: Scenario,
  results: readonly Result[],
  shares: readonly Share[],
): Report {
  const base = results.find(({ peer }) => peer === apollo);
  const bare = results.find(({ peer }) => peer.name === bareName);
  return {
    title: `gateways (${letter}): ${title}`,
    how: [
      `${connections} requests under way at once. CPU and memory are those of the gateway's process; other processes are shared.`,
      `${requests === 1 ? 'One request' : `${requests} requests in turn`}; beforehand everybody answered each as plain @apollo/gateway does.`,
      'In brackets: single rounds. Fetches: how often subgraphs are asked for a request. Client: how busy the one was that asks;',
      'near 100 % it is the limit.',
      ...results.map(({ peer: { name, has } }) => `${name}: ${has}.`),
    ],
    columns: [
      ...['', 'requests/s', 'p50', 'p99', 'CPU each', 'of plain Apollo’s', 'memory', 'fetches', 'client'],
      ...(bare ? ['of bare rate'] : []),
    ],
    rows: results.map((result) => [
      result.peer.name,
      ...cells(result, base),
      ...(bare ? [(rate(result) / rate(bare)).toFixed(2)] : []),
    ]),
    notes: ['', `Where ${results[0]?.peer.name ?? ''} spends its time, by samples: ${formatShares(shares)}.`],
  };
}

const total = (slices: readonly Slice[], what: Exclude<keyof Slice, 'latencies'>): number =>
  slices.reduce((sum, slice) => sum + slice[what], 0);

/** Answers in a second. */
const rate = ({ slices }: Result): number => (total(slices, 'answers') / total(slices, 'milliseconds')) * 1000;

function cells(result: Result, base: Result | undefined): string[] {
  const { slices, memory } = result;
  const latencies = slices.flatMap((slice) => slice.latencies);
  return [
    count(rate(result)),
    milliseconds(percentile(latencies, 0.5)),
    milliseconds(percentile(latencies, 0.99)),
    known(total(slices, 'cpu') / total(slices, 'answers'), precise),
    result === base ? '1' : ratio(slices, base?.slices ?? []),
    known(memory / 2 ** 20, (megabytes) => `${count(megabytes)} MB`),
    (total(slices, 'fetches') / total(slices, 'answers')).toFixed(1),
    `${count((total(slices, 'clientBusy') / slices.length) * 100)} %`,
  ];
}

/** How much CPU a request took, beside the base, over all rounds and in single ones. */
function ratio(slices: readonly Slice[], base: readonly Slice[]): string {
  const each = (of: readonly Slice[]): number[][] => of.map(({ cpu, answers }) => [cpu / answers]);
  const found = ratioOf(each(slices), each(base));
  return known(found.overall, () => times(found));
}

/** What a bare server takes is no round hundredth of a millisecond. */
const precise = (value: number): string => (value < 1 ? `${value.toFixed(3)} ms` : milliseconds(value));

const known = (value: number, format: (value: number) => string): string =>
  Number.isNaN(value) ? 'not measured' : format(value);

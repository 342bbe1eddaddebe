import { count } from '../../bench/table.js';
import { openWellBehavedClient, type WellBehavedClient } from '../abuse/well-behaved-client.js';
import { openClient } from '../support/client.js';
import { reservePort } from '../support/free-port.js';
import { createLinkedController } from '../support/linked-controller.js';
import { startProcessGraph } from '../support/process-graph.js';
import { sendDistinctOperations } from './distinct-operations.js';
import { openInspector } from './heap-after-gc.js';
import { measureGrowth } from './process-stats.js';

export interface OperationOptions {
  /** The number of operations. */
  readonly operations: number;
  readonly signal: AbortSignal;
  /** Logs the progress. */
  readonly log: (text: string) => void;
}

export interface OperationReport {
  /** What was wrong with responses: to these operations, and to a well-behaved client next to them. */
  readonly problems: readonly string[];
  /** The gateway's heap after a garbage collection at each checkpoint, in megabytes. */
  readonly liveMemory: readonly number[];
}

/** Every process has a heap of this size. */
const heapMb = 512;
const checkpoints = 20;

/** Sends operations, none of them twice, to a gateway with a small heap, next to a well-behaved client. */
export async function runOperationScenario({ operations, signal, log }: OperationOptions): Promise<OperationReport> {
  log('starting three countries, Europe and the gateway …');
  const inspectorPort = await reservePort();
  const graph = await startProcessGraph({
    tables: 'whole',
    proxied: [],
    allServices: { NODE_OPTIONS: `--max-old-space-size=${heapMb}` },
    gateway: { NODE_OPTIONS: `--max-old-space-size=${heapMb} --inspect=127.0.0.1:${inspectorPort}` },
    signal,
  });
  const client = openClient(graph.origin, 8);
  let wellBehaved: WellBehavedClient | undefined;
  try {
    const inspector = await openInspector(inspectorPort);
    wellBehaved = await openWellBehavedClient({ gateway: graph.origin, secrets: graph.secrets });
    const over = createLinkedController(signal);
    const observed = wellBehaved.observe(over.signal);
    const problems: string[] = [];
    const liveMemory: number[] = [];
    const step = Math.ceil(operations / checkpoints);
    for (let from = 0; from < operations; from += step) {
      const found = await sendDistinctOperations({ client, count: step, from, concurrency: 8, signal });
      signal.throwIfAborted();
      problems.push(...format(found));
      liveMemory.push(await inspector.liveMemory());
      log(`${count(from + step)} operations; the gateway's heap has ${count(liveMemory.at(-1) ?? 0)} MB`);
      const exitReport = graph.gateway.exitReport();
      if (exitReport !== undefined) throw new Error(exitReport);
    }
    over.abort();
    problems.push(...format((await observed).problems));
    inspector.close();
    return { problems, liveMemory };
  } finally {
    await Promise.all([client.close(), wellBehaved?.close()]);
    await graph.stop();
  }
}

const format = (problems: ReadonlyMap<string, number>): string[] =>
  [...problems].map(([text, times]) => `${times} × ${text}`);

/** The heap may be this much larger late than after the caches were filled. */
const tolerance = { share: 0.1, absolute: 10 } as const;

/** What a run must not do, one line each. */
export function findOperationProblems({ problems, liveMemory }: OperationReport): string[] {
  const { early, late, allowed } = measureGrowth(liveMemory, tolerance);
  return late <= allowed
    ? [...problems]
    : [...problems, `the gateway's heap grew from ${count(early)} to ${count(late)} MB`];
}

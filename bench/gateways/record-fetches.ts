import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Candidate } from './candidates.js';
import type { RecordedFetch, Replay } from './replay.js';
import type { Scenario } from './scenarios.js';

/** A file with the requests to subgraphs that a gateway sends for each request: stages, by the variables as JSON. */
export interface Recording {
  readonly file: string;
  readonly remove: () => void;
}

/** Requests that are sent at the same time. */
export type Stage = readonly Pick<RecordedFetch, 'path' | 'body'>[];

/** Sends every request of a scenario once, one after the other, and records the gateway's requests to subgraphs. */
export async function recordFetches(
  gateway: Pick<Candidate, 'execute'>,
  { requests, variables }: Pick<Scenario, 'requests' | 'variables'>,
  replay: Pick<Replay, 'takeFetches'>,
): Promise<Recording> {
  await replay.takeFetches();
  const stages: Record<string, readonly Stage[]> = {};
  for (let turn = 0; turn < requests; turn += 1) {
    await gateway.execute(turn);
    stages[JSON.stringify(variables(turn))] = toStages(await replay.takeFetches());
  }
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-bench-fetches-'));
  const file = join(folder, 'recording.json');
  writeFileSync(file, JSON.stringify(stages));
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A request for the position of a feed or of the index, which the gateway sends each second, whether or not it has requests itself. */
const isPoll = ({ body }: Stage[number]): boolean => /^\{"query":"query (Index)?Position\b/u.test(body);

/** A request that came after the responses to all earlier ones begins a stage. Polls belong to none. */
export function toStages(fetches: readonly RecordedFetch[]): readonly Stage[] {
  const stages: Pick<RecordedFetch, 'path' | 'body'>[][] = [];
  for (const [index, { path, body, after }] of fetches.entries()) {
    if (isPoll({ path, body })) continue;
    if (after >= index || stages.length === 0) stages.push([]);
    stages.at(-1)?.push({ path, body });
  }
  return stages;
}

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { openGraphQLClient } from './http-client.js';
import { freePorts } from './free-ports.js';
import { startNpm } from './npm-start.js';
import { waitUntil } from '../services/kit/testing/wait-until.js';
import type { Run } from './run.js';
import { type Report, seconds } from './table.js';

const query = `{
  denmark { administrationCount(kind: MUNICIPALITY, asOf: "2017-08-07") }
  belgium { administrationCount(kind: MUNICIPALITY, asOf: "2024-12-01") }
  italy { administrationCount(kind: MUNICIPALITY, asOf: "2024-01-22") }
  administration(identifier: { scheme: "IT_ISTAT", notation: "062008" }) { name }
}`;
const expectedData = {
  denmark: { administrationCount: 98 },
  belgium: { administrationCount: 581 },
  italy: { administrationCount: 7896 },
  administration: { name: 'Benevento' },
};

const intervalMs = 50;
/** A first start with a build from scratch takes a minute on a slow machine. */
const timeoutMs = 300_000;

export interface StartOptions {
  /** Environment variables of `npm start`, beside DATA_DIR. Default: free ports. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Uses the graph of the first start before it is stopped. A second start is then not measured. */
  readonly use?: () => Promise<void>;
}

/** Measures how long a newcomer waits for `npm start`. */
export async function measureStart(run: Run, { variables = {}, use }: StartOptions = {}): Promise<Report> {
  // Not created here: PostgreSQL, which does not run as root, needs access to it.
  const dataDir = join(tmpdir(), `reuse-graph-bench-${randomBytes(6).toString('hex')}`);
  try {
    run.log('npm start, on an empty DATA_DIR …');
    const first = await startOnce({ ...variables, DATA_DIR: dataDir }, run, use);
    if (!use) run.log('npm start, on the same DATA_DIR …');
    const second = use ? undefined : await startOnce({ ...variables, DATA_DIR: dataDir }, run);
    const row = (name: string, { builtMs, respondedMs }: Start): string[] => [
      name,
      seconds(respondedMs),
      (respondedMs / first.respondedMs).toFixed(2),
      seconds(builtMs),
      seconds(respondedMs - builtMs),
      ((respondedMs - builtMs) / (first.respondedMs - first.builtMs)).toFixed(2),
    ];
    return {
      title: 'start: from npm start to the first expected response',
      description: [
        'The response comes through the gateway, from Europe and all countries; requested twenty times per second. n is 1.',
        'dist/ was up to date, so the build only checked that. From a fresh clone it takes longer.',
      ],
      columns: ['', 'response', 'ratio', 'build', 'after build', 'ratio'],
      rows: [row('first start, nothing imported', first), ...(second ? [row('second start', second)] : [])],
    };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Milliseconds since the command began. */
interface Start {
  readonly builtMs: number;
  readonly respondedMs: number;
}

async function startOnce(
  variables: Readonly<Record<string, string>>,
  { signal, log }: Run,
  use = (): Promise<void> => Promise.resolve(),
): Promise<Start> {
  const environment = { ...(await freePorts()), ...variables };
  const gateway = openGraphQLClient(`http://127.0.0.1:${environment['PORT'] ?? ''}/graphql`, 1);
  const npm = startNpm(environment);
  try {
    const isExpected = async (): Promise<boolean> => {
      npm.throwIfEnded();
      return isDeepStrictEqual(await gateway.readData(query).catch(() => undefined), expectedData);
    };
    await waitUntil(`npm start to respond with ${JSON.stringify(expectedData)}`, isExpected, {
      timeoutMs,
      intervalMs,
      signal,
    });
    const times = { builtMs: npm.built(), respondedMs: npm.elapsed() };
    await use();
    return times;
  } finally {
    log('stopping it …');
    await Promise.all([gateway.close(), npm.stop()]);
  }
}

import { readFileSync } from 'node:fs';
import { get } from 'node:http';

import pg from 'pg';

import { today } from '../services/shared/dates.js';
import { countsOn } from '../services/shared/validity.js';
import { cpuTimes, spent } from './cpu.js';
import type { Graph } from './graph.js';
import { isTrial, type Run } from './run.js';
import { median } from './statistics.js';
import { count, type Report } from './table.js';

/** Which rows are exported: those that `Query.adoptions` lists. */
const isListed = `NOT a.user_is_unknown AND NOT a.is_superseded AND ${countsOn('a', `'${today()}'`)}`;
const during = ['start', 'startPrecision', 'end', 'endPrecision', 'ended'];
const provenance = ['source', 'observedOn', 'retrievedAt', 'method', 'assertedBy', 'licence'];
/** The columns of /export/adoptions.csv, as PostgreSQL writes them. */
const columns = [
  'a.id',
  `content ->> 'country'`,
  'a.user_id',
  ...['group', 'rawName', 'solutionAddress', 'status', 'version'].map((name) => `content ->> '${name}'`),
  `upper(split_part(a.user_id, ':', 1)) = content ->> 'country'`,
  ...during.map((name) => `content -> 'during' ->> '${name}'`),
  ...provenance.map((name) => `content -> 'provenance' ->> '${name}'`),
];
const copyFrom = (rows: string): string =>
  `COPY (SELECT ${columns.join(', ')} FROM ${rows} WHERE ${isListed} ORDER BY a.id) TO STDOUT (FORMAT csv)`;
/** The adoptions with their contents as `jsonb`, of which PostgreSQL takes a column out fastest, and not as the texts that the index stores. */
const copied = 'copied_adoption';
/** Each text is parsed once, and not for each of its columns. */
const stored = 'adoption a CROSS JOIN LATERAL (SELECT a.content_json::jsonb AS content OFFSET 0) parsed';
const manyRounds = 3;
const kilobytesPerMegabyte = 1024;
const sampleMs = 50;
/** The processes between the database and the client. */
const services = ['europe', 'gateway', 'portal'] as const;

interface Round {
  readonly seconds: number;
  /** CPU seconds by process. */
  readonly cpu: Readonly<Record<string, number>>;
  /** By how much the portal's process was larger than before. */
  readonly peakMegabytes: number;
}

/**
 * Measures the export of all adoptions by the portal beside PostgreSQL's COPY of the same columns in the same order.
 *
 * @param rows to which the index is filled, with copies of its adoptions that are removed again.
 */
export async function measureExport(graph: Graph, run: Run, { rows }: { readonly rows: number }): Promise<Report> {
  const client = new pg.Client({ connectionString: graph.databaseUrl('europe') });
  await client.connect();
  const rounds = isTrial(run) ? 1 : manyRounds;
  try {
    run.log(`filling the index to ${count(rows)} adoptions …`);
    await addCopies(client, rows);
    const { rows: counted } = await client.query<{ count: string }>(
      `SELECT count(*) FROM adoption a WHERE ${isListed}`,
    );
    const expected = Number(counted[0]?.count);
    const portal = graph.url('portal').replace(/graphql$/, 'export/adoptions');
    const variants = {
      'COPY … TO STDOUT (FORMAT csv)': () => client.query(copyFrom(`${copied} a`)),
      'COPY of texts that are stored': () => client.query(copyFrom(stored)),
      '/export/adoptions.csv': () => exportAll(`${portal}.csv`, expected),
      '/export/adoptions.jsonl': () => exportAll(`${portal}.jsonl`, expected),
    };
    const results = new Map<string, Round[]>(Object.keys(variants).map((name) => [name, []]));
    // V8 compiles what the processes execute most: an export of the whole Union is ten times as long as the first of these.
    for (let round = isTrial(run) ? 1 : 0; round <= rounds; round += 1) {
      run.log(round === 0 ? 'warming up …' : `round ${round} of ${rounds} …`);
      for (const [name, work] of Object.entries(variants)) {
        run.signal.throwIfAborted();
        const measured = await measure(graph, client, work);
        if (round > 0) results.get(name)?.push(measured);
      }
    }
    const base = median([...results.values()][0]?.map(({ seconds }) => seconds) ?? []);
    return {
      title: 'export: all adoptions',
      description: [
        `${count(expected)} rows with the same columns, discarded by the client. Median of ${rounds} rounds, after one to warm up.`,
      ],
      columns: ['', 'seconds', 'rows/s', '× COPY', ...['postgres', ...services].map((name) => `${name} µs`), 'peak MB'],
      rows: [...results].map(([name, measured]) => {
        const of = (value: (round: Round) => number): number => median(measured.map(value));
        const seconds = of((round) => round.seconds);
        return [
          name,
          seconds.toFixed(2),
          count(Math.round(expected / seconds)),
          (seconds / base).toFixed(2),
          ...['postgres', ...services].map((process) =>
            ((of(({ cpu }) => cpu[process] ?? NaN) / expected) * 1e6).toFixed(1),
          ),
          of(({ peakMegabytes }) => peakMegabytes).toFixed(0),
        ];
      }),
      notes: [
        'µs: CPU time of a process for each row.',
        'COPY: from a table with the contents as jsonb, and from the index as it is, which has them as texts.',
        'Peak: by how much the memory of the portal’s process was larger during the export than before.',
      ],
    };
  } finally {
    await client.query(`DELETE FROM adoption WHERE id LIKE '%:adoption:copy-%'`);
    await client.query(`DROP TABLE IF EXISTS ${copied}`);
    await client.end();
  }
}

/** In the order of their ids, as an index is filled. */
async function addCopies(client: pg.Client, rows: number): Promise<void> {
  const { rows: names } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'adoption' AND column_name <> 'id' AND is_generated = 'NEVER' ORDER BY 1`,
  );
  const others = names.map(({ name }) => name).join(', ');
  const { rows: present } = await client.query<{ count: string }>(`SELECT count(*) FROM adoption`);
  const times = Math.ceil(rows / Math.max(1, Number(present[0]?.count))) - 1;
  await client.query(
    `INSERT INTO adoption (id, ${others}) SELECT split_part(id, ':', 1) || ':adoption:copy-' || n || '-' || split_part(id, ':', 3), ${others}
    FROM adoption, generate_series(1, $1::integer) n ORDER BY 1`,
    [times],
  );
  // Without the texts: rows of more than two kilobytes would be in two tables.
  const kept = names.flatMap(({ name }) => (name === 'content_json' ? [] : [name])).join(', ');
  await client.query(
    `CREATE UNLOGGED TABLE ${copied} AS SELECT id, ${kept}, content_json::jsonb AS content FROM adoption ORDER BY id`,
  );
  await client.query(`ALTER TABLE ${copied} ADD PRIMARY KEY (id)`);
  // The state of a table that was not just written.
  for (const table of ['adoption', copied]) await client.query(`VACUUM ANALYZE ${table}`);
}

async function measure(graph: Graph, client: pg.Client, work: () => Promise<unknown>): Promise<Round> {
  const { rows: backends } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database()`,
  );
  const processes = {
    postgres: backends.map(({ pid }) => pid),
    ...Object.fromEntries(services.map((name) => [name, [graph.processId(name)]])),
  };
  const readCpu = () => Object.entries(processes).map(([name, ids]) => ({ name, times: cpuTimes(ids) }));
  const residentBefore = residentMegabytes(graph.processId('portal'));
  const before = readCpu();
  const began = performance.now();
  let peak = residentBefore;
  const sampling = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(graph.processId('portal')));
  }, sampleMs);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  const seconds = (performance.now() - began) / 1_000;
  const cpu = readCpu().map(({ name, times }, index) => {
    const earlier = before[index]?.times;
    return [name, times && earlier ? spent(earlier, times) / 1_000 : NaN] as const;
  });
  return { seconds, cpu: Object.fromEntries(cpu), peakMegabytes: peak - residentBefore };
}

/** The memory of a process; NaN where the system has no `/proc`. */
function residentMegabytes(processId: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / kilobytesPerMegabyte;
  } catch {
    return NaN;
  }
}

/** Reads the whole file, as fast as it arrives. @throws Error if it does not have all rows. */
function exportAll(url: string, expected: number): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      response
        .on('data', () => undefined)
        .on('error', reject)
        .on('end', () => {
          const rows = Number(response.trailers['x-row-count'] ?? -1);
          if (rows === expected) resolve();
          else reject(new Error(`The export has ${rows} rows, and the index ${expected}.`));
        });
    }).on('error', reject);
  });
}

import { get } from 'node:http';

import pg from 'pg';

import { parseSettings } from '../services/kit/config/config.js';
import { silentLogger } from '../services/kit/testing/silent-logger.js';
import { startPortal } from '../services/portal/service.js';
import { portalSettings } from '../services/portal/settings.js';
import { today } from '../services/shared/dates.js';
import { countsOn } from '../services/shared/validity.js';
import type { Graph } from './graph.js';
import type { Run } from './run.js';
import { count, type Report } from './table.js';

/** What is exported: the rows that `Query.adoptions` lists. */
const listed = `FROM adoption a WHERE NOT a.user_is_unknown AND NOT a.is_superseded AND ${countsOn('a', `'${today()}'`)}`;
const copy = `COPY (SELECT a.id, a.user_id, a.content ${listed} ORDER BY a.id) TO STDOUT`;
const rounds = 3;
const megabyte = 1024 * 1024;

interface Export {
  readonly rows: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/**
 * Measures the export of all adoptions by the portal beside PostgreSQL's COPY of the same rows.
 *
 * @param rows to which the index is filled, with copies of its adoptions that are removed again.
 */
export async function measureExport(graph: Graph, run: Run, { rows }: { readonly rows: number }): Promise<Report> {
  const client = new pg.Client({ connectionString: graph.databaseUrl('europe') });
  await client.connect();
  const { port, stop } = await startPortal(
    { ...parseSettings(portalSettings, {}), port: 0, gatewayUrl: graph.url('gateway'), costBudgetPerMinute: 0 },
    { logger: silentLogger },
  );
  try {
    run.log(`filling the index to ${count(rows)} adoptions …`);
    await addCopies(client, rows);
    const [exports, copies]: [Export[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      run.signal.throwIfAborted();
      run.log(`round ${round + 1} of ${rounds} …`);
      copies.push(await timeOf(() => client.query(copy)));
      exports.push(await exportAll(port));
    }
    const { rows: counted } = await client.query<{ count: string }>(`SELECT count(*) ${listed}`);
    const expected = Number(counted[0]?.count);
    const wrong = exports.find((one) => one.rows !== expected);
    if (wrong) throw new Error(`The export has ${wrong.rows} rows, and the index ${expected}.`);
    const [bySql, byPortal] = [median(copies), median(exports.map(({ seconds }) => seconds))];
    const cells = (seconds: number): string[] => [
      seconds.toFixed(2),
      count(Math.round(expected / seconds)),
      (seconds / bySql).toFixed(1),
    ];
    return {
      title: 'export: all adoptions',
      description: [
        `${count(expected)} rows, discarded by the client; the portal reads pages of 200 from the gateway. Median of ${rounds} rounds.`,
      ],
      columns: ['', 'seconds', 'rows/s', '× COPY', 'peak MB'],
      rows: [
        ['COPY … TO STDOUT', ...cells(bySql), ''],
        [
          '/export/adoptions.jsonl',
          ...cells(byPortal),
          Math.max(...exports.map(({ peakMegabytes }) => peakMegabytes)).toFixed(0),
        ],
      ],
      notes: ['Peak: by how much the memory of the portal’s process was larger during the export than before.'],
    };
  } finally {
    await client.query(`DELETE FROM adoption WHERE id LIKE '%:adoption:copy-%'`);
    await client.end();
    await stop();
  }
}

async function addCopies(client: pg.Client, rows: number): Promise<void> {
  const { rows: columns } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'adoption' AND column_name <> 'id' ORDER BY 1`,
  );
  const names = columns.map(({ name }) => name).join(', ');
  const { rows: present } = await client.query<{ count: string }>(`SELECT count(*) FROM adoption`);
  const times = Math.ceil(rows / Math.max(1, Number(present[0]?.count))) - 1;
  await client.query(
    `INSERT INTO adoption (id, ${names}) SELECT split_part(id, ':', 1) || ':adoption:copy-' || n || '-' || split_part(id, ':', 3), ${names}
    FROM adoption, generate_series(1, $1::integer) n`,
    [times],
  );
  await client.query('ANALYZE adoption');
}

/** Reads the whole file, as fast as it arrives. */
function exportAll(port: number): Promise<Export> {
  const before = process.memoryUsage().rss;
  const began = performance.now();
  let peak = before;
  return new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${port}/export/adoptions.jsonl`, (response) => {
      response.on('data', () => {
        peak = Math.max(peak, process.memoryUsage.rss());
      });
      response.on('error', reject).on('end', () => {
        const rows = Number(response.trailers['x-row-count'] ?? -1);
        resolve({ rows, seconds: (performance.now() - began) / 1_000, peakMegabytes: (peak - before) / megabyte });
      });
    }).on('error', reject);
  });
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectPath } from '../../schema/files.js';
import { belgium } from '../../services/belgium/catalogue.js';
import { type NationalCatalogue, resolveCatalogue } from '../../services/catalogue/model/national-catalogue.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { denmark } from '../../services/denmark/catalogue.js';
import { italy } from '../../services/italy/catalogue.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import { createServiceDatabase } from '../../services/kit/testing/databases.js';
import { checks, examine, describeSubgraph, NotACountryError, type Outcome } from './examine.js';

const secret = 'x'.repeat(32);

/** More rows make a feed longer, and no other. */
const maxRows = 500;

/** A copy of a country's tables, of which the longest are cut. */
function cutTables(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'reuse-graph-tables-'));
  cpSync(projectPath(`services/${folder}/data`), copy, { recursive: true });
  for (const table of ['adoptions.csv', 'need_holders.csv']) {
    const path = join(copy, table);
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n').slice(0, maxRows).join('\n')}\n`);
  }
  return copy;
}

/** Starts a country with its own tables, and passes the URL of its `/subgraph` on. */
async function withCountry<T>(national: NationalCatalogue, use: (url: string) => Promise<T>): Promise<T> {
  const { url, serviceUrl, drop } = await createServiceDatabase();
  const tables = cutTables(resolveCatalogue(national).country.folder);
  const service = await startCatalogue(national, {
    port: 0,
    databaseUrl: serviceUrl,
    migrationUrl: url,
    secrets: [secret],
    logger,
    tables,
  });
  try {
    return await use(`http://127.0.0.1:${service.port}/subgraph`);
  } finally {
    await service.stop();
    await drop();
    rmSync(tables, { recursive: true });
  }
}

async function examineAt(url: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of examine(await describeSubgraph(url, secret))) outcomes.push(outcome);
  return outcomes;
}

it.each([
  ['Denmark', denmark],
  ['Belgium', belgium],
  ['Italy', italy],
])(
  '%s conforms to the contract',
  async (_name, national) => {
    const outcomes = await withCountry(national, examineAt);
    expect(outcomes.filter(({ result }) => result === 'FAILED')).toEqual([]);
    expect(outcomes).toHaveLength(checks.length);
  },
  120_000,
);

it('rejects a missing secret, another country and an address that is not a subgraph', async () => {
  await withCountry(denmark, async (url) => {
    await expect(describeSubgraph(url, undefined)).rejects.toThrow(NotACountryError);
    await expect(describeSubgraph(url, secret, 'BE')).rejects.toThrow('is of the country "DK"; expected BE');
    await expect(describeSubgraph(new URL('health/live', url).href, secret)).rejects.toThrow(NotACountryError);
  });
});

import { belgium } from '../../services/belgium/catalogue.js';
import { type NationalCatalogue, resolveCatalogue } from '../../services/catalogue/model/national-catalogue.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { denmark } from '../../services/denmark/catalogue.js';
import { italy } from '../../services/italy/catalogue.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import type { ServiceDatabase } from '../../services/kit/testing/databases.js';
import { filledDatabases } from '../../tests/support/subgraphs.js';
import { checks, examine, describeSubgraph, NotACountryError, type Outcome } from './examine.js';

const secret = 'x'.repeat(32);

let databases: Map<string, ServiceDatabase>;
beforeAll(async () => {
  databases = await filledDatabases('short');
}, 300_000);
afterAll(() => Promise.all([...databases.values()].map(({ drop }) => drop())));

/** Starts a country with its own tables, shortened, and passes the URL of its `/subgraph` on. */
async function withCountry<T>(national: NationalCatalogue, use: (url: string) => Promise<T>): Promise<T> {
  const { url = '', serviceUrl = '' } = databases.get(resolveCatalogue(national).country.folder) ?? {};
  const service = await startCatalogue(national, {
    port: 0,
    databaseUrl: serviceUrl,
    migrationUrl: url,
    secrets: [secret],
    logger,
    // Its database is filled.
    tables: null,
  });
  try {
    return await use(`http://127.0.0.1:${service.port}/subgraph`);
  } finally {
    await service.stop();
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
  300_000,
);

it('rejects a missing secret, another country and an address that is not a subgraph', async () => {
  await withCountry(denmark, async (url) => {
    await expect(describeSubgraph(url, undefined)).rejects.toThrow(NotACountryError);
    await expect(describeSubgraph(url, secret, 'BE')).rejects.toThrow('is of the country "DK"; expected BE');
    await expect(describeSubgraph(new URL('health/live', url).href, secret)).rejects.toThrow(NotACountryError);
  });
});

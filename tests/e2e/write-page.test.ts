import { belgium } from '../../services/belgium/catalogue.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { writeTables } from '../../services/catalogue/testing/test-catalogue.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { type LocalIssuer, startLocalIssuer } from '../../services/kit/auth/local-issuer.js';
import { settingsFor } from '../../services/kit/testing/access-tokens.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { createReader, type Reader, stepsOf } from '../support/pages.js';

const audience = 'reuse-graph-belgium';

describe('docs/editing.md, Write', () => {
  const { folder, remove } = writeTables({});
  let issuer: LocalIssuer;
  let database: ServiceDatabase;
  let service: RunningService;
  let reader: Reader;
  beforeAll(async () => {
    [issuer, database] = await Promise.all([startLocalIssuer(), createServiceDatabase()]);
    service = await startCatalogue(belgium, {
      port: 0,
      databaseUrl: database.serviceUrl,
      migrationUrl: database.url,
      tables: folder,
      logger: silentLogger,
      login: settingsFor(issuer.issuer, audience),
    });
    reader = createReader({ TOKEN: await issuer.sign({ aud: audience, roles: ['catalogue-editor'] }) });
  });
  afterAll(async () => {
    await reader.leave();
    await service.stop();
    await Promise.all([issuer.stop(), database.drop()]);
    remove();
  });

  it('runs as written, and says what stands there', async () => {
    const steps = stepsOf('docs/editing.md', 'Write');
    expect(steps.map(({ says }) => says.length)).toEqual([1, 1, 1, 1]);
    for (const { commands, says } of steps) {
      const here = commands.replaceAll('http://localhost:4002', `http://127.0.0.1:${service.port}`);
      expect((await reader.type(here)).trim().split('\n')).toEqual(says);
    }
  });
});

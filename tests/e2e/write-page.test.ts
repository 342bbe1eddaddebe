import { belgium } from '../../services/belgium/catalogue.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { writeTables } from '../../services/catalogue/testing/test-catalogue.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { type LocalIssuer, startLocalIssuer } from '../../services/kit/auth/local-issuer.js';
import { settingsFor } from '../../services/kit/testing/access-tokens.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { openTerminals, parseSteps, type Terminals } from '../support/pages.js';

const audience = 'reuse-graph-belgium';

describe('docs/editing.md, Write', () => {
  const { folder, remove } = writeTables({});
  let issuer: LocalIssuer;
  let database: ServiceDatabase;
  let service: RunningService;
  let terminals: Terminals;
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
    terminals = openTerminals({ TOKEN: await issuer.sign({ aud: audience, roles: ['catalogue-editor'] }) });
  });
  afterAll(async () => {
    await terminals.close();
    await service.stop();
    await Promise.all([issuer.stop(), database.drop()]);
    remove();
  });

  it('runs as written, with the output on the page', async () => {
    const steps = parseSteps('docs/editing.md', 'Write');
    expect(steps.map(({ expectedLines }) => expectedLines.length)).toEqual([1, 1, 1, 1]);
    for (const { commands, expectedLines } of steps) {
      const adapted = commands.replaceAll('http://localhost:4002', `http://127.0.0.1:${service.port}`);
      expect((await terminals.run(adapted)).trim().split('\n')).toEqual(expectedLines);
    }
  });
});

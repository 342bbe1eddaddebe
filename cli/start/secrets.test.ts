import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { countries, europe } from '../../schema/values/countries.js';
import { readSettings } from './settings.js';
import { openSecrets } from './secrets.js';
import { StartError } from './start-error.js';

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-secrets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the secrets that the runner generates', () => {
  const settings = (dataDir: string, env: NodeJS.ProcessEnv = {}) => readSettings({ DATA_DIR: dataDir, ...env });

  it('differ from one another, and are long enough', async () => {
    const secretOf = await openSecrets(settings(join(folder, 'each')));
    expect(secretOf('denmark')).toMatch(/^[\w-]{43}$/);
    expect(secretOf('denmark')).not.toBe(secretOf('italy'));
  });

  it('are the same at the next start, also for two runners that start at once', async () => {
    const dataDir = join(folder, 'again');
    const both = await Promise.all([openSecrets(settings(dataDir)), openSecrets(settings(dataDir))]);
    const later = await openSecrets(settings(dataDir));
    expect(both.map((secretOf) => secretOf('denmark'))).toEqual([later('denmark'), later('denmark')]);
  });

  it('come from one file, which only its owner can read', async () => {
    const dataDir = join(folder, 'file');
    await openSecrets(settings(dataDir));
    expect(readdirSync(dataDir)).toEqual(['secret']);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('are not generated if the operator has set all', async () => {
    const dataDir = join(folder, 'none');
    const names = [...countries, europe].map((service) => service.folder.toUpperCase());
    await openSecrets(
      settings(dataDir, Object.fromEntries(names.map((name) => [`${name}_SUBGRAPH_SECRETS`, name.padEnd(32, '.')]))),
    );
    expect(readdirSync(folder)).not.toContain('none');
  });

  it('cannot be generated without a folder', async () => {
    writeFileSync(join(folder, 'no-folder'), '');
    await expect(openSecrets(settings(join(folder, 'no-folder')))).rejects.toThrow(StartError);
  });
});

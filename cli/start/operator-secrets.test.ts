import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { readOperatorSecrets } from './operator-secrets.js';

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-operator-secrets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the operator’s secrets', () => {
  const read = (env: NodeJS.ProcessEnv) => {
    const problems: string[] = [];
    return { variable: readOperatorSecrets('ITALY', env, problems), problems };
  };

  it('need not be set', () => {
    expect(read({ ITALY_SECRETS: '', DENMARK_SECRETS: 'd'.repeat(32) })).toEqual({ variable: undefined, problems: [] });
  });

  it('are passed on as they were set, a file by its whole path', () => {
    const [secret, file] = ['i'.repeat(32), join(folder, 'italy')];
    writeFileSync(file, `${secret}\n`);
    expect(read({ ITALY_SECRETS: secret }).variable).toEqual({ ITALY_SECRETS: secret });
    expect(read({ ITALY_SECRETS_FILE: relative(process.cwd(), file) })).toEqual({
      variable: { ITALY_SECRETS_FILE: file },
      problems: [],
    });
  });

  it('are checked before anything starts', () => {
    expect(read({ ITALY_SECRETS: 'short' }).problems).toEqual([
      'ITALY_SECRETS must hold secrets of at least 32 characters each, of ASCII and without blanks',
    ]);
    expect(read({ ITALY_SECRETS_FILE: join(folder, 'nowhere') }).problems).toEqual([
      'ITALY_SECRETS_FILE names a file that cannot be read: ENOENT',
    ]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createBearerCheck, readSecrets } from './subgraph-secrets.js';

const [one, two] = ['a'.repeat(32), `${'b'.repeat(40)}/+=`];

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-secrets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fileOf = (content: string): string => {
  const file = join(folder, 'secrets');
  writeFileSync(file, content);
  return file;
};

describe('readSecrets', () => {
  it.each([
    [one, [one]],
    [`${one},${two}`, [one, two]],
    [` ${one} ,\r\n${two}\n`, [one, two]],
  ])('reads the environment and a file in the same way: %j', (text, secrets) => {
    expect(readSecrets('DENMARK_SECRETS', { DENMARK_SECRETS: text })).toEqual(secrets);
    expect(readSecrets('DENMARK_SECRETS', { DENMARK_SECRETS: '', DENMARK_SECRETS_FILE: fileOf(text) })).toEqual(
      secrets,
    );
  });

  it.each([
    ['none', {}, 'DENMARK_SECRETS or DENMARK_SECRETS_FILE is missing'],
    ['empty ones', { DENMARK_SECRETS: '' }, 'DENMARK_SECRETS or DENMARK_SECRETS_FILE is missing'],
    ['those of another', { ITALY_SECRETS: one }, 'DENMARK_SECRETS or DENMARK_SECRETS_FILE is missing'],
    ['two places', { DENMARK_SECRETS: one, DENMARK_SECRETS_FILE: '/x' }, 'are both set; set one of them'],
    ['only commas', { DENMARK_SECRETS: ' , ,' }, 'DENMARK_SECRETS must contain secrets of at least 32 characters'],
    [
      'a short one',
      { DENMARK_SECRETS: `${one},short` },
      'DENMARK_SECRETS must contain secrets of at least 32 characters',
    ],
    ['a blank within', { DENMARK_SECRETS: `${one} ${two}` }, 'without spaces'],
    ['letters that no header carries', { DENMARK_SECRETS: 'ø'.repeat(40) }, 'in ASCII'],
    [
      'no file',
      { DENMARK_SECRETS_FILE: join(folder, 'none') },
      'DENMARK_SECRETS_FILE names a file that cannot be read: ENOENT',
    ],
  ])('states what is wrong, without repeating the value: %s', (_what, environment, message) => {
    const read = (): unknown => readSecrets('DENMARK_SECRETS', environment);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/aaaa|bbbb|øøøø/);
  });

  it('rejects a file without secrets', () => {
    expect(() => readSecrets('DENMARK_SECRETS', { DENMARK_SECRETS_FILE: fileOf('\n') })).toThrow(
      'DENMARK_SECRETS_FILE must contain secrets',
    );
  });
});

describe('createBearerCheck', () => {
  const isAccepted = createBearerCheck([one, two]);

  it.each([`Bearer ${one}`, `bearer ${two}`, `BEARER  ${one}`])('accepts %s', (header) => {
    expect(isAccepted(header)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['no secret', 'Bearer '],
    ['a wrong one', `Bearer ${'c'.repeat(32)}`],
    ['half of one', `Bearer ${one.slice(1)}`],
    ['more than one', `Bearer ${one}${two}`],
    ['another scheme', `Basic ${one}`],
    ['only the secret', one],
  ])('is not, with %s', (_what, header) => {
    expect(isAccepted(header)).toBe(false);
  });

  it('accepts the gateway at every moment of a rotation, whichever process is restarted first in each step', () => {
    const steps = [
      { subgraph: one, gateway: one },
      { subgraph: `${one},${two}`, gateway: `${one},${two}` },
      { subgraph: `${one},${two}`, gateway: `${two},${one}` },
      { subgraph: two, gateway: two },
    ];
    const read = (text: string) => readSecrets('DENMARK_SECRETS', { DENMARK_SECRETS: text });
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1] ?? step;
      for (const subgraph of [step.subgraph, next.subgraph])
        for (const gateway of [step.gateway, next.gateway])
          expect([subgraph, gateway, createBearerCheck(read(subgraph))(`Bearer ${read(gateway)[0]}`)]).toEqual([
            subgraph,
            gateway,
            true,
          ]);
    }
  });

  it('is never let in where no secret is', () => {
    expect(createBearerCheck([])(`Bearer ${one}`)).toBe(false);
    expect(createBearerCheck([])(undefined)).toBe(false);
  });
});

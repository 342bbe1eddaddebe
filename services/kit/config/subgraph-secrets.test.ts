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

describe('the secrets of a subgraph', () => {
  it.each([
    [one, [one]],
    [`${one},${two}`, [one, two]],
    [` ${one} ,\r\n${two}\n`, [one, two]],
  ])('are read alike from the environment and from a file: %j', (text, secrets) => {
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
  ])('are refused with a word on what is wrong, and none of what they are: %s', (_what, environment, message) => {
    const read = (): unknown => readSecrets('DENMARK_SECRETS', environment);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/aaaa|bbbb|øøøø/);
  });

  it('are refused when their file holds none', () => {
    expect(() => readSecrets('DENMARK_SECRETS', { DENMARK_SECRETS_FILE: fileOf('\n') })).toThrow(
      'DENMARK_SECRETS_FILE must contain secrets',
    );
  });
});

describe('whoever shows a secret', () => {
  const shows = createBearerCheck([one, two]);

  it.each([`Bearer ${one}`, `bearer ${two}`, `BEARER  ${one}`])('is let in: %s', (header) => {
    expect(shows(header)).toBe(true);
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
    expect(shows(header)).toBe(false);
  });

  it('is let in at every moment of a change of secrets, whoever is restarted first in each step', () => {
    const steps = [
      { door: one, shown: one },
      { door: `${one},${two}`, shown: `${one},${two}` },
      { door: `${one},${two}`, shown: `${two},${one}` },
      { door: two, shown: two },
    ];
    const read = (text: string) => readSecrets('DENMARK_SECRETS', { DENMARK_SECRETS: text });
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1] ?? step;
      for (const door of [step.door, next.door])
        for (const shown of [step.shown, next.shown])
          expect([door, shown, createBearerCheck(read(door))(`Bearer ${read(shown)[0]}`)]).toEqual([door, shown, true]);
    }
  });

  it('is never let in where no secret is', () => {
    expect(createBearerCheck([])(`Bearer ${one}`)).toBe(false);
    expect(createBearerCheck([])(undefined)).toBe(false);
  });
});

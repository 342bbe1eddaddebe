import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { summarise } from '../../commands/publiccode-summary.js';
import { isIncomplete, needsPolicy } from './publiccode-report.js';
import { publiccode, usePubliccodeImport } from './testing/use-publiccode-import.js';

describe('importPubliccode of a file that no longer states what it did', () => {
  const { catalogue, folder, files, write, run } = usePubliccodeImport();
  const meet = (url: string, users: string[] = []) =>
    write(
      'meet.yml',
      publiccode('Meet', url, users).replace('legal:', 'organisation: { uri: "urn:x-dk:a", name: A }\nlegal:'),
    );
  const first = 'https://github.com/X/Meet';
  const stored = async (): Promise<unknown> => ({
    records: await catalogue.database.query('SELECT id, address, aliases FROM catalogue_record ORDER BY id'),
    users: await catalogue.database.query(
      `SELECT raw_name || CASE WHEN ended THEN ' until ' || end_date ELSE '' END AS name, address FROM adoption
      WHERE raw_name IS NOT NULL ORDER BY raw_name`,
    ),
  });
  const record = (id: string, address: string, aliases: string[] = []) => ({
    id: `dk:record:${id}`,
    address,
    aliases,
  });
  const known = record('known', 'github.com/x/known', ['gitlab.com/old/known']);
  const meeting = record('github-com-x-meet', 'github.com/x/meet');
  const user = (name: string, address = 'github.com/x/meet') => ({ name, address });

  beforeEach(async () => {
    meet(first, ['Aabenra Kommune', 'Toby (Syd)']);
    await run();
  });

  it('reports users that disappeared, and writes nothing until it is chosen what that means', async () => {
    const before = await stored();
    meet(first, ['Toby (Syd)']);
    const report = await run();
    expect(report.disappeared).toEqual([
      expect.objectContaining({
        what: 'USER',
        name: 'Aabenra Kommune',
        file: join(files, 'meet.yml'),
        outcome: null,
      }),
    ]);
    expect([needsPolicy(report), await stored()]).toEqual([true, before]);
    expect(summarise(report)).toContain('Choose what happens to what disappeared');
  });

  it('keeps users that disappeared, or ends them, and takes back one that is named again', async () => {
    meet(first, ['Toby (Syd)']);
    expect((await run({ missing: 'keep' })).disappeared).toMatchObject([{ outcome: 'KEPT' }]);
    expect(await stored()).toMatchObject({ users: [user('Aabenra Kommune'), user('Toby (Syd)')] });
    expect((await run({ missing: 'end', on: '2026-02-03' })).disappeared).toMatchObject([{ outcome: 'ENDED' }]);
    expect(await stored()).toMatchObject({ users: [user('Aabenra Kommune until 2026-02-03'), user('Toby (Syd)')] });
    expect((await run()).disappeared).toEqual([]);
    meet(first, ['Aabenra Kommune', 'Toby (Syd)']);
    await run();
    expect(await stored()).toMatchObject({ users: [user('Aabenra Kommune'), user('Toby (Syd)')] });
  });

  it('rejects to end more than may end, with the figures, unless as many are allowed', async () => {
    const users = Array.from({ length: 25 }, (_, index) => `Toby (Nord ${index})`);
    meet(first, ['Aabenra Kommune', 'Toby (Syd)', ...users]);
    await run();
    const before = await stored();
    meet(first, ['Toby (Syd)']);
    const report = await run({ missing: 'end' });
    expect([report.tooManyDisappeared, needsPolicy(report), await stored()]).toEqual([
      [{ rows: 'adoptions', missing: 26, of: 27 }],
      true,
      before,
    ]);
    expect(summarise(report)).toMatch(
      /^Nothing was written: too much disappeared from the files\.\n[^]*Of the 27 adoptions that these files stated, 26 disappeared[^]*repeat with --max-ended 26\.\n/,
    );
    expect((await run({ missing: 'end', maxEnded: 25, dryRun: true })).tooManyDisappeared).toHaveLength(1);
    const ended = await run({ missing: 'end', maxEnded: 26 });
    expect([ended.tooManyDisappeared, new Set(ended.disappeared.map(({ outcome }) => outcome))]).toEqual([
      [],
      new Set(['ENDED']),
    ]);
  });

  it('does not report a user who is named in another spelling', async () => {
    meet(first, ['Aabenrå Kommune', 'Toby (Syd)']);
    expect((await run()).disappeared).toEqual([]);
  });

  it('reports a file that disappeared from its folder, and withdraws its record', async () => {
    rmSync(join(files, 'meet.yml'));
    const other = write('other.yml', publiccode('Other', 'https://github.com/x/other'));
    expect((await run({ files: [other] })).disappeared).toEqual([]);
    const { disappeared } = await run({ missing: 'end', on: '2026-02-03' });
    expect(disappeared.map(({ what, name, outcome }) => [what, name, outcome]).sort()).toEqual([
      ['FILE', 'Aabenra Kommune', 'ENDED'],
      ['FILE', 'Meet', 'WITHDRAWN'],
      ['FILE', 'Toby (Syd)', 'ENDED'],
    ]);
    expect(await stored()).toEqual({
      records: [record('github-com-x-other', 'github.com/x/other'), known],
      users: [user('Aabenra Kommune until 2026-02-03'), user('Toby (Syd) until 2026-02-03')],
    });
  });

  it('does not report a file that is there, and cannot be used', async () => {
    write('meet.yml', 'name: "Meet\nurl: https://github.com/X/Meet\n');
    const report = await run();
    expect([report.disappeared, report.files]).toEqual([
      [],
      [expect.objectContaining({ rejected: 'it has a YAML syntax error in line 1, column 7' })],
    ]);
  });

  it('reports an address that disappeared because the file describes something else now', async () => {
    write('meet.yml', publiccode('Something else', 'https://github.com/x/else'));
    const { disappeared } = await run({ missing: 'keep' });
    expect(disappeared.map(({ what, name, outcome }) => [what, name, outcome]).sort()).toEqual([
      ['ADDRESS', 'Aabenra Kommune', 'KEPT'],
      ['ADDRESS', 'Meet', 'KEPT'],
      ['ADDRESS', 'Toby (Syd)', 'KEPT'],
    ]);
  });

  it('proposes that a repository has moved, instead of creating a second record', async () => {
    const before = await stored();
    meet('https://codeberg.org/X/Meet', ['Aabenra Kommune', 'Toby (Syd)']);
    const report = await run();
    expect(report.moved).toEqual([
      {
        file: join(files, 'meet.yml'),
        record: 'dk:record:github-com-x-meet',
        from: 'github.com/x/meet',
        to: 'codeberg.org/x/meet',
        policy: null,
      },
    ]);
    expect([report.disappeared, isIncomplete(report), await stored()]).toEqual([[], true, before]);
    expect(summarise(report)).toContain('github.com/x/meet → codeberg.org/x/meet');
  });

  it('lets the record and its users follow a repository that moved, with the former address as an alias', async () => {
    meet('https://codeberg.org/X/Meet', ['Aabenra Kommune', 'Toby (Syd)']);
    const moved = {
      records: [record('github-com-x-meet', 'codeberg.org/x/meet', ['github.com/x/meet']), known],
      users: [user('Aabenra Kommune', 'codeberg.org/x/meet'), user('Toby (Syd)', 'codeberg.org/x/meet')],
    };
    const report = await run({ moved: 'follow' });
    expect([report.disappeared, report.records, await stored()]).toEqual([
      [],
      expect.objectContaining({ changed: 1 }),
      moved,
    ]);
    expect(await run()).toMatchObject({
      records: { unchanged: 1 },
      adoptions: { unchanged: 2 },
      moved: [],
      disappeared: [],
    });
    // A file that still names the former address describes the same record.
    meet(first, ['Aabenra Kommune', 'Toby (Syd)']);
    await run();
    expect(await stored()).toMatchObject({ records: moved.records });
  });

  it('takes another solution of the same name for one if that is chosen', async () => {
    meet('https://codeberg.org/X/Meet');
    await run({ moved: 'separate', missing: 'keep' });
    expect(await stored()).toMatchObject({
      records: [record('codeberg-org-x-meet', 'codeberg.org/x/meet'), meeting, known],
    });
  });

  it('finds a repository that moved in a list, where its file has another path too', async () => {
    const list = (path: string, repository: string): string => {
      writeFileSync(join(folder, 'list.csv'), `file,repository\nfiles/${path},${repository}\n`);
      return join(folder, 'list.csv');
    };
    await run({ files: [list('meet.yml', first)] });
    meet(first);
    renameSync(join(files, 'meet.yml'), join(files, 'moved.yml'));
    const { moved } = await run({ files: [list('moved.yml', 'https://codeberg.org/X/Meet')] });
    expect(moved).toMatchObject([{ from: 'github.com/x/meet', to: 'codeberg.org/x/meet' }]);
  });

  it('leaves what an editor changed', async () => {
    await catalogue.database.query(
      `INSERT INTO audit_entry (issuer, editor, mutation, subject, subject_id, concerns, reason, before, after)
      SELECT 'i', 'e', 'correctAdoption', 'ADOPTION', id, '{}', 'r', to_jsonb(a), to_jsonb(a) FROM adoption a WHERE raw_name = 'Aabenra Kommune'`,
    );
    meet(first);
    expect((await run({ missing: 'end' })).disappeared.map(({ name, outcome }) => [name, outcome]).sort()).toEqual([
      ['Aabenra Kommune', 'EDITED'],
      ['Toby (Syd)', 'ENDED'],
    ]);
  });
});

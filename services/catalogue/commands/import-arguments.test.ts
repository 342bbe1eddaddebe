import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectPath } from '../../../schema/files.js';
import { today } from '../../shared/dates.js';
import { findSources, readArguments, UsageError } from './import-arguments.js';

const tables = projectPath('services/denmark/data');
const noTables = projectPath('schema');

describe('the command line of an import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-arguments-'));
  beforeAll(() => {
    writeFileSync(join(folder, 'publiccode.yml'), 'name: Thing\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('chooses nothing that was not chosen', () => {
    expect(readArguments([tables])).toEqual({
      paths: [tables],
      dryRun: false,
      report: undefined,
      missing: null,
      on: today(),
      overwriteEdits: false,
      ofTables: [],
    });
    expect(readArguments([tables, '--missing', 'end', '--on', '2026-02-03'])).toMatchObject({
      missing: 'end',
      on: '2026-02-03',
      ofTables: ['missing', 'on'],
    });
  });

  it('means tables, or publiccode.yml files', () => {
    expect(findSources(readArguments([tables])).batch).not.toBeNull();
    expect(findSources(readArguments([folder]))).toMatchObject({
      batch: null,
      files: [{ path: join(folder, 'publiccode.yml') }],
    });
  });

  it.each([
    ['a choice that is none', [tables, '--missing', 'delete'], '--missing must be keep or end, not "delete".'],
    ['a day that is none', [tables, '--missing', 'end', '--on', '2026-02-30'], '--on must be a day such as 2026-12-31'],
    ['a day of nothing', [tables, '--on', '2026-02-03'], '--on says when what vanished ends: it needs --missing end.'],
    ['a choice for other files', [folder, '--missing', 'end'], '--missing is for tables'],
    ['a folder of something else', [noTables], 'There is no table of a catalogue and no .yml file in'],
    ['a path that is not there', ['no/where'], 'There is no file or folder no/where.'],
    ['a report in no folder', [tables, '--report', 'no/where/r.json'], '--report: there is no folder no/where.'],
    ['a report that is a folder', [tables, '--report', noTables], 'is a folder.'],
    ['an option that is none', [tables, '--dryrun'], "Unknown option '--dryrun'"],
  ])('refuses %s', (_what, args, says) => {
    const read = (): unknown => findSources(readArguments(args));
    expect(read).toThrow(UsageError);
    expect(read).toThrow(says);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectPath } from '../../../schema/files.js';
import { type Cli, runCli } from '../../kit/cli.js';
import { today } from '../../shared/dates.js';
import {
  type Arguments,
  defineImportArguments,
  findSources,
  type ImportCommandLine,
  toArguments,
} from './import-arguments.js';

const tables = projectPath('services/denmark/data');
const noTables = projectPath('schema');

/** Parses a command line: the arguments and sources of an import, or the exit code and what is printed. */
async function parse(args: readonly string[]) {
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  let parsed: (Arguments & { readonly sources: ReturnType<typeof findSources> }) | undefined;
  const cli: Cli<ImportCommandLine> = {
    description: '',
    examples: [],
    define: defineImportArguments,
    run: (commandLine, paths) => {
      const options = toArguments(commandLine, paths);
      parsed = { ...options, sources: findSources(options) };
      return 0;
    },
  };
  const code = await runCli(cli, args, { log: print, error: print });
  return { code, parsed, printed: printed.join('\n') };
}

describe('the command line of an import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-arguments-'));
  beforeAll(() => {
    writeFileSync(join(folder, 'publiccode.yml'), 'name: Thing\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('leaves every choice at its default unless it is given', async () => {
    expect((await parse([tables])).parsed).toMatchObject({
      paths: [tables],
      dryRun: false,
      report: undefined,
      missing: null,
      on: today(),
      overwriteEdits: false,
      moved: null,
      issues: false,
      ofFiles: [],
    });
    expect((await parse([tables, '--missing', 'end', '--on', '2026-02-03'])).parsed).toMatchObject({
      missing: 'end',
      on: '2026-02-03',
    });
  });

  it('finds tables, or publiccode.yml files', async () => {
    expect((await parse([tables])).parsed?.sources.batch).not.toBeNull();
    expect((await parse([folder])).parsed?.sources).toMatchObject({
      batch: null,
      found: { files: [{ path: join(folder, 'publiccode.yml') }] },
    });
  });

  it.each([
    ['an unknown policy', [tables, '--missing', 'delete'], 'Allowed choices are keep, end.'],
    ['an invalid day', [tables, '--missing', 'end', '--on', '2026-02-30'], 'It must be a day such as 2026-12-31.'],
    ['a day without --missing end', [tables, '--on', '2026-02-03'], 'it needs --missing end.'],
    [
      'a policy for tables that have no repositories',
      [tables, '--moved', 'follow'],
      '--moved is for publiccode.yml files',
    ],
    ['a folder without sources', [noTables], 'There is no table of a catalogue and no publiccode.yml file in'],
    ['a number of ended rows without --missing end', [tables, '--max-ended', '5'], 'it needs --missing end.'],
    [
      'a number of ended rows that is not one',
      [tables, '--missing', 'end', '--max-ended', 'all'],
      'It must be a whole number from 0',
    ],
    ['a path that does not exist', ['no/where'], 'There is no file or folder no/where.'],
    ['a report in no folder', [tables, '--report', 'no/where/r.json'], 'There is no folder no/where.'],
    ['a report that is a folder', [tables, '--report', noTables], 'is a folder.'],
    ['an unknown option', [tables, '--dryrun'], "Unknown option '--dryrun'. Did you mean --dry-run?"],
  ])('rejects %s with exit code 2', async (_what, args, message) => {
    expect(await parse(args)).toEqual({
      code: 2,
      parsed: undefined,
      printed: expect.stringContaining(message) as string,
    });
  });
});

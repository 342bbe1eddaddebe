import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { minimal } from '../publiccode/testing/samples.js';
import { runCli } from '../../kit/cli.js';
import { check, checkCommand } from './check.js';

describe('npm run check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-check-'));
  const write = (name: string, content: string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const run = (paths: string[], options: { files?: boolean; issues?: boolean } = {}): [number, string[]] => {
    const printed: string[] = [];
    const print = (line: string): void => void printed.push(line.replaceAll(`${folder}/`, ''));
    return [check(paths, { files: true, ...options }, { log: print, error: print }), printed];
  };

  it('states that a file is valid', () => {
    expect(run([write('good.yml', minimal)])).toEqual([0, ['good.yml: valid']]);
  });

  it('prints file, line, column, severity, key and message of each issue, and which violate the standard', () => {
    const path = write(
      'bad.yml',
      minimal.replace('platforms: [web]', 'platforms: web').replace('  license: EUPL-1.2\n', ''),
    );
    expect(run([path])).toEqual([
      1,
      [
        'bad.yml:12:1: ERROR legal.license is mandatory, but missing or empty (violates the standard)',
        'bad.yml:4:1: WARNING platforms must be a list; its lines were read as items (violates the standard)',
        'bad.yml: not valid by the standard',
      ],
    ]);
    const tolerated = write('tolerated.yml', `${minimal}intendedAudience: {countries: [dk]}\n`);
    expect(run([tolerated])).toEqual([
      0,
      ['tolerated.yml:19:32: WARNING intendedAudience.countries[0] "dk" was read as "DK"', 'tolerated.yml: valid'],
    ]);
  });

  it('looks for the files that a publiccode.yml names beside it, unless --no-files is given', () => {
    const path = write('logo.yml', `${minimal}logo: nowhere.png\n`);
    expect(run([path])).toEqual([
      1,
      [
        'logo.yml:19:1: WARNING logo "nowhere.png" is not a file beside the publiccode.yml (violates the standard)',
        'logo.yml: not valid by the standard',
      ],
    ]);
    expect(run([path], { files: false })).toEqual([0, ['logo.yml: valid']]);
  });

  it('prints only the verdicts of many files, unless the issues are asked for, and counts them', () => {
    for (let index = 0; index < 6; index += 1)
      write(`many/${String(index)}/publiccode.yml`, minimal.replace('[web]', 'web'));
    const [code, lines] = run([join(folder, 'many')]);
    expect([code, lines.length, lines.at(-1)]).toEqual([1, 7, '6 files: 0 valid, 6 with errors, 0 not read']);
    expect(run([join(folder, 'many')], { issues: true })[1]).toHaveLength(13);
  });

  it('reports what it cannot read, without control characters, and exits with 1', () => {
    const bell = String.fromCharCode(7);
    write(`odd/${bell}.yml/a.txt`, '');
    expect(run([join(folder, 'odd')])).toEqual([1, ['odd/\ufffd.yml is a folder, and has the name of a file']]);
    expect(run([write('html.yml', '<html></html>')])[0]).toBe(1);
  });

  it('exits with 2 if there is nothing to check', async () => {
    const printed: string[] = [];
    const print = (line: string): void => void printed.push(line);
    expect(await runCli(checkCommand, [join(folder, 'no/where')], { log: print, error: print })).toBe(2);
    expect(printed.join('\n')).toContain('There is no file or folder');
  });
});

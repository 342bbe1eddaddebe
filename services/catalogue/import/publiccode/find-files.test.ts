import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { findPubliccodeFiles } from './find-files.js';
import { readFile } from '../../../kit/read-file.js';

/** Runs without the privileges of the superuser, who may read everything. */
function asOrdinaryUser<Result>(run: () => Result): Result {
  if (process.getuid?.() !== 0) return run();
  process.seteuid?.(ordinaryUserId);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}
const ordinaryUserId = 65_534;

describe('findPubliccodeFiles', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'reuse-graph-files-'));
    chmodSync(root, 0o755);
    folder = join(root, 'checkouts');
    mkdirSync(folder);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const write = (path: string, content = 'publiccodeYmlVersion: "0.4"\n'): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const link = (path: string, target: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(target, join(folder, path));
  };
  const find = (): { files: string[]; problems: string[]; others: number } => {
    const { files, problems, others } = findPubliccodeFiles([folder]);
    return {
      files: files.map(({ path }) => relative(folder, path)),
      problems: problems.map(({ path, message }) => `${relative(folder, path)} ${message}`),
      others: others.length,
    };
  };

  it('reads files of this name, however deep, and others that declare a version of the standard', () => {
    write('a/publiccode.yml', 'name: A\n');
    write('b/c/publiccode.yaml', 'name: B\n');
    write('meet.yml');
    write('old.yaml', '# Old\n"publiccode-yaml-version": "http://w3id.org/publiccode/version/0.1"\n');
    write('utf16.yml', Buffer.from('publiccodeYmlVersion: "0.4"\n', 'utf16le').toString('latin1'));
    expect(find()).toEqual({
      files: ['a/publiccode.yml', 'b/c/publiccode.yaml', 'meet.yml', 'old.yaml', 'utf16.yml'],
      problems: [],
      others: 0,
    });
  });

  it('counts other YAML files without reading them as publiccode.yml, and skips what is hidden or installed', () => {
    write('_config.yml', 'name: Site\nurl: https://a.example\ndescription: A site\n');
    write('docker-compose.yml', 'services: {}\n# publiccodeYmlVersion\n');
    for (const path of ['node_modules/a', '.git', '.github', '.cache/b']) write(`${path}/publiccode.yml`);
    write('.publiccode.yml');
    expect(find()).toEqual({ files: [], problems: [], others: 2 });
  });

  it('reports what is not a regular file in the folder, and reads the rest', () => {
    write('good/publiccode.yml');
    write('named.yml/publiccode.yml');
    execFileSync('mkfifo', [join(folder, 'pipe.yml')]);
    execFileSync('mkfifo', [join(folder, 'good/publiccode.yaml')]);
    link('dangling.yml', 'nothing.yml');
    link('itself.yml', 'itself.yml');
    link('loop', '.');
    link('deep/loop', '..');
    writeFileSync(join(root, 'publiccode.yml'), 'name: Outside\n');
    mkdirSync(join(root, 'outside'));
    link('out.yml', join(root, 'publiccode.yml'));
    link('out', join(root, 'outside'));
    const { files, problems } = find();
    expect(files).toEqual(['good/publiccode.yaml', 'good/publiccode.yml', 'named.yml/publiccode.yml']);
    expect(problems.sort()).toEqual([
      'dangling.yml does not exist, or is a link to nothing',
      'deep/loop is a link to a folder that contains it; it was not followed',
      'itself.yml is a link that leads to itself',
      'loop is a link to a folder that contains it; it was not followed',
      'named.yml is a folder, and has the name of a file',
      'out is a link out of the folder; it was not followed',
      'out.yml is a link out of the folder; it was not followed',
      'pipe.yml is not a regular file',
    ]);
    expect(() => readFile(join(folder, 'good/publiccode.yaml'), 10)).toThrow('is not a regular file');
  });

  it('reads the target of a link once', () => {
    write('a/publiccode.yml');
    write('b/texts/metadata.txt');
    link('c/publiccode.yml', '../a/publiccode.yml');
    link('b/publiccode.yml', 'texts/metadata.txt');
    link('d', 'a');
    expect(find()).toEqual({ files: ['a/publiccode.yml', 'b/publiccode.yml'], problems: [], others: 0 });
  });

  it('reports files and folders that it may not read', () => {
    write('closed/publiccode.yml');
    write('closed.yml');
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(join(folder, 'closed.yml'), 0);
    expect(asOrdinaryUser(find).problems).toHaveLength(2);
    chmodSync(join(folder, 'closed'), 0o700);
  });

  it('reports a file of a list that does not exist when it is read', () => {
    writeFileSync(join(root, 'list.csv'), 'file\nnowhere.yml\n');
    const [file] = findPubliccodeFiles([join(root, 'list.csv')]).files;
    expect(() => readFile(file?.path ?? '', 10)).toThrow('does not exist');
  });

  it.each([
    ['a path that does not exist', ['/nowhere/publiccode.yml'], /There is no file or folder/],
    ['a list without its column', ['list', 'path\nx\n'], /has no column "file"/],
    [
      'a list that is not valid CSV',
      ['list', 'file,repository\na.yml,"b\nc.yml,d\n'],
      /bad\.csv, line 2, repository: begins with/,
    ],
    [
      'a list with a repository that is not an address',
      ['list', 'file,repository\na.yml,https://codeberg.org/a/b\nb.yml,file:///b\n'],
      /bad\.csv, line 3, repository: "file:\/\/\/b" does not lead to a repository/,
    ],
    [
      'a list with a day that has not begun',
      ['list', 'file,observed_on\na.yml,2999-01-02\n'],
      /bad\.csv, line 2, observed_on: "2999-01-02" is not a day/,
    ],
  ])('rejects %s', (_what, [path = '', list = ''], message) => {
    writeFileSync(join(root, 'bad.csv'), list);
    expect(() => findPubliccodeFiles([path === 'list' ? join(root, 'bad.csv') : path])).toThrow(message);
  });
});

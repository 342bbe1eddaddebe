import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { projectPath } from '../schema/files.js';

describe('npm run build', () => {
  const root = mkdtempSync(join(tmpdir(), 'reuse-graph-build-'));
  const write = (path: string, content: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  // A project in which the compiler and the builds for browsers only record that they ran; the compiler fails on request.
  const record = (name: string, exitCode: string) =>
    `import { appendFileSync, existsSync } from 'node:fs';
    appendFileSync('ran', '${name} ');
    process.exitCode = ${exitCode};`;
  const build = (): [status: number | null, ran: string] => {
    rmSync(join(root, 'ran'), { force: true });
    const { status } = spawnSync(process.execPath, ['cli/build.mjs'], { cwd: root });
    return [status, existsSync(join(root, 'ran')) ? readFileSync(join(root, 'ran'), 'utf8').trim() : ''];
  };
  const all: unknown = expect.stringMatching(/^(?=.*compiler)(?=.*playground)(?=.*pages)\w+ \w+ \w+$/);

  beforeAll(() => {
    for (const folder of ['bench', 'schema', 'services', 'tests']) mkdirSync(join(root, folder));
    write('package.json', '{ "type": "module" }');
    for (const file of ['package-lock.json', 'tsconfig.json', 'services/one.ts', 'services/data.csv'])
      write(file, '{}');
    write('cli/compile.mjs', record('compiler', "existsSync('wrong') ? 1 : 0"));
    write('gateway/playground/build.mjs', record('playground', '0'));
    write('services/portal/web/build.mjs', record('pages', '0'));
    cpSync(projectPath('cli/build.mjs'), join(root, 'cli/build.mjs'));
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('builds once, and again only after a source is added, changed or removed', () => {
    expect(build()).toEqual([0, all]);
    expect(build()).toEqual([0, '']);
    write('services/data.csv', 'no source');
    expect(build()).toEqual([0, '']);
    write('services/two.ts', '');
    expect(build()).toEqual([0, all]);
    write('services/two.ts', 'export {};');
    expect(build()).toEqual([0, all]);
    rmSync(join(root, 'services/two.ts'));
    expect(build()).toEqual([0, all]);
    write('gateway/playground/operations/1.graphql', '{ a }');
    expect(build()).toEqual([0, all]);
    write('services/portal/web/styles/index.css', '');
    expect(build()).toEqual([0, all]);
    expect(build()).toEqual([0, '']);
  });

  it('builds again after a build that failed, and after its output was removed', () => {
    write('wrong', '');
    write('services/one.ts', 'changed');
    expect(build()).toEqual([1, all]);
    expect(build()).toEqual([1, all]);
    rmSync(join(root, 'wrong'));
    expect(build()).toEqual([0, all]);
    rmSync(join(root, 'dist'), { recursive: true });
    expect(build()).toEqual([0, all]);
  });
});

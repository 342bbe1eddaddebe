import { execFileSync } from 'node:child_process';

import { projectPath, readProjectFile } from '../../schema/files.js';

const files = execFileSync('git', ['ls-files', '*.ts', '*.mjs'], { cwd: projectPath('.'), encoding: 'utf8' })
  .trimEnd()
  .split('\n');

it('no module runs its command before it has defined its constants, which the command could not use', () => {
  const isCommand = /^process\.exit(?:Code =|\()\s*await /m;
  const commands = files.filter((file) => isCommand.test(readProjectFile(file)));
  expect(commands).toContain('bench/bench.ts');
  const early = commands.filter((file) =>
    /^(?:export )?(?:const|let|class) /m.test(readProjectFile(file).split(isCommand)[1] ?? ''),
  );
  expect(early).toEqual([]);
});

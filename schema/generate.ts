/** `npm run generate`: writes every generated file. With `--check` it writes nothing and names what is out of date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { outOfDate, projectPath } from './files.js';
import { generatedFiles } from './generated-files.js';
import { CompositionError } from './parse-sdl.js';

try {
  const files = await generatedFiles();
  if (process.argv.includes('--check')) {
    for (const path of outOfDate(files)) {
      console.error(`${path} is out of date: run \`npm run generate\`.`);
      process.exitCode = 1;
    }
  } else {
    for (const [path, content] of files) {
      mkdirSync(dirname(projectPath(path)), { recursive: true });
      writeFileSync(projectPath(path), content);
      console.log(path);
    }
  }
} catch (error) {
  if (!(error instanceof CompositionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { CompositionError } from './compose.js';
import { projectPath } from './files.js';
import { generatedFiles } from './generated-files.js';

try {
  for (const [path, content] of await generatedFiles()) {
    mkdirSync(dirname(projectPath(path)), { recursive: true });
    writeFileSync(projectPath(path), content);
    console.log(path);
  }
} catch (error) {
  if (!(error instanceof CompositionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectPath } from '../../schema/files.js';

/** Reads the example operations of the playground. */
export function readExamples(): string[] {
  const folder = projectPath('gateway/playground/operations');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Part of `npm run generate`: writes `docs/configuration.md`. */
import { writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

import { findOutdatedFiles, projectPath } from '../../schema/files.js';
import { runCli } from '../../services/kit/cli.js';
import { configurationPage } from './configuration-page.js';

const path = 'docs/configuration.md';

process.exitCode = await runCli({
  description: `Writes ${path} from the settings that each process parses.`,
  examples: [['npm run generate', 'writes all generated files']],
  define: (command) => command.option('--check', 'print the path if the file is out of date, and write nothing'),
  run: async ({ check }: { readonly check?: boolean }) => {
    const content = await format(configurationPage(), {
      ...(await resolveConfig(projectPath(path))),
      parser: 'markdown',
    });
    const isOutdated = findOutdatedFiles(new Map([[path, content]])).length > 0;
    if (isOutdated && check) console.log(path);
    else if (isOutdated) writeFileSync(projectPath(path), content);
    return isOutdated && check ? 1 : 0;
  },
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Argument } from 'commander';

import { countries, type Country, europe } from '../../schema/values/countries.js';
import { type Cli, runCli } from '../../services/kit/cli.js';
import { type MemberState, findMemberState, memberStates } from './member-states.js';
import { newFiles } from './new-files.js';

/** The country cannot be created; the message states why. Nothing was changed. */
class CountryError extends Error {
  override readonly name = 'CountryError';
}

interface CommandLine {
  readonly dryRun?: boolean;
}

/** The command `npm run country` in the project at a folder. Returns its exit code. */
export function countryCommand(
  args: readonly string[],
  root: string,
  output: Pick<Console, 'log' | 'error'>,
): Promise<number> {
  const cli: Cli<CommandLine> = {
    description:
      'Creates the files of a new country: its folder in services/, its line in schema/values/countries.ts, the generated files.',
    examples: [
      ['npm run country -- new France', 'create France, by its English name'],
      ['npm run country -- new FR', 'create France, by its ISO 3166-1 code'],
      ['npm run country -- new France --dry-run', 'print what would be written, and write nothing'],
    ],
    define: (command) => {
      command
        .addArgument(new Argument('<action>', 'what to do').choices(['new']))
        .argument('<country>', 'a member state of the European Union')
        .option('--dry-run', 'print what would be written, and write nothing');
    },
    notes: `The new catalogue is empty. The next steps are in docs/joining.md.

Exit code: 0 done, 1 rejected with the reason and nothing changed, 2 the command line is wrong.`,
    run: (options, [, country = '']) => {
      createCountry(parseMemberState(country), options, root, output);
      return 0;
    },
    exitCodeFor: (error) => (error instanceof CountryError ? 1 : undefined),
  };
  return runCli(cli, args, output);
}

function parseMemberState(text: string): MemberState {
  const state = findMemberState(text);
  if (state) return state;
  const names = memberStates.map(({ name }) => name).join(', ');
  throw new CountryError(
    `${JSON.stringify(text.slice(0, 40))} is not a member state of the European Union. They are ${names}.`,
  );
}

function createCountry(
  state: MemberState,
  { dryRun = false }: CommandLine,
  root: string,
  { log }: Pick<Console, 'log'>,
): void {
  const country = toCountry(state);
  const folder = join(root, 'services', country.folder);
  const list = join(root, 'schema/values/countries.ts');
  const text = readFileSync(list, 'utf8');
  if (text.includes(`code: '${country.code}'`))
    throw new CountryError(`${country.name} is in schema/values/countries.ts already.`);
  if (existsSync(folder)) throw new CountryError(`services/${country.folder} exists already.`);
  if (!listEnd.test(text))
    throw new CountryError('The list in schema/values/countries.ts does not end as this command expects.');

  const line = `  { code: '${country.code}', name: '${country.name}', folder: '${country.folder}', adjective: '${country.adjective}', port: ${country.port} },\n`;
  const files = newFiles(country, state);
  for (const path of files.keys()) log(`services/${country.folder}/${path}`);
  log(`schema/values/countries.ts:${line.trimEnd()}`);
  if (dryRun) {
    log('Nothing was written: this was a dry run.');
    return;
  }
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  writeFileSync(list, text.replace(listEnd, `$1${line}$2`));
  const node = (...command: string[]) => spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  // The new files are formatted like the project, so that their first lint passes.
  node('node_modules/oxfmt/bin/oxfmt', folder);
  const generated = node('--import', 'tsx', 'cli/generate.ts');
  if (generated.status !== 0) {
    rmSync(folder, { recursive: true });
    writeFileSync(list, text);
    throw new CountryError(
      `Nothing was changed: the generated files could not be written.\n${generated.stderr.trim()}`,
    );
  }
  log(`${generated.stdout.trim()}\n${country.name} is created. Start it with: npm start -- ${country.folder}`);
}

const listEnd = /(export const countries: readonly Country\[\] = \[\n(?:.*\n)*?)(\];\n)/;

/** The line of a new country, with the next free port after those of the others. */
function toCountry({ code, name, adjective }: MemberState): Country {
  const taken = [...countries.map(({ port }) => port), europe.port];
  let port = Math.max(...countries.map((country) => country.port)) + 1;
  while (taken.includes(port)) port += 1;
  return { code, name, folder: name.toLowerCase(), adjective, port };
}

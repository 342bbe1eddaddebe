import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { countries, type Country, europe } from '../../schema/values/countries.js';
import { type MemberState, memberStateOf, memberStates } from './member-states.js';
import { newFiles } from './new-files.js';

const usage = `Makes a place for a country that joins: its folder under services/, its line in schema/values/countries.ts, the generated files.

  npm run country -- new France            by its English name
  npm run country -- new FR                or its ISO 3166-1 code
  npm run country -- new France --dry-run  say what would be written, and write nothing

Its catalogue is empty. What to do next: docs/joining.md.

Exit code: 0 done, 1 refused with the reason, 2 the command line is wrong. What is refused changes nothing.`;

/** The command `npm run country` in the project at a folder. Gives its exit code. */
export function countryCommand(args: readonly string[], root: string, speech: Pick<Console, 'log' | 'error'>): number {
  const refuse = (message: string, code: number): number => {
    speech.error(message);
    return code;
  };
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    speech.log(usage);
    return 0;
  }
  const dryRun = args.includes('--dry-run');
  const unknown = args.find((argument) => argument.startsWith('-') && argument !== '--dry-run');
  if (unknown !== undefined) return refuse(`There is no option ${JSON.stringify(unknown)}. (See --help.)`, 2);
  const [verb, asked, ...others] = args.filter((argument) => argument !== '--dry-run');
  if (verb !== 'new' || asked === undefined || others.length > 0) {
    return refuse(`Say which country: npm run country -- new France. (See --help.)`, 2);
  }
  const state = memberStateOf(asked);
  if (!state) {
    const known = memberStates.map(({ name }) => name).join(', ');
    return refuse(
      `${JSON.stringify(asked.slice(0, 40))} is no member state of the European Union; there is ${known}.`,
      1,
    );
  }
  const country = lineOf(state);
  const folder = join(root, 'services', country.folder);
  const list = join(root, 'schema/values/countries.ts');
  const text = readFileSync(list, 'utf8');
  if (text.includes(`code: '${country.code}'`))
    return refuse(`${country.name} stands in schema/values/countries.ts already.`, 1);
  if (existsSync(folder)) return refuse(`services/${country.folder} is there already.`, 1);
  if (!listEnd.test(text))
    return refuse('schema/values/countries.ts does not end its list as this command knows it.', 1);

  const line = `  { code: '${country.code}', name: '${country.name}', folder: '${country.folder}', adjective: '${country.adjective}', port: ${country.port} },\n`;
  const files = newFiles(country, state);
  for (const path of files.keys()) speech.log(`services/${country.folder}/${path}`);
  speech.log(`schema/values/countries.ts:${line.trimEnd()}`);
  if (dryRun) {
    speech.log('Nothing was written: this was a dry run.');
    return 0;
  }
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  writeFileSync(list, text.replace(listEnd, `$1${line}$2`));
  const node = (...command: string[]) => spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  // Formatted as the project is, so that its first check passes.
  node('node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'silent', folder);
  const generated = node('--import', 'tsx', 'schema/compose/generate.ts');
  if (generated.status !== 0) {
    rmSync(folder, { recursive: true });
    writeFileSync(list, text);
    return refuse(`Nothing was changed: the generated files could not be written.\n${generated.stderr.trim()}`, 1);
  }
  speech.log(`${generated.stdout.trim()}\n${country.name} has a place. Start it with: npm start -- ${country.folder}`);
  return 0;
}

const listEnd = /(export const countries: readonly Country\[\] = \[\n(?:.*\n)*?)(\];\n)/;

/** The next free port behind those of the countries. */
function lineOf({ code, name, adjective }: MemberState): Country {
  const taken = [...countries.map(({ port }) => port), europe.port];
  let port = Math.max(...countries.map((country) => country.port)) + 1;
  while (taken.includes(port)) port += 1;
  return { code, name, folder: name.toLowerCase(), adjective, port };
}

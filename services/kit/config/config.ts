import { readFileSync } from 'node:fs';

import { z } from 'zod';

declare module 'zod' {
  /** What a setting states about itself. */
  interface GlobalMeta {
    /** The environment variable, such as `MAX_CONCURRENT_REQUESTS`. */
    readonly variable?: string;
    /** The variable's name in earlier releases, or several: startup fails while one is set. */
    readonly renamedFrom?: string | readonly string[];
    /** The value can also be in a file, which the variable with `_FILE` appended names: for secrets. */
    readonly file?: true;
    /** The default as documentation prints it. Default: the schema's own. */
    readonly defaultText?: string;
  }
}

/**
 * The settings of a process, or a part of them. Each setting names its variable; it validates the variable's text, and is undefined
 * or its default if the variable is not set.
 *
 *     { timeoutMs: integer({ min: 1, max: 60_000 }).default(1_000).meta({ variable: 'TIMEOUT_MS', description: '…' }) }
 */
export interface SettingsList {
  readonly [name: string]: z.ZodType | SettingsList;
}

/** The values of a list. */
export type SettingsOf<List> = {
  readonly [Name in keyof List]: List[Name] extends z.ZodType ? z.output<List[Name]> : SettingsOf<List[Name]>;
};

/** The environment does not configure a process correctly; the message has one line for each problem. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Parses the settings of a process from its environment. An empty variable counts as absent.
 *
 * @throws ConfigError with a line for every variable that is missing, invalid or renamed. Values, which may be secret, are not
 * repeated.
 */
export function parseSettings<List extends SettingsList>(list: List, environment: NodeJS.ProcessEnv): SettingsOf<List> {
  const problems: string[] = [];
  const settings = parseList(list, environment, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return settings as SettingsOf<List>;
}

function parseList(list: SettingsList, environment: NodeJS.ProcessEnv, problems: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(list).map(([name, entry]) => [
      name,
      entry instanceof z.ZodType ? parseSetting(entry, environment, problems) : parseList(entry, environment, problems),
    ]),
  );
}

function parseSetting(setting: z.ZodType, environment: NodeJS.ProcessEnv, problems: string[]): unknown {
  const { variable, file, renamedFrom } = getMeta(setting);
  const suffixes = file ? ['', '_FILE'] : [''];
  for (const suffix of suffixes)
    for (const old of [renamedFrom ?? []].flat())
      if (environment[`${old}${suffix}`]) problems.push(`${old}${suffix} was renamed: set ${variable}${suffix}`);
  try {
    const { source, text } = readText(variable, file, environment);
    const result = setting.safeParse(text);
    if (result.success) return result.data;
    const [message = ''] = result.error.issues.map((issue) => issue.message);
    const names = suffixes.map((suffix) => variable + suffix).join(' or ');
    problems.push(text === undefined ? `${names} is missing` : `${source} ${message}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
  }
  return undefined;
}

/** The text of a setting, and the variable that it comes from. */
interface SourcedText {
  readonly source: string;
  readonly text: string | undefined;
}

function readText(variable: string, file: true | undefined, environment: NodeJS.ProcessEnv): SourcedText {
  const fileVariable = `${variable}_FILE`;
  const [value, path] = [environment[variable] || undefined, file && (environment[fileVariable] || undefined)];
  if (path === undefined) return { source: variable, text: value };
  if (value !== undefined) throw new ConfigError([`${variable} and ${fileVariable} are both set; set one of them`]);
  return { source: fileVariable, text: readFile(path, fileVariable) };
}

function readFile(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${variable} names a file that cannot be read: ${String(code)}`]);
  }
}

/** What a setting states about itself. */
export function getMeta(setting: z.ZodType): z.GlobalMeta & { readonly variable: string } {
  const { variable, ...meta } = setting.meta() ?? {};
  if (variable === undefined) throw new Error('A setting does not name its variable.');
  return { variable, ...meta };
}

/** The settings of a list, those of its parts included. */
export const allSettings = (list: SettingsList): z.ZodType[] =>
  Object.values(list).flatMap((entry) => (entry instanceof z.ZodType ? [entry] : allSettings(entry)));

/** The variables of a list, those that name files included. */
export const allVariables = (list: SettingsList): string[] =>
  allSettings(list).flatMap((setting) => {
    const { variable, file } = getMeta(setting);
    return file ? [variable, `${variable}_FILE`] : [variable];
  });

import type { Fetch } from './fetch.js';

/** The body of a fetch's request. */
export const buildFetchBody = (
  { bodyPrefix: bodyStart, variables, requires }: Pick<Fetch, 'bodyPrefix' | 'variables' | 'requires'>,
  values: Readonly<Record<string, unknown>>,
  representations: readonly string[],
): string => buildBody(bodyStart, variables, values, requires ? [['representations', representations]] : []);

/** A request's body: its start, the values of the client's variables, and lists of representations by their names. */
export function buildBody(
  start: string,
  variables: readonly string[],
  values: Readonly<Record<string, unknown>>,
  lists: readonly (readonly [name: string, representations: readonly string[]])[],
): string {
  const given: string[] = [];
  for (const name of variables)
    if (values[name] !== undefined) given.push(`${JSON.stringify(name)}:${JSON.stringify(values[name])}`);
  for (const [name, representations] of lists) given.push(`"${name}":[${representations.join(',')}]`);
  return `${start}${given.join(',')}}}`;
}

/** The body of a request up to the values of its variables. */
export const toBodyPrefix = (query: string): string => `{"query":${JSON.stringify(query)},"variables":{`;

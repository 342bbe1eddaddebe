import type { Fetch } from './fetch.js';

/** Builds the request body of a fetch. */
export const buildFetchBody = (
  { bodyPrefix: bodyStart, variables, requires }: Pick<Fetch, 'bodyPrefix' | 'variables' | 'requires'>,
  values: Readonly<Record<string, unknown>>,
  representations: readonly string[],
): string => buildBody(bodyStart, variables, values, requires ? [['representations', representations]] : []);

/**
 * Builds a request body of its prefix, the values of the client's variables, and lists of representations by their names.
 */
export function buildBody(
  prefix: string,
  variables: readonly string[],
  values: Readonly<Record<string, unknown>>,
  lists: readonly (readonly [name: string, representations: readonly string[]])[],
): string {
  const members: string[] = [];
  for (const name of variables)
    if (values[name] !== undefined) members.push(`${JSON.stringify(name)}:${JSON.stringify(values[name])}`);
  for (const [name, representations] of lists) members.push(`"${name}":[${representations.join(',')}]`);
  return `${prefix}${members.join(',')}}}`;
}

/** Returns the request body up to the values of its variables. */
export const toBodyPrefix = (query: string): string => `{"query":${JSON.stringify(query)},"variables":{`;

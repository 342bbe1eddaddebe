import { readFileSync } from 'node:fs';

import type { SubgraphSource } from '../../schema/compose/compose.js';
import { parseUrl } from '../../schema/values/parse-url.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { readSecrets } from '../../services/kit/config/subgraph-secrets.js';
import { variableOf } from '../start/settings.js';
import type { NamedSubgraph } from './arguments.js';
import { postQuery } from './post-query.js';

/** A subgraph cannot be read; the message says why. */
export class UnreadableSubgraph extends Error {}

const bounds = { patienceMs: 10_000, mostBytes: 4 * 1024 * 1024 };

/**
 * Reads the SDL of a subgraph: asks it when its place is an address, else opens the file.
 *
 * @param known where the gateway finds those that this release knows.
 * @throws UnreadableSubgraph.
 */
export async function readSubgraph(
  { name, place }: NamedSubgraph,
  known: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
): Promise<SubgraphSource> {
  if (/^https?:\/\//i.test(place)) {
    if (!parseUrl(place)) throw new UnreadableSubgraph(`${name}: ${place} is no address.`);
    return { name, url: place, sdl: await askForSdl(name, place, environment) };
  }
  const variable = variableOf(name, 'URL');
  const url = environment[variable] || known.get(name);
  if (url === undefined) {
    throw new UnreadableSubgraph(
      `${name}: this release does not know it; it knows ${[...known.keys()].join(', ')}. If it is new, ${variable} says where the gateway finds it.`,
    );
  }
  try {
    return { name, url, sdl: readFileSync(place, 'utf8') };
  } catch (error) {
    throw new UnreadableSubgraph(`${name}: ${place} cannot be read: ${String((error as NodeJS.ErrnoException).code)}.`);
  }
}

async function askForSdl(name: string, url: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const answer = await ask(name, url, secretOf(name, environment));
  const sdl = (answer as { data?: { _service?: { sdl?: unknown } } } | null)?.data?._service?.sdl;
  if (typeof sdl === 'string') return sdl;
  throw new UnreadableSubgraph(`${name}: ${url} does not answer { _service { sdl } } as a subgraph does.`);
}

async function ask(name: string, url: string, secret: string | undefined): Promise<unknown> {
  try {
    const { status, text } = await postQuery(url, secret, { query: '{ _service { sdl } }' }, bounds);
    if (status === 401) {
      const variable = variableOf(name, 'SUBGRAPH_SECRETS');
      const hint = secret === undefined ? `set ${variable} or ${variable}_FILE` : `${variable} holds another secret`;
      throw new UnreadableSubgraph(`${name}: ${url} wants its secret: ${hint}.`);
    }
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof UnreadableSubgraph) throw error;
    if (error instanceof SyntaxError) return null;
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? 'it cannot be reached';
    throw new UnreadableSubgraph(
      `${name}: ${url} does not answer: ${timedOut ? `nothing in ${bounds.patienceMs / 1000} s` : cause}.`,
    );
  }
}

/** Not every subgraph asks for one. */
function secretOf(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const variable = variableOf(name, 'SUBGRAPH_SECRETS');
  if (!environment[variable] && !environment[`${variable}_FILE`]) return undefined;
  try {
    return readSecrets(`${name.toUpperCase()}_SUBGRAPH_SECRETS`, environment)[0];
  } catch (error) {
    throw error instanceof ConfigError ? new UnreadableSubgraph(error.message) : error;
  }
}

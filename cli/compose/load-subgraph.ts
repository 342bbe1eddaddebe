import { readFileSync } from 'node:fs';

import type { SubgraphSource } from '../../schema/compose/subgraph-sources.js';
import { parseUrl } from '../../schema/values/parse-url.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { readSecrets } from '../../services/kit/config/subgraph-secrets.js';
import { variableOf } from '../start/settings.js';
import type { NamedSubgraph } from './compose-arguments.js';
import { postQuery } from './post-query.js';

/** A subgraph cannot be read; the message states why. */
export class SubgraphUnreadableError extends Error {}

const limits = { timeoutMs: 10_000, maxBytes: 4 * 1024 * 1024 };

/**
 * Loads the SDL of a subgraph: queries it if its source is an address, otherwise reads the file.
 *
 * @param known the addresses at which the gateway finds the subgraphs that this release knows.
 * @throws SubgraphUnreadableError.
 */
export async function loadSubgraph(
  { name, source }: NamedSubgraph,
  known: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
): Promise<SubgraphSource> {
  if (/^https?:\/\//i.test(source)) {
    if (!parseUrl(source)) throw new SubgraphUnreadableError(`${name}: ${source} is not a valid address.`);
    return { name, url: source, sdl: await fetchSdl(name, source, environment) };
  }
  const variable = variableOf(name, 'URL');
  const url = environment[variable] || known.get(name);
  if (url === undefined) {
    throw new SubgraphUnreadableError(
      `${name}: this release does not know it; it knows ${[...known.keys()].join(', ')}. If it is new, set ${variable} to the address at which the gateway finds it.`,
    );
  }
  try {
    return { name, url, sdl: readFileSync(source, 'utf8') };
  } catch (error) {
    throw new SubgraphUnreadableError(
      `${name}: ${source} cannot be read: ${String((error as NodeJS.ErrnoException).code)}.`,
    );
  }
}

async function fetchSdl(name: string, url: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const response = await query(name, url, secretOf(name, environment));
  const sdl = (response as { data?: { _service?: { sdl?: unknown } } } | null)?.data?._service?.sdl;
  if (typeof sdl === 'string') return sdl;
  throw new SubgraphUnreadableError(`${name}: ${url} does not respond to { _service { sdl } } as a subgraph does.`);
}

async function query(name: string, url: string, secret: string | undefined): Promise<unknown> {
  try {
    const { status, text } = await postQuery(url, secret, { query: '{ _service { sdl } }' }, limits);
    if (status === 401) {
      const variable = variableOf(name, 'SUBGRAPH_SECRETS');
      const hint = secret === undefined ? `set ${variable} or ${variable}_FILE` : `${variable} contains another secret`;
      throw new SubgraphUnreadableError(`${name}: ${url} requires its secret: ${hint}.`);
    }
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SubgraphUnreadableError) throw error;
    if (error instanceof SyntaxError) return null;
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? 'it cannot be reached';
    throw new SubgraphUnreadableError(
      `${name}: ${url} does not respond: ${timedOut ? `no response within ${limits.timeoutMs / 1000} s` : cause}.`,
    );
  }
}

/** Undefined if none is set: not every subgraph requires one. */
function secretOf(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const variable = variableOf(name, 'SUBGRAPH_SECRETS');
  if (!environment[variable] && !environment[`${variable}_FILE`]) return undefined;
  try {
    return readSecrets(`${name.toUpperCase()}_SUBGRAPH_SECRETS`, environment)[0];
  } catch (error) {
    throw error instanceof ConfigError ? new SubgraphUnreadableError(error.message) : error;
  }
}

import { detectCountry } from '../../schema/sdl/served-sdl.js';
import { CompositionError } from '../../schema/sdl/parse-sdl.js';
import { entityChecks } from './checks/entities.js';
import { errorChecks } from './checks/errors.js';
import { feedChecks } from './checks/feed.js';
import { listChecks } from './checks/lists.js';
import { nameChecks } from './checks/names.js';
import { sdlChecks } from './checks/sdl.js';
import { countChecks, timeChecks } from './checks/time.js';
import { at, type Check, createQuery, type Finding, NoResponseError, type Subject } from './subject.js';

/** In the order in which the author of a new subgraph encounters them. */
export const checks: readonly Check[] = [
  ...sdlChecks,
  ...entityChecks,
  ...nameChecks,
  ...timeChecks,
  ...countChecks,
  ...listChecks,
  ...feedChecks,
  ...errorChecks,
];

/** The result of one check. */
export interface Outcome {
  readonly name: string;
  readonly why: string;
  /** UNTRIED: the catalogue has no data to check it with. */
  readonly result: 'PASSED' | 'FAILED' | 'UNTRIED';
  readonly findings: readonly Finding[];
}

/** The address is not a subgraph of a country; the message states why. */
export class NotACountryError extends Error {}

/**
 * Queries a subgraph for its SDL and its country.
 *
 * @param code the country that it must be of. Default: any.
 * @throws NotACountryError.
 */
export async function describeSubgraph(url: string, secret: string | undefined, code?: string): Promise<Subject> {
  const query = createQuery(url, secret);
  const served = await query('{ _service { sdl } }').catch((error: unknown) => {
    throw new NotACountryError(`${url} does not respond: ${(error as NoResponseError).message}.`);
  });
  if (served.status === 401) {
    throw new NotACountryError(
      secret === undefined
        ? `${url} requires a secret: set SUBGRAPH_SECRETS.`
        : `${url} rejects the secret: set SUBGRAPH_SECRETS to the one that the subgraph was started with.`,
    );
  }
  const sdl = at(served.data, '_service', 'sdl');
  if (typeof sdl !== 'string')
    throw new NotACountryError(`${url} is not a subgraph: { _service { sdl } } returns no SDL.`);
  const country = readCountry(url, sdl);
  const ownCode = at((await query(`{ ${country.folder} { country } }`)).data, country.folder, 'country');
  if (typeof ownCode !== 'string' || !/^[A-Z]{2}$/.test(ownCode) || (code !== undefined && code !== ownCode)) {
    throw new NotACountryError(
      `${url} is of the country ${JSON.stringify(ownCode)}; expected ${code ?? 'two capital letters'}.`,
    );
  }
  return {
    url,
    secret,
    sdl,
    ...country,
    code: ownCode,
    prefix: ownCode.toLowerCase(),
    query,
    queryCatalogue: (selection, variables = {}, declared = '') =>
      query(`query ${declared} { catalogue: ${country.folder} { ${selection} } }`, variables),
  };
}

function readCountry(url: string, sdl: string): { folder: string; adjective: string } {
  try {
    const country = detectCountry(url, sdl);
    if (country) return country;
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    throw new NotACountryError(error.reasons.join('\n'));
  }
  throw new NotACountryError(
    `${url}: Query must have one field, of a type <Adjective>Catalogue, such as \`france: FrenchCatalogue\`.`,
  );
}

/** Runs every check on a subgraph, one after the other. */
export async function* examine(subject: Subject): AsyncGenerator<Outcome> {
  for (const { name, why, run } of checks) {
    const findings = await run(subject).catch((error: unknown): Finding[] => [
      {
        request: error instanceof NoResponseError ? error.request : 'the requests of this check',
        expected: 'a response',
        received: error instanceof Error ? error.message : String(error),
      },
    ]);
    const result = findings === null ? 'UNTRIED' : findings.length === 0 ? 'PASSED' : 'FAILED';
    yield { name, why, result, findings: findings ?? [] };
  }
}

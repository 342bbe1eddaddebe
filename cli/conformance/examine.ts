import { detectCountry } from '../../schema/sdl/served-sdl.js';
import { CompositionError } from '../../schema/sdl/parse-sdl.js';
import { entityChecks } from './checks/entities.js';
import { errorChecks } from './checks/errors.js';
import { feedChecks } from './checks/feed.js';
import { listChecks } from './checks/lists.js';
import { nameChecks } from './checks/names.js';
import { sdlChecks } from './checks/sdl.js';
import { countChecks, timeChecks } from './checks/time.js';
import { at, type Check, createQuery, type Finding, type Subject } from './subject.js';

/** In the order in which somebody who builds a subgraph meets them. */
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

/** How a subgraph stands to one thing that the contract says. */
export interface Outcome {
  readonly name: string;
  readonly why: string;
  /** UNTRIED: its data gave nothing to try it on. */
  readonly result: 'PASSED' | 'FAILED' | 'UNTRIED';
  readonly findings: readonly Finding[];
}

/** What stands there is no subgraph of a country; the message says why. */
export class NotACountryError extends Error {}

/**
 * Asks a subgraph what it is.
 *
 * @param code the country it should be of. Default: whatever it says.
 * @throws NoCountry.
 */
export async function describeSubgraph(url: string, secret: string | undefined, code?: string): Promise<Subject> {
  const ask = createQuery(url, secret);
  const served = await ask('{ _service { sdl } }').catch((error: unknown) => {
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message;
    throw new NotACountryError(`${url} does not answer: ${cause}.`);
  });
  if (served.status === 401) {
    throw new NotACountryError(
      `${url} wants its secret: ${secret === undefined ? 'set' : 'another one is in'} SUBGRAPH_SECRETS.`,
    );
  }
  const sdl = at(served.data, '_service', 'sdl');
  if (typeof sdl !== 'string')
    throw new NotACountryError(`${url} does not answer { _service { sdl } } as a subgraph does.`);
  const country = readCountry(url, sdl);
  const said = at((await ask(`{ ${country.folder} { country } }`)).data, country.folder, 'country');
  if (typeof said !== 'string' || !/^[A-Z]{2}$/.test(said) || (code !== undefined && code !== said)) {
    throw new NotACountryError(
      `${url} says that it is of ${JSON.stringify(said)}; that should be ${code ?? 'two capital letters'}.`,
    );
  }
  return {
    url,
    secret,
    sdl,
    ...country,
    code: said,
    prefix: said.toLowerCase(),
    query: ask,
    queryCatalogue: (selection, variables = {}, declared = '') =>
      ask(`query ${declared} { catalogue: ${country.folder} { ${selection} } }`, variables),
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

/** Holds a subgraph against everything that the contract says, one thing after the other. */
export async function* examine(subject: Subject): AsyncGenerator<Outcome> {
  for (const { name, why, run } of checks) {
    const findings = await run(subject).catch((error: unknown): Finding[] => [
      {
        request: 'see the check',
        expected: 'an answer',
        received: error instanceof Error ? error.message : String(error),
      },
    ]);
    const result = findings === null ? 'UNTRIED' : findings.length === 0 ? 'PASSED' : 'FAILED';
    yield { name, why, result, findings: findings ?? [] };
  }
}

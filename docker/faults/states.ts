import { countries } from '../../schema/countries.js';
import type { Answer } from './client.js';

/** What an error says of the state of its country. */
const stateOf: Readonly<Record<string, string>> = {
  SUBGRAPH_UNAVAILABLE: 'UNAVAILABLE',
  SUBGRAPH_TIMEOUT: 'TIMEOUT',
  SUBGRAPH_BAD_RESPONSE: 'ERROR',
  SUBGRAPH_ERROR: 'ERROR',
};

/** Where `extensions.catalogues` says something else of a country than the errors do. */
export function contradictions({ errors = [], extensions }: Pick<Answer, 'errors' | 'extensions'>): readonly string[] {
  const told = extensions?.['catalogues'] as readonly { country: string; state: string }[] | undefined;
  // Once the gateway sends them with every answer: ['extensions.catalogues is missing'].
  if (told === undefined) return [];
  return told.flatMap(({ country, state }) => {
    const folder = countries.find(({ code }) => code === country)?.folder;
    const codes = errors.flatMap(({ extensions: of }) => (of?.['service'] === folder ? [String(of?.['code'])] : []));
    const possible = codes.length === 0 ? ['OK', 'STALE'] : codes.map((code) => stateOf[code] ?? 'OK');
    return possible.includes(state) ? [] : [`${country} is said to be ${state}, which is ${possible.join(' or ')}`];
  });
}

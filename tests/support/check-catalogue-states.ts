import { countries } from '../../schema/values/countries.js';
import type { Answer } from './client.js';

/** What an error says of the state of its country. */
const stateOf: Readonly<Record<string, string>> = {
  SUBGRAPH_UNAVAILABLE: 'UNAVAILABLE',
  SUBGRAPH_TIMEOUT: 'TIMEOUT',
  SUBGRAPH_BAD_RESPONSE: 'ERROR',
  SUBGRAPH_ERROR: 'ERROR',
};

/** How a country did, or what links the countries, which has no code. */
interface Told {
  readonly country?: string;
  readonly service?: string;
  readonly state: string;
}

/** Where `extensions.catalogues` says something else of a service than the errors do. */
export function checkCatalogueStates({
  errors = [],
  extensions,
}: Pick<Answer, 'errors' | 'extensions'>): readonly string[] {
  const told = extensions?.['catalogues'] as readonly Told[] | undefined;
  const isMissing = told === undefined && errors.some(({ extensions: of }) => of?.['service'] !== undefined);
  if (isMissing) return ['extensions.catalogues is missing'];
  if (told === undefined) return [];
  return told.flatMap(({ country, service, state }) => {
    const folder = service ?? countries.find(({ code }) => code === country)?.folder;
    const codes = errors.flatMap(({ extensions: of }) => (of?.['service'] === folder ? [String(of?.['code'])] : []));
    const possible = codes.length === 0 ? ['OK', 'STALE'] : codes.map((code) => stateOf[code] ?? 'OK');
    return possible.includes(state)
      ? []
      : [`${folder ?? ''} is said to be ${state}, which is ${possible.join(' or ')}`];
  });
}

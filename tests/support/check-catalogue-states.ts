import { countries } from '../../schema/values/countries.js';
import type { GraphQLResponse } from './client.js';

/** The state of a country by the code of its error. */
const stateOf: Readonly<Record<string, string>> = {
  SUBGRAPH_UNAVAILABLE: 'UNAVAILABLE',
  SUBGRAPH_TIMEOUT: 'TIMEOUT',
  SUBGRAPH_BAD_RESPONSE: 'ERROR',
  SUBGRAPH_ERROR: 'ERROR',
};

/** The state of a country, or of Europe, which has no country code. */
interface CatalogueState {
  readonly country?: string;
  readonly service?: string;
  readonly state: string;
}

/** The services whose state in `extensions.catalogues` contradicts the errors. */
export function checkCatalogueStates({
  errors = [],
  extensions,
}: Pick<GraphQLResponse, 'errors' | 'extensions'>): readonly string[] {
  const states = extensions?.['catalogues'] as readonly CatalogueState[] | undefined;
  const isMissing = states === undefined && errors.some(({ extensions: of }) => of?.['service'] !== undefined);
  if (isMissing) return ['extensions.catalogues is missing'];
  if (states === undefined) return [];
  return states.flatMap(({ country, service, state }) => {
    const folder = service ?? countries.find(({ code }) => code === country)?.folder;
    const codes = errors.flatMap(({ extensions: of }) => (of?.['service'] === folder ? [String(of?.['code'])] : []));
    const possible = codes.length === 0 ? ['OK', 'STALE'] : codes.map((code) => stateOf[code] ?? 'OK');
    return possible.includes(state)
      ? []
      : [`the state of ${folder ?? ''} is ${state}, and should be ${possible.join(' or ')}`];
  });
}

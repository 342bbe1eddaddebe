import { memberStates } from '../../cli/new-country/member-states.js';
import { readContract, subgraphSources, type SubgraphSource } from '../../schema/compose/subgraph-sources.js';
import { countrySdl, europeSdl } from '../../schema/sdl/subgraph-sdl.js';
import { countries, type Country, europe } from '../../schema/values/countries.js';

/** The member states without a catalogue, as `npm run country` adds them. */
export const addedCountries: readonly Country[] = memberStates
  .filter(({ code }) => countries.every((country) => country.code !== code))
  .map(({ code, name, adjective }) => ({ code, name, folder: name.toLowerCase(), adjective, port: 0 }));

/** The subgraphs of the present countries, or of all member states, at these URLs. */
export function unionSources(added: readonly Country[], urlOf: (name: string) => string): SubgraphSource[] {
  const contract = readContract();
  const present = subgraphSources(contract).filter(({ name }) => name !== europe.folder);
  const others = added.map((country) => ({ name: country.folder, sdl: countrySdl(contract, country, '') }));
  const index = { name: europe.folder, sdl: europeSdl(contract, [...countries, ...added]) };
  return [...present, ...others, index].map(({ name, sdl }) => ({ name, url: urlOf(name), sdl }));
}

import { existsSync } from 'node:fs';

import { countries, type Country, europe } from '../values/countries.js';
import { projectPath, readProjectFile } from '../files.js';
import { nationalPath } from '../sdl/national-fields.js';
import { type Contract, countrySdl, europeSdl } from '../sdl/subgraph-sdl.js';

/** A subgraph as the composer sees it. */
export interface SubgraphSource {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** The committed texts of `schema/contract/`. */
export const readContract = (): Contract => ({
  shared: readProjectFile('schema/contract/shared.graphql'),
  country: readProjectFile('schema/contract/country.graphql'),
  europe: readProjectFile('schema/contract/europe.graphql'),
});

/** The subgraphs of the contract: the countries in their order, then Europe. */
export function subgraphSources(contract: Contract = readContract()): SubgraphSource[] {
  const local = (port: number): string => `http://127.0.0.1:${port}/subgraph`;
  return [
    ...countries.map((country) => ({
      name: country.folder,
      url: local(country.port),
      sdl: countrySdl(contract, country, readNational(country)),
    })),
    { name: europe.folder, url: local(europe.port), sdl: europeSdl(contract, countries) },
  ];
}

/** A country that adds nothing needs no file. */
function readNational(country: Country): string {
  const path = nationalPath(country);
  return existsSync(projectPath(path)) ? readProjectFile(path) : '';
}

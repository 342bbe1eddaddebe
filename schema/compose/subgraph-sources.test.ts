import { countries, europe } from '../values/countries.js';
import { readSubgraphSdl } from '../files.js';
import { readContract, subgraphSources } from './subgraph-sources.js';

it('subgraphSources returns every country in the order of the list, then Europe', () => {
  expect(subgraphSources().map(({ name }) => name)).toEqual([...countries.map(({ folder }) => folder), europe.folder]);
});

it('subgraphSources returns the address of each subgraph on this machine', () => {
  expect(subgraphSources().map(({ url }) => url)).toEqual(
    [...countries, europe].map(({ port }) => `http://127.0.0.1:${port}/subgraph`),
  );
});

it('subgraphSources adds the national fields in the folder of each country', () => {
  const [denmark] = subgraphSources();
  expect(denmark?.sdl).toBe(readSubgraphSdl('denmark'));
  expect(denmark?.sdl).toContain('kommunekode: String');
});

it('subgraphSources uses the contract that it is given', () => {
  const contract = readContract();
  const country = `${contract.country}\n"New." scalar Novelty`;
  const haveNovelty = subgraphSources({ ...contract, country }).map(({ sdl }) => sdl.includes('scalar Novelty'));
  expect(haveNovelty).toEqual([...countries.map(() => true), false]);
});

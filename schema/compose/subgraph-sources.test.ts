import { countries, europe } from '../values/countries.js';
import { readSubgraphSdl } from '../files.js';
import { readContract, subgraphSources } from './subgraph-sources.js';

it('are every country in the order of the list, then Europe', () => {
  expect(subgraphSources().map(({ name }) => name)).toEqual([...countries.map(({ folder }) => folder), europe.folder]);
});

it('are found where each listens on this machine', () => {
  expect(subgraphSources().map(({ url }) => url)).toEqual(
    [...countries, europe].map(({ port }) => `http://127.0.0.1:${port}/subgraph`),
  );
});

it('have the national fields of their folders', () => {
  const [denmark] = subgraphSources();
  expect(denmark?.sdl).toBe(readSubgraphSdl('denmark'));
  expect(denmark?.sdl).toContain('kommunekode: String');
});

it('are made from the contract that they are given', () => {
  const contract = readContract();
  const country = `${contract.country}\n"New." scalar Novelty`;
  const with_ = subgraphSources({ ...contract, country }).map(({ sdl }) => sdl.includes('scalar Novelty'));
  expect(with_).toEqual([...countries.map(() => true), false]);
});

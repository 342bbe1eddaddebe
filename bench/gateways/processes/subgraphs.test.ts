import { countries, europe } from '../../../schema/values/countries.js';
import { readSubgraphs } from './subgraphs.js';

const names = [...countries, europe].map(({ folder }) => folder);
const urls = Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:1/${name}`]));

it('readSubgraphs returns the URL of every subgraph', () => {
  expect(readSubgraphs(urls)).toEqual(names.map((name) => ({ name, url: `http://127.0.0.1:1/${name}`, headers: {} })));
});

it('readSubgraphs returns the first secret of a subgraph as a header', () => {
  const [denmark] = readSubgraphs({ ...urls, DENMARK_SUBGRAPH_SECRETS: 'new,old' });
  expect(denmark).toEqual({
    name: 'denmark',
    url: 'http://127.0.0.1:1/denmark',
    headers: { authorization: 'Bearer new' },
  });
});

it('readSubgraphs reports a missing variable by its name', () => {
  expect(() => readSubgraphs({ ...urls, EUROPE_URL: undefined })).toThrow(
    'The environment variable EUROPE_URL is missing.',
  );
});

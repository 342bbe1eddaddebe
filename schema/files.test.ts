import { findOutdatedFiles, readProjectFile } from './files.js';

it('findOutdatedFiles finds a file that is missing, or differs in a letter', () => {
  const path = 'schema/supergraph.graphql';
  const content = readProjectFile(path);
  expect(findOutdatedFiles(new Map([[path, content]]))).toEqual([]);
  expect(findOutdatedFiles(new Map([[path, `${content} `]]))).toEqual([path]);
  expect(findOutdatedFiles(new Map([['schema/absent.graphql', '']]))).toEqual(['schema/absent.graphql']);
});

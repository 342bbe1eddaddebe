import { readdirSync } from 'node:fs';

import { parse, validate } from 'graphql';

import { projectPath, readProjectFile } from '../../../schema/files.js';
import { graphSchema } from '../testing/fake-gateway.js';
import { readExamples, readLists } from './stored-operations.js';

const folder = 'services/portal/operations';
const files = readdirSync(projectPath(folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.graphql'),
);

it.each(files)('%s is valid in the graph', (file) => {
  expect(validate(graphSchema, parse(readProjectFile(`${folder}/${file}`)))).toEqual([]);
});

it('stored operations have a name of their own and a description', () => {
  const operations = [...readLists(), ...readExamples()];
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
  expect(operations.filter(({ description }) => description === '')).toEqual([]);
  expect(operations.find(({ name }) => name === 'europe-on-a-day')?.exampleVariables).toEqual({ day: '2017-08-07' });
});

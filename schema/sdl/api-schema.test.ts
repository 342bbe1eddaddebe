import { printSchema } from 'graphql';

import { apiSchema } from './api-schema.js';
import { readProjectFile } from '../files.js';
import { CompositionError } from './parse-sdl.js';

const supergraph = readProjectFile('schema/supergraph.graphql');

it('is what clients see of a supergraph', () => {
  const printed = printSchema(apiSchema('the supergraph', supergraph));
  expect(printed).toContain('type DanishAdministration implements');
  expect(printed).not.toMatch(/join__|link__|@inaccessible|\bref\b/);
});

it('takes a schema without a composer’s directives as it is', () => {
  const printed = printSchema(apiSchema('the supergraph', supergraph));
  expect(printSchema(apiSchema('a file', printed))).toBe(printed);
});

it('says of which text it is that it is no SDL', () => {
  expect(() => apiSchema('old.graphql', 'not SDL')).toThrow(CompositionError);
  expect(() => apiSchema('old.graphql', 'not SDL')).toThrow('[old.graphql] Syntax Error');
});

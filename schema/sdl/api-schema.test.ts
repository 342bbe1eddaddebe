import { printSchema } from 'graphql';

import { apiSchema } from './api-schema.js';
import { readProjectFile } from '../files.js';
import { CompositionError } from './parse-sdl.js';

const supergraph = readProjectFile('schema/supergraph.graphql');

it('apiSchema returns the part of a supergraph that clients see', () => {
  const printed = printSchema(apiSchema('the supergraph', supergraph));
  expect(printed).toContain('type DanishAdministration implements');
  expect(printed).not.toMatch(/join__|link__|@inaccessible|\bref\b/);
});

it('apiSchema returns a schema without composition directives unchanged', () => {
  const printed = printSchema(apiSchema('the supergraph', supergraph));
  expect(printSchema(apiSchema('a file', printed))).toBe(printed);
});

it('apiSchema names the text that is not valid SDL', () => {
  expect(() => apiSchema('old.graphql', 'not SDL')).toThrow(CompositionError);
  expect(() => apiSchema('old.graphql', 'not SDL')).toThrow('[old.graphql] Syntax Error');
});

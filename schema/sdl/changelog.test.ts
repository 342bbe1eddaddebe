import { type GraphQLFieldMap, type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

import { readProjectFile } from '../files.js';
import { apiSchema } from './api-schema.js';
import { readChangelog } from './changelog.js';
import { contractVersion } from './contract-version.js';

const changelog = readChangelog();

it('the changelog begins with the version of the contract', () => {
  expect(/^## (\S+)$/m.exec(changelog)?.[1]).toBe(contractVersion);
});

it('the changelog names fields that exist', () => {
  const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
  const named = [...changelog.matchAll(/`([A-Z]\w+)\.(\w+)`/g)].map(([, type = '', field = '']) => ({ type, field }));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ type, field }) => !(field in fieldsOf(schema, type)))).toEqual([]);
});

function fieldsOf(schema: GraphQLSchema, name: string): GraphQLFieldMap<unknown, unknown> | object {
  const type = schema.getType(name);
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {};
}

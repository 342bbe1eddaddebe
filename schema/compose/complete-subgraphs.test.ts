import { parse, print, visit } from 'graphql';

import { readProjectFile } from '../files.js';
import { readAbsentFields } from '../sdl/absent-fields.js';
import { apiSchema } from '../sdl/api-schema.js';
import { clientChanges } from './breaking-changes.js';
import { completeSubgraphs } from './complete-subgraphs.js';
import { compose } from './compose.js';
import type { SubgraphSource } from './subgraph-sources.js';
import { subgraphSources } from './subgraph-sources.js';

const subgraphs = subgraphSources();

/** The subgraphs, where Denmark lacks fields and values of these names and states this version of the contract. */
const withDanish = (missing: readonly string[], version: string | null): SubgraphSource[] =>
  subgraphs.map((subgraph) => {
    if (subgraph.name !== 'denmark') return subgraph;
    const remove = ({ name }: { readonly name: { readonly value: string } }): null | undefined =>
      missing.includes(name.value) ? null : undefined;
    const sdl = print(visit(parse(subgraph.sdl), { FieldDefinition: remove, EnumValueDefinition: remove }));
    return {
      ...subgraph,
      sdl: version === null ? sdl : sdl.replace(/@contract\(version: "[^"]*"\)/, `@contract(version: "${version}")`),
    };
  });

/** A field of a value type, one of an interface, and a value of an enum. */
const added = ['validByStandard', 'legalForm', 'NEED_HOLDER'];

it('a country of an earlier contract composes without nullable fields that were added since, which clients keep', () => {
  const supergraph = compose(withDanish(added, '1.0'));
  const before = apiSchema('the release', readProjectFile('schema/supergraph.graphql'));
  const after = apiSchema('the graph', supergraph);
  expect(clientChanges(before, after)).toEqual([]);
  // Clients do not see how the supergraph states it.
  expect(after.getDirective('join__absent')).toBeUndefined();
  expect([...readAbsentFields(parse(supergraph))]).toEqual([
    [
      'denmark',
      expect.arrayContaining(['CatalogueRecord.validByStandard', 'Consortium.legalForm', 'DanishConsortium.legalForm']),
    ],
  ]);
});

it('countries of this contract are composed as they are', () => {
  expect(completeSubgraphs(subgraphs)).toEqual({ subgraphs, absent: new Map() });
  expect(readAbsentFields(parse(readProjectFile('schema/supergraph.graphql'))).size).toBe(0);
});

it('a country of this contract has to have every field, and any country every field that is not nullable', () => {
  expect(() => compose(withDanish(added, null))).toThrow(/legalForm|validByStandard/);
  expect(() => compose(withDanish(['confirmed'], '1.0'))).toThrow(/confirmed/);
});

import { buildSchema, getOperationAST, Kind, parse } from 'graphql';

import { toPath, type InvalidValue } from '../validation/findings.js';
import { excludeSelections } from './exclude-selections.js';
import { createResponseNames } from './response-names.js';
import { compileResponseShape } from './response-shape.js';

const schema = buildSchema(`
  interface Body { id: ID! name: String tags: [String!] }
  type Town implements Body { id: ID! name: String tags: [String!] size: Size mayor: Person! people: [Person!]! }
  type Group implements Body { id: ID! name: String tags: [String!] members: [Body] }
  type Person { name: String! age: Int }
  enum Size { SMALL LARGE }
  interface Subject { id: ID! name: String }
  type Matter implements Subject { id: ID! name: String size: Size }
  type Query { subject: Subject town: Town bodies: [Body] body: Body }
`);

const names = createResponseNames({ fields: ['id', 'name', 'tags'], withArguments: ['tags'] });
const options = { names, interfaceObjects: new Set(['Subject']), memory: { bytes: 0 } };

function shape(query: string, data: Record<string, unknown>, conditions: Record<string, boolean> = {}) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const problems: InvalidValue[] = [];
  const { complete } = compileResponseShape(
    { schema, operation: excludeSelections(operation, conditions), fragments },
    options,
  );
  return { data: complete(data, problems), problems: problems.map((problem) => [problem.fault, toPath(problem)]) };
}

const town = { __typename: 'Town', ref: 'x', id: 't', name: 'T', size: 'SMALL', mayor: { name: 'M' }, people: [] };

it('the shape contains the selected fields in order, and none that only the gateway fetched', () => {
  const { data, problems } = shape('{ town { size again: name id people { name } } }', {
    town: { ...town, again: 'T' },
  });
  expect(JSON.stringify(data)).toBe('{"town":{"size":"SMALL","again":"T","id":"t","people":[]}}');
  expect(problems).toEqual([]);
});

it('the shape has the fields of each type, and its name under any alias', () => {
  const query = `{ bodies { kind: __typename ...Both ... on Group { members { id } } } }
    fragment Both on Body { id ... on Town { size } }`;
  const bodies = [town, { __typename: 'Group', id: 'g', members: [town, null] }, null];
  expect(shape(query, { bodies })).toEqual({
    data: {
      bodies: [
        { kind: 'Town', id: 't', size: 'SMALL' },
        { kind: 'Group', id: 'g', members: [{ id: 't' }, null] },
        null,
      ],
    },
    problems: [],
  });
});

it('the shape merges fields that are selected twice', () => {
  const { data } = shape('{ town { mayor { name } ... on Town { mayor { age } } } }', {
    town: { ...town, mayor: { name: 'M', age: 4 } },
  });
  expect(data).toEqual({ town: { mayor: { name: 'M', age: 4 } } });
});

it('the shape leaves out what @skip and @include exclude', () => {
  const query =
    'query ($yes: Boolean!) { town { id @skip(if: $yes) name @include(if: $yes) size @include(if: false) } }';
  expect(shape(query, { town }, { yes: true }).data).toEqual({ town: { name: 'T' } });
  expect(shape(query, { town }, { yes: false }).data).toEqual({ town: { id: 't' } });
});

describe('the shape of values that the schema does not allow', () => {
  it.each([
    ['{ town { name } }', { town: [] }, { town: null }, ['not a Town', ['town']]],
    ['{ town { name } }', { town: 'x' }, { town: null }, ['not a Town', ['town']]],
    ['{ town { size } }', { town: { size: 'HUGE' } }, { town: { size: null } }, ['not a Size', ['town', 'size']]],
    ['{ town { tags } }', { town: { tags_alias: 'x' } }, { town: { tags: null } }, ['not a list', ['town', 'tags']]],
    ['{ bodies { id } }', { bodies: [{ id: 'x' }] }, { bodies: [null] }, ['not a Body', ['bodies', 0]]],
    ['{ bodies { id } }', { bodies: [{ __typename: 'Person' }] }, { bodies: [null] }, ['not a Body', ['bodies', 0]]],
    ['{ bodies { id } }', { bodies: [{ __typename: {} }] }, { bodies: [null] }, ['not a Body', ['bodies', 0]]],
    ['{ town { constructor: name } }', { town: {} }, { town: { constructor: null } }, null],
    [
      '{ subject { id __typename } }',
      { subject: { __typename: 'Subject', id: 'x' } },
      { subject: null },
      ['an object of type Subject, of which no subgraph returned the type', ['subject', '__typename']],
    ],
  ])('completes %s: %j as %j', (query, sent, data, problem) => {
    expect(shape(query, sent)).toEqual({ data, problems: problem ? [problem] : [] });
  });

  it('propagates null to the nearest nullable parent, and reports it once', () => {
    const nothing = 'null for a non-null type';
    expect(
      shape('{ town { name people { name } } }', { town: { ...town, people: [{ name: 'A' }, { name: null }] } }),
    ).toEqual({
      data: { town: null },
      problems: [[nothing, ['town', 'people', 1, 'name']]],
    });
    expect(shape('{ bodies { tags } }', { bodies: [{ ...town, tags_alias: ['a', null] }] })).toEqual({
      data: { bodies: [{ tags: null }] },
      problems: [[nothing, ['bodies', 0, 'tags', 1]]],
    });
  });
});

it('the shape reports a limited number of invalid values, and completes all', () => {
  const { data, problems } = shape('{ bodies { id } }', { bodies: Array(5_000).fill({ id: 'x' }) });
  expect(problems).toHaveLength(1_000);
  expect(data).toEqual({ bodies: Array(5_000).fill(null) });
});

it('the shape allows aliases that JavaScript objects inherit', () => {
  const query = '{ __proto__: town { id } toString: town { id } proto__: town { id } }';
  const { data } = shape(query, { __proto___alias: town, proto__: null });
  expect(JSON.stringify(data)).toBe('{"__proto__":{"id":"t"},"toString":null,"proto__":null}');
});

it('the shape has the names of the client, also where the gateway fetches another field under such a name', () => {
  const fetched = {
    __typename: 'Town',
    id: 't',
    id_alias: 'T',
    __typename_alias: 'SMALL',
    tags: [],
    tags_alias: ['a'],
  };
  const { data } = shape('{ town { id: name __typename: size kind: __typename tags } }', {
    town: fetched,
  });
  expect(JSON.stringify(data)).toBe('{"town":{"id":"T","__typename":"SMALL","kind":"Town","tags":["a"]}}');
});

it('the shape of an object of which a subgraph knows only the interface has the fields of that', () => {
  const query = '{ subject { id ... on Subject { name } ... on Matter { size } } }';
  for (const __typename of ['Subject', undefined])
    expect(shape(query, { subject: { __typename, id: 'x', name: 'X', size: 'SMALL' } })).toEqual({
      data: { subject: { id: 'x', name: 'X' } },
      problems: [],
    });
  expect(shape('{ body { id } }', { body: { __typename: 'Body', id: 'x' } }).data).toEqual({
    body: null,
  });
});

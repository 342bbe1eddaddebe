import { buildSchema, getOperationAST, Kind, parse, print } from 'graphql';

import { excludeSelections } from './exclude-selections.js';
import { createPlannerDocument } from './planner-document.js';
import { createResponseNames } from './response-names.js';

const schema = buildSchema(`
  interface Body { id: ID! name: String }
  type Town implements Body { id: ID! name: String }
  type City implements Body { id: ID! name: String }
  union Place = Note | Town | City
  type Note { id: ID! text(length: Int): String note: Note }
  type Query { body(id: ID): Body town: Town note: Note place: Place }
`);
const names = createResponseNames({
  fields: ['id', 'name', 'text', 'note'],
  withArguments: ['text'],
});

/** The document for the planner of the only operation in a text, or of the one called `Selected`. */
function write(query: string) {
  const document = parse(query);
  const operation = getOperationAST(document, 'Selected') ?? getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const conditions = { a: true, b: false };
  return createPlannerDocument(
    {
      schema,
      operation: excludeSelections(operation, conditions),
      fragments: new Map(fragments.map((fragment) => [fragment.name.value, excludeSelections(fragment, conditions)])),
    },
    { isOwned: (name) => name === 'Town' || name === 'City', names },
  );
}

it('createPlannerDocument keeps an ordinary operation and drops the others', () => {
  const { text, renamed } = write(
    'query Other { note { id } } query Selected($id: ID) { body(id: $id) { name ...F } } fragment F on Body { id }',
  );
  expect(text).toBe(print(parse('query Selected($id: ID) { body(id: $id) { name ...F } } fragment F on Body { id }')));
  expect(renamed.size).toBe(0);
});

it('createPlannerDocument adds the id of an organisation where only its type is selected', () => {
  const { text } = write('{ body { __typename ... on Town { name } } town { kind: __typename } note { __typename } }');
  expect(text).toBe(
    print(parse('{ body { __typename ... on Town { name } id } town { kind: __typename id } note { __typename } }')),
  );
});

it.each([
  ['{ town { name @include(if: $b) __typename } }', '{ town { __typename id } }'],
  ['{ town { name @include(if: $a) __typename } }', '{ town { name __typename } }'],
  ['{ town { ...F @skip(if: $a) } }', '{ town { id } }'],
  ['{ town { ... on Body { ...F @skip(if: $b) @include(if: true) } } }', '{ town { ... on Body { ...F } } }'],
  ['{ body { ... on Body { ...F } ...G } }', '{ body { ... on Body { ...F } ...G } }'],
  ['{ body { ...G } }', '{ body { ...G id } }'],
  ['{ body { ...G ... on City { id } __typename } }', '{ body { ...G ... on City { id } __typename } }'],
  ['{ place { ...G } }', '{ place { ...G ... on City { id } } }'],
  ['{ note { text_: text @skip(if: $a) } }', '{ note { __typename } }'],
  ['{ note { ... { id @skip(if: $a) } } }', '{ note { ... { __typename } __typename } }'],
  [
    '{ note { ... { note { id @skip(if: true) } } } town @skip(if: $a) { id } }',
    '{ note { ... { note { __typename } } } }',
  ],
])('createPlannerDocument adds a field of each object where conditions exclude all others: %s', (query, written) => {
  const fragments = (text: string) =>
    ['fragment F on Body { name }', 'fragment G on Town { name }'].filter((each) =>
      text.includes(`...${each[9] ?? ''}`),
    );
  const toText = (text: string): string => `query ($a: Boolean!, $b: Boolean!) ${[text, ...fragments(text)].join(' ')}`;
  expect(write(toText(query)).text).toBe(print(parse(toText(written))));
});

it('createPlannerDocument renames what the planner may add with another meaning', () => {
  const { text } = write(
    '{ note { id: __typename __typename: text id_alias: text text other: text x: id note { id } } }',
  );
  expect(text).toBe(
    print(
      parse(
        '{ note { id_alias: __typename __typename_alias: text id_alias_alias: text text_alias: text other: text x: id note { id } } }',
      ),
    ),
  );
});

it('createPlannerDocument leaves introspection to the gateway, and drops the fragments of it', () => {
  const introspection = 'a: __schema { types { ...T } } ... on Query { __type(name: "Town") { isOneOf } }';
  const fragments = 'fragment T on __Type { isOneOf ...U } fragment U on __Type { name }';
  expect(write(`{ ${introspection} __typename } ${fragments}`).text).toBeNull();
  expect(write(`{ note { id } ${introspection} } ${fragments}`).text).toBe(
    print(parse('{ note { id } __typename ... on Query { __typename } }')),
  );
});

it('createPlannerDocument renames variables with reserved names', () => {
  const { text, renamed } = write(
    'query ($representations: ID, $representations_: ID) { a: body(id: $representations) { id } b: body(id: $representations_) { id } }',
  );
  expect(text).toContain('a: body(id: $representations_)');
  expect([...renamed]).toEqual([
    ['representations', 'representations_'],
    ['representations_', 'representations__'],
  ]);
  const others = write('query ($representations_0: ID, $constructor: ID, $representation: ID) { note { id } }');
  expect([...others.renamed.keys()]).toEqual(['representations_0', 'constructor']);
});

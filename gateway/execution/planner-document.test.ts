import { buildSchema, getOperationAST, Kind, parse, print } from 'graphql';

import { createPlannerDocument } from './planner-document.js';

const schema = buildSchema(`
  interface Body { id: ID! name: String }
  type Town implements Body { id: ID! name: String }
  type Note { id: ID! text: String }
  type Query { body(id: ID): Body town: Town note: Note }
`);

function write(query: string) {
  const document = parse(query);
  const operation = getOperationAST(document, 'Selected') ?? getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return createPlannerDocument(schema, operation, fragments, (name) => name === 'Town');
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
    print(
      parse(
        '{ body { __typename ... on Town { name } existence_: id } town { kind: __typename existence_: id } note { __typename } }',
      ),
    ),
  );
});

it('createPlannerDocument renames a variable with the reserved name', () => {
  const { text, renamed } = write(
    'query ($representations: ID, $representations_: ID) { a: body(id: $representations) { id } b: body(id: $representations_) { id } }',
  );
  expect(text).toContain('body(id: $representations__)');
  expect([...renamed]).toEqual([['representations', 'representations__']]);
});

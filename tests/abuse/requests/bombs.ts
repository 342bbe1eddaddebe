import { type Abuse, requestBody, path, type Rejection, times } from './abuse.js';

const tooLarge = (limit: string): Rejection => ({ status: 400, code: 'QUERY_TOO_LARGE', limit });
const tooDeep: Rejection = { status: 400, code: 'QUERY_TOO_DEEP', limit: 'depth' };
/** The depth is unknown, as the parser ran out of stack. */
const tooDeepToRead: Rejection = { status: 400, code: 'QUERY_TOO_DEEP' };
const invalid: Rejection = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' };

const bomb = (name: string, query: string, rejection: Rejection): Abuse => ({
  name,
  body: requestBody(query),
  rejection,
});

/** Fragments each of which contains the next one twice. */
const doubling = (levels: number, root: string, type: string, leaf: string): string =>
  `{ ${root} { ...F0 } } ${times(levels, (level) => `fragment F${level} on ${type} { ...F${level + 1} ...F${level + 1} }`)}
   fragment F${levels} on ${type} { ${leaf} }`;

/** Four levels of entity lists, each several times: cheap to execute, and expensive to plan for organisations of any country. */
function entityLists(aliases: number): string {
  const lists = (alias: string, inner: string): string =>
    times(aliases, (index) => `${alias}${index}: adoptions(first: 1) { nodes { ${inner} } }`);
  return `{ solution(address: "github.com/os2mo/os2mo") { ...F1 } }
  fragment F1 on Solution { ${lists('a', 'administration { ...F2 }')} }
  fragment F2 on Administration { ${lists('b', 'solution { ...F3 }')} }
  fragment F3 on Solution { ${lists('c', 'administration { ...F4 }')} }
  fragment F4 on Administration { ${lists('d', 'solution { name }')} }`;
}

/** Approximately the introspection query of tools. */
const introspection = `{ types { fields(includeDeprecated: true) {
  name description args { name description type { name kind ofType { name kind ofType { name } } } }
  type { name kind ofType { name kind ofType { name kind } } }
} } }`;

const lists =
  'denmark consortia(first:200) nodes members(first:200) nodes member memberships consortium members(first:200)';
/** A consortium has members, which have memberships, which have a consortium. */
const circle = 'members nodes member memberships consortium ';

/** Short operations that are expensive to execute, to plan or to validate. */
export const bombs: readonly Abuse[] = [
  bomb('aliases', `{ denmark { ${times(900, (index) => `a${index}: id`)} } }`, tooLarge('aliases')),
  bomb('aliases at the root', `{ ${times(50, (index) => `a${index}: denmark { id }`)} }`, tooLarge('rootFields')),
  bomb(
    'aliases at the root, in a fragment',
    `{ ...A } fragment A on Query { ${times(50, (index) => `a${index}: denmark { id }`)} }`,
    tooLarge('rootFields'),
  ),
  bomb('one field repeatedly', `{ denmark { ${'id '.repeat(3_900)} } }`, tooLarge('fields')),
  bomb('lists within lists', `{ ${path(lists, 'totalCount')} }`, tooLarge('cost')),
  bomb(
    'a text that is written for every row, 55 times',
    `{ italy { records(first: 200) { nodes { ${times(55, (index) => `p${index}: publiccode`)} } } } }`,
    tooLarge('cost'),
  ),
  bomb(
    'a series of 500 days for every row, ten times',
    `{ solutions(first: 200) { nodes { ${times(10, (index) => `g${index}: growth(from: "1984-12-31", to: "2026-07-${10 + index}", interval: MONTH) { asOf }`)} } } }`,
    tooLarge('cost'),
  ),
  bomb('a circle of members', `{ ${path(`denmark consortia nodes ${circle.repeat(40)}`, 'id')} }`, tooDeep),
  {
    ...bomb('nesting deeper than the stack', '{ id '.repeat(180_000), tooLarge('characters')),
    alternative: tooDeepToRead,
  },
  bomb('too many tokens', `{ denmark { ${'id '.repeat(30_000)} } }`, tooLarge('tokens')),
  bomb('a list in a list in a list', `{ organisations(ids: ${'['.repeat(500)}${']'.repeat(500)}) { id } }`, invalid),
  bomb('fragments that double', doubling(29, 'denmark', 'DanishCatalogue', 'id'), tooLarge('cost')),
  bomb(
    'fragments that double three hundred times',
    doubling(300, 'denmark', 'DanishCatalogue', 'id'),
    tooLarge('fragments'),
  ),
  bomb('fragments that double in the schema', doubling(29, '__schema', '__Schema', 'types { name }'), tooLarge('cost')),
  bomb('entity lists under aliases in fragments', entityLists(3), tooLarge('expandedSelections')),
  bomb('many entity lists under aliases in fragments', entityLists(7), tooLarge('expandedSelections')),
  bomb(
    'fragments in a circle',
    '{ denmark { ...A } } fragment A on DanishCatalogue { ...B } fragment B on DanishCatalogue { ...A }',
    invalid,
  ),
  bomb('unknown directives', `{ denmark { id ${'@unknown'.repeat(1_900)} } }`, tooLarge('directives')),
  bomb('known directives', `{ denmark { id ${'@skip(if: false)'.repeat(500)} } }`, tooLarge('directives')),
  bomb('introspection in a circle', `{ ${path(`__schema types ${'fields type '.repeat(8)}`, 'name')} }`, invalid),
  bomb('types of types', `{ ${path(`__schema types ${'ofType '.repeat(900)}`, 'name')} }`, tooDeep),
  bomb(
    'introspection thirty times',
    `{ ${times(30, (index) => `a${index}: __schema ${introspection}`)} }`,
    tooLarge('cost'),
  ),
  bomb('a text of spaces', `{ denmark { id ${' '.repeat(900_000)} } }`, tooLarge('characters')),
  bomb('a text of comments', `{ denmark { id ${'#\n'.repeat(300_000)} } }`, tooLarge('characters')),
];

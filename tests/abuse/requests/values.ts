import { type Abuse, requestBody, type Rejection } from './abuse.js';

const query = 'query ($ids: [ID!]) { organisations(ids: $ids) { id } }';
const tooMany: Rejection = { status: 400, code: 'QUERY_TOO_LARGE', limit: 'values' };
const unreadable = (status: number, limit: string): Rejection => ({ status, code: 'BAD_REQUEST', limit });
/** An argument that is rejected by its field does not affect other fields. */
const fieldError = (code: string): Rejection => ({ status: 200, code });

const inDenmark = (args: string): (() => string) =>
  requestBody(`{ denmark { administrations(${args}) { nodes { id } } } }`);
const encodeCursor = (key: unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Variables that are too many, too deep or of another type, and ids and cursors that no response contained. */
export const values: readonly Abuse[] = [
  {
    name: 'variables of 1.1 MB',
    body: requestBody(query, { ids: ['x'.repeat(1_100_000)] }),
    rejection: unreadable(413, 'bytes'),
  },
  {
    name: 'a list that is nested 450,000 times',
    body: () => `{"query":${JSON.stringify(query)},"variables":{"ids":${'['.repeat(450_000)}${']'.repeat(450_000)}}}`,
    rejection: tooMany,
  },
  {
    name: 'a list that is nested 1,000 times',
    body: () => `{"query":${JSON.stringify(query)},"variables":{"ids":${'['.repeat(1_000)}${']'.repeat(1_000)}}}`,
    rejection: unreadable(400, 'levelsOfVariables'),
  },
  {
    name: 'an unknown field in an object with a text of 90,000 letters',
    body: requestBody('query ($i: IdentifierInput!) { administration(identifier: $i) { id } }', {
      i: { scheme: 'DK_KOMMUNE', notation: '1', other: 'x'.repeat(90_000) },
    }),
    rejection: { status: 400, code: 'BAD_USER_INPUT' },
  },
  {
    name: 'an id of 900,000 letters in variables',
    body: requestBody(query, { ids: ['x'.repeat(900_000)] }),
    rejection: { status: 400, code: 'QUERY_TOO_LARGE', limit: 'variableCharacters' },
  },
  {
    name: 'objects in the place of strings',
    body: requestBody(query, { ids: Array(90_000).fill({ a: 1 }) }),
    rejection: tooMany,
  },
  {
    name: 'thirty thousand ids',
    body: requestBody(query, { ids: Array(30_000).fill('dk:administration:1') }),
    rejection: tooMany,
  },
  {
    name: 'an id of 90,000 letters',
    body: requestBody(`{ organisation(id: "${'x'.repeat(90_000)}") { id } }`),
    rejection: fieldError('INVALID_ID'),
  },
  {
    name: 'an invented id',
    body: requestBody('{ organisation(id: "0820\' OR 1=1 --") { id } }'),
    rejection: fieldError('INVALID_ID'),
  },
  { name: 'an invented cursor', body: inDenmark('after: "abc"'), rejection: fieldError('INVALID_CURSOR') },
  {
    name: 'an invented cursor in the form of real ones',
    body: inDenmark(`after: "${encodeCursor(['DK ADMINISTRATION NAME ASC', { $gt: '' }, 'b'])}"`),
    rejection: fieldError('INVALID_CURSOR'),
  },
];

import { type Abuse, bodyOf, type Refusal } from './abuse.js';

const query = 'query ($ids: [ID!]) { organisations(ids: $ids) { id } }';
const tooMany: Refusal = { status: 400, code: 'QUERY_TOO_LARGE', limit: 'values' };
const unreadable = (status: number, limit: string): Refusal => ({ status, code: 'BAD_REQUEST', limit });
/** Of what is refused where it is read, the rest may be answered. */
const refusedBy = (code: string): Refusal => ({ status: 200, code });

const inDenmark = (args: string): (() => string) => bodyOf(`{ denmark { administrations(${args}) { nodes { id } } } }`);
const madeUp = (key: unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Variables that are too many, too deep or of another kind, and ids and cursors that nobody gave. */
export const values: readonly Abuse[] = [
  {
    name: 'variables of 1.1 MB',
    body: bodyOf(query, { ids: ['x'.repeat(1_100_000)] }),
    refusal: unreadable(413, 'bytes'),
  },
  {
    name: 'a list that is 450,000 deep',
    body: () => `{"query":${JSON.stringify(query)},"variables":{"ids":${'['.repeat(450_000)}${']'.repeat(450_000)}}}`,
    refusal: unreadable(400, 'levelsOfVariables'),
  },
  {
    name: 'objects where texts should be',
    body: bodyOf(query, { ids: Array(90_000).fill({ a: 1 }) }),
    refusal: tooMany,
  },
  {
    name: 'ids without end',
    body: bodyOf(query, { ids: Array(30_000).fill('dk:administration:1') }),
    refusal: tooMany,
  },
  {
    name: 'an id of 90,000 letters',
    body: bodyOf(`{ organisation(id: "${'x'.repeat(90_000)}") { id } }`),
    refusal: refusedBy('INVALID_ID'),
  },
  {
    name: 'an id made up',
    body: bodyOf('{ organisation(id: "0820\' OR 1=1 --") { id } }'),
    refusal: refusedBy('INVALID_ID'),
  },
  { name: 'a cursor made up', body: inDenmark('after: "abc"'), refusal: refusedBy('INVALID_CURSOR') },
  {
    name: 'a cursor made up by somebody who looked',
    body: inDenmark(`after: "${madeUp(['DK ADMINISTRATION NAME ASC', { $gt: '' }, 'b'])}"`),
    refusal: refusedBy('INVALID_CURSOR'),
  },
];

import { gzipSync } from 'node:zlib';

import { addresses, type Attack } from '../attack.js';
import { filledCountries } from '../../support/filled-countries.js';
import { floodAttack, graphqlRequest } from '../flood.js';
import { times } from '../requests/abuse.js';

/** The members of every consortium of a country, as many as differ by turn. */
const members = (country: string, turn: number): string =>
  `${country} { consortia(first: 50) { nodes { members(first: ${100 + (turn % 100)}) { nodes { member { id name memberships { role } } } } } } }`;

/** A page with the members of every consortium of all countries, and an organisation that differs by turn. */
export const slowOperation = (turn: number): string => `query ($id: ID!) {
  organisation(id: $id) { id }
  ${filledCountries.map((country) => members(country, turn)).join('\n')}
}`;

/** 28 times the same fields of a country: little text, and much to retain for each operation. */
const bulkyOperation = (turn: number): string =>
  `{ ${times(28, (index) => `a${index}: denmark { ${'id '.repeat(33)}}`)} z${turn}: __typename }`;

/** Entity lists under aliases in fragments, each of which contains the next several times: nearly too expensive to plan. */
const expensivePlan = (turn: number): string => `{ turn${turn}: solution(address: "github.com/os2mo/os2mo") { ...F1 } }
fragment F1 on Solution { ${times(3, (index) => `a${index}: adoptions(first: 1) { nodes { administration { ...F2 } } }`)} }
fragment F2 on Administration { ${times(2, (index) => `b${index}: adoptions(first: 1) { nodes { solution { ...F3 } } }`)} }
fragment F3 on Solution { ${times(3, (index) => `c${index}: adoptions(first: 1) { nodes { administration { ...F4 } } }`)} }
fragment F4 on Administration { ${times(2, (index) => `d${index}: adoptions(first: 1) { nodes { solution { name } } }`)} }`;

/** Growth by month of 200 solutions, under some aliases. */
const growth = (aliases: number, from: string): string =>
  `{ solutions(first: 200) { nodes { ${times(aliases, (index) => `g${index}: growth(from: "${from}", to: "2026-07-31", interval: MONTH) { asOf }`)} } } }`;

const dayOf = (turn: number): number => 10 + (turn % 20);

const publiccodes = (turn: number): string =>
  `{ turn${turn}: __typename records(first: 200) { nodes { ${times(55, (index) => `p${index}: publiccode`)} } } }`;

const nestedLists = (turn: number) => ({
  headers: { 'content-encoding': 'gzip' },
  body: gzipSync(
    JSON.stringify({
      query: `query Turn${turn} ($ids: [ID!]) { organisations(ids: $ids) { id } }`,
      variables: { ids: Array(20_000).fill([[[]]]) },
    }),
  ),
});

const repeatedFields = (turn: number): string =>
  `{ turn${turn}: __typename ${'denmark { consortia { nodes { id name } } } '.repeat(190)} }`;

/** What an anonymous client can do: many, expensive and unread requests. */
export const clientAttacks: readonly Attack[] = [
  floodAttack('520 slow operations at a time', {
    concurrency: 520,
    request: (turn) => graphqlRequest(slowOperation(turn), { id: `zz:administration:${turn}` }),
  }),
  floodAttack('distinct operations that are bulky to retain', {
    concurrency: 4,
    request: (turn) => graphqlRequest(bulkyOperation(turn)),
  }),
  floodAttack('operations that are expensive to plan', {
    concurrency: 16,
    clients: 8,
    request: (turn) => graphqlRequest(expensivePlan(turn)),
  }),
  // By turns as expensive as an operation may be, and too expensive.
  floodAttack('growth by month over four decades for 200 solutions', {
    concurrency: 8,
    request: (turn) => graphqlRequest(growth(4 + (turn % 2), `1985-01-${dayOf(turn)}`)),
  }),
  floodAttack('growth with a point too many for 200 solutions', {
    concurrency: 8,
    request: (turn) => graphqlRequest(growth(4, `1984-12-${dayOf(turn)}`)),
  }),
  floodAttack('55 times publiccode.yml of 200 records', {
    concurrency: 8,
    request: (turn) => graphqlRequest(publiccodes(turn)),
  }),
  floodAttack('nested lists in zipped variables', { concurrency: 8, request: nestedLists }),
  floodAttack('190 repeated fields', { concurrency: 8, request: (turn) => graphqlRequest(repeatedFields(turn)) }),
  floodAttack('200 slow operations at a time at Denmark’s own endpoint', {
    concurrency: 200,
    service: 'denmark',
    request: (turn) => graphqlRequest(`{ turn${turn}: __typename ${members('denmark', turn)} }`),
  }),
  floodAttack('another port of the same address for each request', {
    concurrency: 16,
    request: (turn) => ({
      ...graphqlRequest(`{ denmark { country } }`),
      headers: { 'x-forwarded-for': `${addresses.attacker()}:${1024 + (turn % 60_000)}` },
    }),
  }),
];

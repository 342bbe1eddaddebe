import type { Attack } from '../attack.js';
import { floodAttack, graphqlRequest } from '../flood.js';

const words = ['digital', 'portal', 'council', 'school', 'tax', 'library', 'waste', 'road', 'permit', 'archive'];
/** Three words that differ by turn. */
export const wordsOf = (turn: number): string =>
  [turn, Math.floor(turn / 10), Math.floor(turn / 100)].map((number) => words[number % words.length]).join(' ');

/** Operations of which each is well within the limits, as many as the budget of a client allows. */
export const expensiveOperations: readonly Attack[] = [
  floodAttack('searches, each for other words', {
    concurrency: 32,
    request: (turn) =>
      graphqlRequest(
        `query ($text: String) { solutions(search: $text, first: 50) { totalCount nodes { id name reuse { country adopters } } } }`,
        { text: `${wordsOf(turn)} ${turn}` },
      ),
  }),
  floodAttack('reuse checks of long texts', {
    concurrency: 32,
    request: (turn) =>
      graphqlRequest(
        `query ($text: String!) { reuseCheck(text: $text) { candidates(first: 5) { solution { name } reasons } } }`,
        { text: `${words.join(' ')} ${wordsOf(turn)} ${turn}` },
      ),
  }),
  floodAttack('the largest administrations of all countries on other days', {
    concurrency: 32,
    request: (turn) =>
      graphqlRequest(
        `query ($day: Date) { catalogues { administrations(first: 20, asOf: $day, orderBy: { field: POPULATION, direction: DESC }) { nodes { id name } } } }`,
        { day: `20${10 + (turn % 16)}-0${1 + (turn % 9)}-1${turn % 10}` },
      ),
  }),
  floodAttack('large responses, compressed', {
    concurrency: 8,
    request: (turn) => ({
      ...graphqlRequest(
        `{ turn${turn}: __typename italy { administrations(first: 200) { nodes { id name identifiers { scheme notation } memberships { id role consortium { id name homepage } } } } } }`,
      ),
      headers: { 'accept-encoding': 'br' },
    }),
  }),
];

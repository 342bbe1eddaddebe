import { readProjectFile } from '../../schema/files.js';
import type { ScenarioId } from '../arguments.js';
import type { Code } from './identifiers.js';
import { cachingGateways, gateways, type Gateway } from './gateway-list.js';

/** A way of asking, and who is asked so. */
export interface Scenario {
  readonly letter: ScenarioId;
  readonly title: string;
  readonly query: string;
  /** How many different requests there are. Far more than are under way at once, so that no gateway can share anything. */
  readonly requests: number;
  /** The variables of the nth. */
  readonly variables: (turn: number) => Readonly<Record<string, unknown>>;
  readonly peers: readonly Gateway[];
  /** Whether a server is asked as well that does nothing but send what the first peer answers. */
  readonly besideBareServer: boolean;
}

/** Fields that no gateway can share among requests: each is asked for a day of its own. */
const one = `query One($code: IdentifierInput!, $day: Date!) {
  administration(identifier: $code) {
    name kind homepage population(asOf: $day) { count } memberships(asOf: $day) { role consortium { name } }
  }
}`;

const europe = `query Europe($day: Date!, $first: Int!) {
  catalogues {
    country
    title(language: "en")
    consortia(asOf: $day, first: $first) {
      totalCount
      nodes {
        id name
        openTo { kinds nuts description(language: "en") }
        coverage(asOf: $day) { knownMembers eligible share complete closestClaim { statement source } }
        members(asOf: $day, first: $first) {
          totalCount
          nodes { role during { start } member { id name country identifiers(asOf: $day) { scheme notation } } }
        }
      }
    }
    administrations(asOf: $day, first: $first, filter: { memberOfNone: false }) {
      nodes { id name kind level population(asOf: $day) { count } memberships(asOf: $day) { role consortium { id name } } }
    }
  }
  solutions(first: $first) {
    nodes {
      name address licence
      publishers { name country memberships(asOf: $day) { role } }
      maintainers { name country coverage(asOf: $day) { knownMembers } }
      reuse(asOf: $day) { country adopters }
    }
  }
}`;

/** @param codes of each country. */
export const createScenarios = (codes: readonly (readonly Code[])[]): readonly Scenario[] => [
  {
    letter: 'a',
    title: 'a small query, another body and day each time',
    query: one,
    requests: 300,
    variables: (turn) => ({ code: codeOf(codes, turn), day: dayOf(turn) }),
    peers: gateways,
    besideBareServer: false,
  },
  {
    letter: 'b',
    title: 'a heavy query over all countries, another day each time',
    query: europe,
    requests: 60,
    variables: (turn) => ({ day: dayOf(turn), first: 40 }),
    peers: gateways,
    besideBareServer: false,
  },
  {
    letter: 'c',
    title: 'one query again and again',
    query: readProjectFile('gateway/playground/operations/3-europe-on-a-day.graphql'),
    requests: 1,
    variables: () => ({ day: '2017-08-07' }),
    peers: [...cachingGateways, ...gateways],
    besideBareServer: true,
  },
];

/** From each country in turn, so that a large one does not hide the others. */
function codeOf(codes: readonly (readonly Code[])[], turn: number): Code | undefined {
  const ofCountry = codes[turn % codes.length] ?? [];
  return ofCountry[Math.floor(turn / codes.length) % ofCountry.length];
}

const firstDay = Date.UTC(2016, 0, 1);
const days = 3_653;
const oneDay = 24 * 60 * 60 * 1000;

/** A day of ten years. The stride is prime, so that each comes once before one comes again. */
const dayOf = (turn: number): string =>
  new Date(firstDay + ((turn * 1_009) % days) * oneDay).toISOString().slice(0, 10);

import { readProjectFile } from '../../schema/files.js';
import type { ScenarioId } from '../arguments.js';
import type { Code } from './identifiers.js';
import { cachingGateways, gateways, type Gateway } from './gateway-list.js';

/** The requests that gateways receive, and the gateways. */
export interface Scenario {
  readonly id: ScenarioId;
  readonly title: string;
  readonly query: string;
  /** The number of different requests: far more than are concurrent, so that no gateway can share anything. */
  readonly requests: number;
  /** The variables of the nth. */
  readonly variables: (turn: number) => Readonly<Record<string, unknown>>;
  readonly gateways: readonly Gateway[];
  /** What is measured as well: a server that only sends the response of the first gateway, or one that sends its requests to subgraphs. */
  readonly beside: 'bare server' | 'bare gateway';
}

/** Fields that no gateway can share among requests: each request has another day. */
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
    id: 'a',
    title: 'a small query, another administration and day each time',
    query: one,
    requests: 300,
    variables: (turn) => ({ code: codeOf(codes, turn), day: dayOf(turn) }),
    gateways,
    beside: 'bare gateway',
  },
  {
    id: 'b',
    title: 'a heavy query over all countries, another day each time',
    query: europe,
    requests: 60,
    variables: (turn) => ({ day: dayOf(turn), first: 40 }),
    gateways,
    beside: 'bare gateway',
  },
  {
    id: 'c',
    title: 'one query repeatedly',
    query: readProjectFile('gateway/playground/operations/3-europe-on-a-day.graphql'),
    requests: 1,
    variables: () => ({ day: '2017-08-07' }),
    gateways: [...cachingGateways, ...gateways],
    beside: 'bare server',
  },
];

/** A code of each country in turn, so that a large country does not hide the others. */
function codeOf(codes: readonly (readonly Code[])[], turn: number): Code | undefined {
  const ofCountry = codes[turn % codes.length] ?? [];
  return ofCountry[Math.floor(turn / codes.length) % ofCountry.length];
}

const firstDay = Date.UTC(2016, 0, 1);
const days = 3_653;
const oneDay = 24 * 60 * 60 * 1000;

/** A day in a period of ten years. The stride is prime, so that each occurs once before one occurs again. */
const dayOf = (turn: number): string =>
  new Date(firstDay + ((turn * 1_009) % days) * oneDay).toISOString().slice(0, 10);

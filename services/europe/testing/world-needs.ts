import type { Random } from '../../kit/testing/random.js';
import type { Relation } from '../crosswalk/relations.js';
import { areas, idOf, kinds, numbers, type Organisation, type Span, spanOf, worldCountries } from './world-rows.js';

export interface WorldCode {
  readonly id: string;
  readonly country: string;
  readonly scheme: string;
  readonly notation: string;
  readonly broader: string | null;
}

/** A statement of how a code relates to another one or a topic, each as `SCHEME:notation`. */
export interface WorldMapping {
  readonly id: string;
  readonly country: string;
  readonly from: string;
  readonly relation: Relation;
  readonly to: string;
}

export interface WorldNeed {
  readonly id: string;
  readonly country: string;
  readonly statement: string;
  readonly codes: readonly string[];
}

export interface WorldHolder extends Span {
  readonly id: string;
  readonly needId: string;
  readonly holderId: string | null;
  readonly rule: { readonly kind: string; readonly nuts: string } | null;
  readonly rawName: string | null;
  readonly state: string;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
}

/** What countries publish about needs. */
export interface WorldNeeds {
  readonly codes: readonly WorldCode[];
  readonly mappings: readonly WorldMapping[];
  readonly needs: readonly WorldNeed[];
  readonly holders: readonly WorldHolder[];
}

/** A list that two countries contain. */
const commonScheme = 'EU_COMMON';
export const needTopics = ['library', 'waste', 'hr', 'culture'];
export const needStates = ['STATED', 'FUNDED', 'TENDERED', 'MET', 'WITHDRAWN'];
const relations: readonly Relation[] = ['EXACT', 'EXACT', 'CLOSE', 'BROADER', 'NARROWER', 'RELATED'];

const makeCodes = (): WorldCode[] => [
  ...worldCountries.flatMap((country) =>
    ['1', '1.1', '1.2', '2', '2.1', '3'].map((notation) => ({
      id: idOf(country, 'code', notation.replace('.', '-')),
      country,
      scheme: `${country}_LIST`,
      notation,
      broader: notation.includes('.') ? (notation.split('.')[0] ?? null) : null,
    })),
  ),
  ...['DK', 'BE'].map((country) => ({
    id: idOf(country, 'code', 'common'),
    country,
    scheme: commonScheme,
    notation: 'a',
    broader: null,
  })),
];

/** Creates needs without words of a topic, so that only their codes lead to topics. */
export function makeNeeds(random: Random, organisations: readonly Organisation[]): WorldNeeds {
  const codes = makeCodes();
  const keys = [...codes.map(({ scheme, notation }) => `${scheme}:${notation}`), 'DK_LIST:unlisted'];
  const administrations = organisations.filter(({ type }) => type === 'administration');
  const mappings = numbers(45).map((number): WorldMapping => {
    const country = random.pick(worldCountries);
    const from = random.pick([...keys.filter((key) => key.startsWith(country)), `${commonScheme}:a`]);
    const to = random.chance(0.6) ? `TOPIC:${random.pick(needTopics)}` : random.pick(keys);
    return { id: idOf(country, 'code-mapping', number), country, from, relation: random.pick(relations), to };
  });
  const needs = numbers(24).map((number): WorldNeed => {
    const country = random.pick(worldCountries);
    const own = keys.filter((key) => key.startsWith(country));
    const stated = [...new Set([random.pick(own), random.pick(keys)])].slice(0, random.below(3));
    return { id: idOf(country, 'need', number), country, statement: `Qua ${number % 5}`, codes: stated };
  });
  const holders = numbers(160).map((number): WorldHolder => {
    const need = random.pick(needs);
    const isRule = random.chance(0.15);
    const nuts = random.pick(areas.filter((area) => area.startsWith(need.country)));
    const holderId = random.pick([random.pick(administrations).id, random.pick(organisations).id, null]);
    return {
      id: idOf(need.country, 'need-holder', number),
      needId: need.id,
      holderId: isRule ? null : holderId,
      rule: isRule ? { kind: random.pick(kinds), nuts } : null,
      rawName: isRule || holderId !== null ? null : random.pick(['Qua', 'Quo']),
      state: random.pick(needStates),
      amount: random.chance(0.4)
        ? { amount: `${random.below(2000)}.${random.pick(['5', '25', '000'])}`, currency: random.pick(['DKK', 'EUR']) }
        : null,
      ...spanOf(random),
    };
  });
  return { codes, mappings: mappings.filter(({ from, to }) => from !== to), needs, holders };
}

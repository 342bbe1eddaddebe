import { byKey, counts, distinct, exists } from './model-rules.js';
import { needStates, type WorldHolder, type WorldMapping, type WorldNeed } from './world-needs.js';
import type { Organisation } from './world-rows.js';
import type { World } from './world.js';

type Relation = WorldMapping['relation'];
interface ModelStep {
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
  readonly isInverted: boolean;
}
/** What a concept leads to, and the path by which. */
export interface ModelMatch {
  readonly to: string;
  readonly relation: Relation;
  readonly path: readonly ModelStep[];
}

const names: readonly Relation[] = ['EXACT', 'CLOSE', 'BROADER', 'NARROWER', 'RELATED'];
const inverse: Readonly<Record<Relation, Relation>> = {
  EXACT: 'EXACT',
  CLOSE: 'CLOSE',
  BROADER: 'NARROWER',
  NARROWER: 'BROADER',
  RELATED: 'RELATED',
};
/** The rules of decision 38, as a table: what two steps give. A pair that is missing gives nothing. */
const composed: Readonly<Record<string, Relation>> = {
  'EXACT EXACT': 'EXACT',
  'EXACT CLOSE': 'CLOSE',
  'CLOSE EXACT': 'CLOSE',
  'CLOSE CLOSE': 'CLOSE',
  'EXACT BROADER': 'BROADER',
  'BROADER EXACT': 'BROADER',
  'CLOSE BROADER': 'BROADER',
  'BROADER CLOSE': 'BROADER',
  'BROADER BROADER': 'BROADER',
  'EXACT NARROWER': 'NARROWER',
  'NARROWER EXACT': 'NARROWER',
  'CLOSE NARROWER': 'NARROWER',
  'NARROWER CLOSE': 'NARROWER',
  'NARROWER NARROWER': 'NARROWER',
};
const strength = (relation: Relation): number =>
  ({ EXACT: 0, CLOSE: 1, BROADER: 2, NARROWER: 2, RELATED: 3 })[relation];

/** The strongest relation, then the shortest path, then the first as a text. */
const inOrder = (matches: readonly ModelMatch[]): ModelMatch[] =>
  byKey(matches, ({ to, relation, path }) => [
    strength(relation),
    path.length,
    JSON.stringify([to, ...path.map((step) => [step.to, step.relation, step.isInverted])]),
  ]);

const bestOfEach = (matches: readonly ModelMatch[]): ModelMatch[] =>
  inOrder(matches).filter(({ to }, place, all) => all.findIndex((other) => other.to === to) === place);

/** Computes from what countries publish which needs there are on a day, and what codes lead to. */
export function createNeedModel({ needs: { codes, mappings, needs, holders }, organisations }: World, day: string) {
  const organisationOf = new Map(organisations.map((organisation) => [organisation.id, organisation]));
  const isListed = (country: string, key: string): boolean =>
    codes.some((code) => code.country === country && `${code.scheme}:${code.notation}` === key);
  const stated = [
    ...mappings.filter(({ country, from }) => isListed(country, from)),
    ...codes.flatMap(({ scheme, notation, broader }) =>
      broader === null
        ? []
        : [{ from: `${scheme}:${notation}`, relation: 'BROADER' as const, to: `${scheme}:${broader}` }],
    ),
  ];
  const steps = stated.flatMap(({ from, relation, to }): ModelStep[] => [
    { from, to, relation, isInverted: false },
    { from: to, to: from, relation: inverse[relation], isInverted: true },
  ]);

  /** At most two steps, each concept once. */
  const matchesOf = (from: string): ModelMatch[] => {
    const first = steps
      .filter((step) => step.from === from && step.to !== from)
      .map((step): ModelMatch => ({ to: step.to, relation: step.relation, path: [step] }));
    const second = first.flatMap((match) =>
      steps.flatMap((step): ModelMatch[] => {
        const relation = composed[`${match.relation} ${step.relation}`];
        const isNext = step.from === match.to && step.to !== from && relation !== undefined;
        return isNext ? [{ to: step.to, relation, path: [...match.path, step] }] : [];
      }),
    );
    return bestOfEach([{ to: from, relation: 'EXACT', path: [] }, ...first, ...second]);
  };

  const holdersOn = holders.filter((holder) =>
    counts(holder, false, holder.holderId === null ? [] : [organisationOf.get(holder.holderId)], day),
  );
  const inherits = ({ type, kind, nuts, country }: Organisation, { rule }: WorldHolder): boolean =>
    rule !== null &&
    type === 'administration' &&
    kind === rule.kind &&
    (rule.nuts === country || (nuts?.startsWith(rule.nuts) ?? false));
  const isAbout = (holder: WorldHolder, id: string): boolean => {
    if (holder.holderId === id) return true;
    const organisation = organisationOf.get(id);
    const hasOwn = holdersOn.some((own) => own.holderId === id && own.needId === holder.needId);
    return organisation !== undefined && !hasOwn && inherits(organisation, holder);
  };
  const nameOf = ({ holderId, rule, rawName }: WorldHolder): string[] =>
    [holderId ?? (rule === null ? rawName : null)].flatMap((name) => name ?? []);
  const statesOf = (listed: readonly WorldHolder[]) =>
    needStates.flatMap((state) => {
      const of = listed.filter((holder) => holder.state === state);
      const currencies = distinct(of.flatMap(({ amount }) => amount?.currency ?? []));
      const amounts = currencies.map((currency) => ({
        amount: String(
          of.reduce((sum, { amount }) => sum + (amount?.currency === currency ? Number(amount.amount) : 0), 0),
        ),
        currency,
      }));
      const rules = of.filter(({ rule }) => rule !== null).length;
      return of.length === 0 ? [] : [{ state, holders: distinct(of.flatMap(nameOf)).length, rules, amounts }];
    });

  return {
    crosswalk: matchesOf,
    codes: (scheme: string | null) =>
      byKey(
        codes.filter((code) => scheme === null || code.scheme === scheme),
        (code) => [code.scheme, code.notation, code.id],
      ).map(({ id }) => id),
    needs: ({ concepts, holder, state, countries, order }: NeedArguments) => {
      const matches = concepts && bestOfEach(concepts.flatMap(matchesOf));
      const relationOf = (need: WorldNeed): Relation | null =>
        matches?.find(({ to }) => need.codes.includes(to))?.relation ?? null;
      const isHeld = (need: WorldNeed): boolean =>
        (holder === null && state === null) ||
        holdersOn.some(
          (one) =>
            one.needId === need.id &&
            (state === null || one.state === state) &&
            (holder === null || isAbout(one, holder)),
        );
      const found = needs.filter(
        (need) =>
          (matches === null || relationOf(need) !== null) &&
          (countries === null || countries.includes(need.country)) &&
          isHeld(need),
      );
      const holdersOf = (need: WorldNeed): number =>
        distinct(
          holdersOn.filter((one) => one.needId === need.id && (state === null || one.state === state)).flatMap(nameOf),
        ).length;
      const rank = (need: WorldNeed): number => {
        if (order.field === 'HOLDERS') return (order.direction === 'DESC' ? -1 : 1) * holdersOf(need);
        return order.field === 'RELEVANCE' ? names.indexOf(relationOf(need) ?? 'EXACT') : 0;
      };
      const listed = byKey(found, (need) => [rank(need), need.statement.toLowerCase(), need.id]);
      const ordered = order.field === 'NAME' && order.direction === 'DESC' ? listed.reverse() : listed;
      return ordered.map((need) => ({ id: need.id, country: need.country, relation: relationOf(need) }));
    },
    /** The listed needs by relation and country, with their holders in any state. */
    countCountries: (listed: readonly ListedNeed[]) =>
      byKey(
        listed.filter(
          (need, place) => listed.findIndex((one) => groupOf(one).join() === groupOf(need).join()) === place,
        ),
        groupOf,
      ).map((group) => {
        const ids = listed.filter((need) => groupOf(need).join() === groupOf(group).join()).map(({ id }) => id);
        const held = holdersOn.filter(({ needId }) => ids.includes(needId));
        const inheriting = held.flatMap((holder) =>
          organisations.filter((one) => exists(one, day) && inherits(one, holder) && isAbout(holder, one.id)),
        );
        return {
          country: group.country,
          relation: group.relation,
          needs: ids.length,
          inherited: distinct(inheriting.map(({ id }) => id)).length,
          states: statesOf(held),
        };
      }),
    holdersOf: (needId: string, state: string | null) =>
      byKey(
        holdersOn.filter((one) => one.needId === needId && (state === null || one.state === state)),
        ({ id }) => [id],
      ).map(({ id }) => id),
  };
}

/** A need in a list, and how what it has relates to what was requested. */
interface ListedNeed {
  readonly id: string;
  readonly country: string;
  readonly relation: Relation | null;
}

const groupOf = ({ country, relation }: ListedNeed) => [names.indexOf(relation ?? 'EXACT'), country] as const;

/** The arguments of `Query.needs`. */
export interface NeedArguments {
  readonly concepts: readonly string[] | null;
  readonly holder: string | null;
  readonly state: string | null;
  readonly countries: readonly string[] | null;
  readonly order: { readonly field: string; readonly direction: string };
}

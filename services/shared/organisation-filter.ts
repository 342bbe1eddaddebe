import { inArea } from './nuts.js';
import { countsOn } from './validity.js';

/** The values of `AdministrationFilter` and of `ConsortiumFilter` in the contract. */
export interface OrganisationFilterValues {
  readonly kind?: string | null;
  readonly level?: string | null;
  readonly nuts?: string | null;
  readonly population?: { readonly min?: number | null; readonly max?: number | null } | null;
  readonly memberOf?: string | null;
  readonly memberOfNone?: boolean | null;
  readonly minConsortia?: number | null;
  /** The normalised address of a solution. */
  readonly uses?: string | null;
  readonly usesAny?: boolean | null;
  readonly usesFrom?: string | null;
  readonly inDissolution?: boolean | null;
  readonly sharesSolutions?: boolean | null;
}

/** SQL about the organisation `o`, in a database with the view `counted_membership`. */
export interface FilteredOrganisation {
  /** The number of inhabitants, or null. */
  readonly population: string;
  /** Whether a consortium is known to be in dissolution; or null. */
  readonly isInDissolution: string;
  /** The NUTS code of the whole country. Called only where it is needed, because a statement uses all of its parameters. */
  readonly country: () => string;
  /** The day of the list. */
  readonly day: string;
  /** The condition that it uses a solution on that day: the one at an address, any one, or one of a consortium's portfolio. */
  readonly uses: (address: string) => string;
  readonly usesAny: () => string;
  readonly usesFrom: (consortium: string) => string;
}

type Parameter = (value: unknown) => string;

/**
 * Condition: an organisation `o` is what the bare name of a place usually means: provinces, districts and centres of social services
 * often bear the name of a municipality.
 */
export const isMunicipality = `o.kind = 'MUNICIPALITY'`;

/** How many rows are off a list, and on it, although it is not known whether they belong there. */
export interface UnknownCounts {
  readonly unknown: number;
  readonly uncertain: number;
}

export const nothingUnknown: UnknownCounts = { unknown: 0, uncertain: 0 };

/** The inhabitants of the organisations of a list: the values of `InhabitantSum` in the contract. */
export interface InhabitantSum {
  readonly count: number | null;
  readonly known: number;
  readonly unknown: number;
  readonly undated: number | null;
  readonly oldest: string | null;
  readonly newest: string | null;
}

/** SQL columns over a list with a number of inhabitants, or null, in each row. A sum that is no `Int` is not stated. */
export const inhabitantSumSql = (inhabitants: string): string => `
  CASE WHEN sum(${inhabitants}) <= 2147483647 THEN sum(${inhabitants})::int END AS count,
  count(${inhabitants})::int AS known, (count(*) - count(${inhabitants}))::int AS unknown`;

/** A condition that cannot be decided for some organisations. */
interface Undecided {
  readonly isMet: string;
  /** Only evaluated if it is not met. */
  readonly isUnknown: () => string;
  /** Whether the condition is the opposite. */
  readonly isNegated?: boolean;
}

/** Whether no number at all is in a range. */
export const isEmptyRange = ({ min, max }: NonNullable<OrganisationFilterValues['population']>): boolean =>
  min != null && max != null && min > max;

/** SQL conditions: an administration meets a filter. What is unknown does not meet it, but is a member of no consortium. */
export const filterSql = (
  filter: OrganisationFilterValues,
  organisation: FilteredOrganisation,
  parameter: Parameter,
): string[] => [
  ...decidedSql(filter, parameter),
  ...(filter.inDissolution == null
    ? []
    : [`coalesce(${organisation.isInDissolution}, false) = ${parameter(filter.inDissolution)}`]),
  ...(filter.sharesSolutions == null ? [] : [`${sharesSolutions} = ${parameter(filter.sharesSolutions)}`]),
  ...undecidedConditions(filter, organisation, parameter).map(
    ({ isMet, isNegated }) => `${isNegated ? 'NOT ' : ''}${isMet}`,
  ),
];

/**
 * SQL: how many administrations are not in a list, or are in it, only because it is not known whether they belong there. Null if
 * nothing is unknown.
 *
 * @param from the table with its joins, and the conditions for being counted at all.
 * @param isPast whether the day is before today: an organisation that has ended on an unknown day may have existed on it.
 */
export function unknownSql(
  filter: OrganisationFilterValues,
  organisation: FilteredOrganisation,
  from: { readonly tables: string; readonly conditions: readonly string[]; readonly isPast: boolean },
  parameter: Parameter,
): string | null {
  const exists = `exists_on(o.start_date, o.end_date, o.ended, ${organisation.day})`;
  const undecided: Undecided[] = [
    ...(from.isPast ? [{ isMet: exists, isUnknown: () => 'o.ended AND o.end_date IS NULL' }] : []),
    ...undecidedConditions(filter, organisation, parameter),
  ];
  if (undecided.length === 0) return null;
  const isListed = undecided.map(({ isMet, isNegated }) => `${isNegated ? 'NOT ' : ''}${isMet}`);
  // In SQL, null AND false is false: what does not meet one condition for certain is not counted.
  const isKnown = undecided.map(
    ({ isMet, isUnknown, isNegated }) =>
      `CASE WHEN ${isMet} THEN ${!isNegated} WHEN ${isUnknown()} THEN NULL ELSE ${Boolean(isNegated)} END`,
  );
  const conditions = [...from.conditions, ...(from.isPast ? [] : [exists]), ...decidedSql(filter, parameter)];
  return `
    SELECT count(*) FILTER (WHERE NOT is_listed)::int AS unknown, count(*) FILTER (WHERE is_listed)::int AS uncertain
    FROM (
      SELECT coalesce(${isListed.join(' AND ')}, false) AS is_listed FROM ${from.tables}
      WHERE ${conditions.join(' AND ')} AND (${isKnown.join(' AND ')}) IS NULL
    ) found`;
}

const decidedSql = ({ kind, level }: OrganisationFilterValues, parameter: Parameter): string[] => [
  ...(kind == null ? [] : [`o.kind = ${parameter(kind)}`]),
  ...(level == null ? [] : [`o.level = ${parameter(level)}`]),
];

function undecidedConditions(
  { nuts, population, memberOf, memberOfNone, minConsortia, uses, usesAny, usesFrom }: OrganisationFilterValues,
  organisation: FilteredOrganisation,
  parameter: Parameter,
): Undecided[] {
  const conditions: Undecided[] = [];
  if (nuts != null) {
    const area = parameter(nuts);
    conditions.push({
      isMet: inArea('o.nuts', area, organisation.country()),
      isUnknown: () => `o.nuts IS NULL AND starts_with(${area}, ${organisation.country()})`,
    });
  }
  if (population != null) {
    const count = organisation.population;
    const bounds = [
      `${count} IS NOT NULL`,
      ...(population.min == null ? [] : [`${count} >= ${parameter(population.min)}`]),
      ...(population.max == null ? [] : [`${count} <= ${parameter(population.max)}`]),
    ];
    conditions.push({
      isMet: `(${bounds.join(' AND ')})`,
      isUnknown: () => (isEmptyRange(population) ? 'false' : `${count} IS NULL`),
    });
  }
  if (memberOf != null) {
    const consortium = parameter(memberOf);
    conditions.push({
      isMet: isMember(organisation.day, `m.consortium_id = ${consortium}`),
      isUnknown: () => `(${mayBeMember(organisation, `c.id = ${consortium}`)}
        OR NOT EXISTS (SELECT FROM organisation c WHERE c.id = ${consortium}))`,
    });
  }
  if (memberOfNone != null) {
    conditions.push({
      isMet: isMember(organisation.day, 'true'),
      isUnknown: () => mayBeMember(organisation, 'true'),
      isNegated: memberOfNone,
    });
  }
  if (minConsortia != null) {
    const least = parameter(minConsortia);
    const known = `(SELECT count(DISTINCT m.consortium_id) FROM counted_membership m
      WHERE m.member_id = o.id AND m.is_member AND ${countsOn('m', organisation.day)})`;
    const others = (): string => `(SELECT count(*) FROM organisation c
      WHERE ${mayJoin(organisation)} AND NOT ${isMember(organisation.day, 'm.consortium_id = c.id')})`;
    conditions.push({ isMet: `${known} >= ${least}`, isUnknown: () => `${known} + ${others()} >= ${least}` });
  }
  // No catalogue states that it knows all users of a solution.
  const isUnknown = (): string => 'true';
  if (uses != null) conditions.push({ isMet: organisation.uses(parameter(uses)), isUnknown });
  if (usesFrom != null) conditions.push({ isMet: organisation.usesFrom(parameter(usesFrom)), isUnknown });
  if (usesAny != null) conditions.push({ isMet: organisation.usesAny(), isUnknown, isNegated: !usesAny });
  return conditions;
}

/** Condition: a solution of the consortium `o` is known, on any day. */
export const sharesSolutions = `(EXISTS (SELECT FROM portfolio_entry p WHERE p.consortium_id = o.id)
  OR EXISTS (SELECT FROM catalogue_record r WHERE r.publisher_id = o.id))`;

const isMember = (day: string, condition: string): string => `EXISTS (
  SELECT FROM counted_membership m WHERE m.member_id = o.id AND m.is_member AND ${countsOn('m', day)} AND ${condition})`;

/** SQL condition: every member of a consortium of a kind is known on a day. */
export const knowsMembers = (consortium: string, kind: string, day: string): string => `(
  coalesce(${consortium}.members_complete_since <= ${day}, false) OR coalesce(
    (${consortium}.complete_members ->> 'start')::date <= ${day}
      AND coalesce(${day} < (${consortium}.complete_members ->> 'end')::date, true)
      AND coalesce(nullif(${consortium}.complete_members -> 'kinds', 'null') ? ${kind}, true), false))`;

/** Whether a consortium of the same country, whose list of members is not complete, is open to the administration. */
const mayBeMember = (organisation: FilteredOrganisation, condition: string): string =>
  `EXISTS (SELECT FROM organisation c WHERE ${mayJoin(organisation)} AND ${condition})`;

/** Condition: the organisation `c` is such a consortium. */
const mayJoin = ({ day, country }: FilteredOrganisation): string => `
  c.type = 'CONSORTIUM' AND left(c.id, 2) = left(o.id, 2)
    AND exists_on(c.start_date, c.end_date, c.ended, ${day}) AND NOT ${knowsMembers('c', 'o.kind', day)}
    AND (c.open_to_kinds IS NULL OR (o.kind = ANY (c.open_to_kinds) AND (o.nuts IS NULL OR EXISTS (
      SELECT FROM unnest(c.open_to_nuts) area WHERE ${inArea('o.nuts', 'area', country())}))))`;

/** Many administrations, with names that repeat and populations that repeat or are missing: these break orders and pages. */
export const administrations = Array.from({ length: 73 }, (_, index) => ({
  id: `dk:administration:${String(index).padStart(3, '0')}`,
  name: `Åby ${String.fromCharCode(97 + ((index * 7) % 11))}`,
  kind: index % 5 === 0 ? 'REGION' : 'MUNICIPALITY',
  level: index % 3 === 0 ? 'REGIONAL' : 'LOCAL',
  nuts: index % 4 === 0 ? '' : `DK0${index % 3}1`,
  population: index % 6 === 0 ? null : (index * 13) % 17,
  member: index % 7 === 0,
}));

/** The tables of a catalogue of these administrations. */
export const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,nuts,source',
    ...administrations.map(({ id, kind, level, name, nuts }) => `${id},${kind},${level},da,${name},${nuts},s`),
  ],
  'populations.csv': [
    'organisation,on,count,source',
    ...administrations.flatMap(({ id, population }) =>
      population === null ? [] : [`${id},2020-01-01,${population},s`],
    ),
  ],
  'consortia.csv': [
    'id,kind,name_da,open_to_kinds,open_to_nuts,members_complete_since,source',
    'dk:consortium:k,ASSOCIATION,k,MUNICIPALITY,DK01,,s',
    'dk:consortium:l,ASSOCIATION,l,,,2015-01-01,s',
    'dk:consortium:m,ASSOCIATION,m,REGION,DK,2999-01-01,s',
  ],
  'memberships.csv': [
    'id,consortium,member,role,start,source',
    ...administrations.flatMap(({ id, member }) =>
      member ? [`dk:membership:${id.slice(-3)},dk:consortium:k,${id},MEMBER,2015-01-01,s`] : [],
    ),
  ],
};

/** A filter of a list of administrations. */
export type Filter = Readonly<Record<string, unknown>>;

/** The ids of the rows above that a filter matches. */
export const expected = (filter: Filter): string[] => {
  const { kind, level, nuts, population, memberOf, memberOfNone, minConsortia } = filter as {
    kind?: string;
    level?: string;
    nuts?: string;
    population?: { min?: number; max?: number };
    memberOf?: string;
    memberOfNone?: boolean;
    minConsortia?: number;
  };
  return administrations
    .filter(
      (administration) =>
        (kind === undefined || administration.kind === kind) &&
        (level === undefined || administration.level === level) &&
        (nuts === undefined || (administration.nuts === '' ? 'DK' : administration.nuts).startsWith(nuts)) &&
        (population === undefined ||
          (administration.population !== null &&
            administration.population >= (population.min ?? 0) &&
            administration.population <= (population.max ?? Infinity))) &&
        (memberOf === undefined || (administration.member && memberOf === 'dk:consortium:k')) &&
        (minConsortia === undefined || Number(administration.member) >= minConsortia) &&
        (memberOfNone === undefined || administration.member !== memberOfNone),
    )
    .map(({ id }) => id);
};

/** The inhabitants of the rows above that a filter matches. */
export const inhabitantsUnder = (filter: Filter): Readonly<Record<string, unknown>> => {
  const listed = expected(filter);
  const figures = administrations.flatMap(({ id, population }) => (listed.includes(id) ? (population ?? []) : []));
  const day = figures.length === 0 ? null : '2020-01-01';
  return {
    count: figures.length === 0 ? null : figures.reduce((sum, count) => sum + count),
    known: figures.length,
    unknown: listed.length - figures.length,
    undated: 0,
    oldest: day,
    newest: day,
  };
};

type Administration = (typeof administrations)[number];

/** Whether a consortium whose list of members has gaps is open to an administration. */
const mayJoin = ({ kind, nuts }: Administration, consortium?: unknown): boolean =>
  (consortium !== 'dk:consortium:m' && kind === 'MUNICIPALITY' && (nuts === '' || nuts.startsWith('DK01'))) ||
  (consortium !== 'dk:consortium:k' && kind === 'REGION');

/** Whether an administration meets each condition of a filter; null if that is not known. */
const conditions: Record<string, (administration: Administration, value: never) => boolean | null> = {
  kind: ({ kind }, value: string) => kind === value,
  level: ({ level }, value: string) => level === value,
  nuts: ({ nuts }, value: string) =>
    nuts !== '' || value === 'DK' ? (nuts || 'DK').startsWith(value) : value.startsWith('DK') ? null : false,
  population: ({ population }, { min = 0, max = Infinity }: { min?: number; max?: number }) =>
    population === null ? (min > max ? false : null) : population >= min && population <= max,
  memberOf: (administration, consortium: string) => {
    if (consortium === 'be:consortium:k') return null;
    if (consortium === 'dk:consortium:l') return false;
    return administration.member || (mayJoin(administration, consortium) ? null : false);
  },
  minConsortia: (administration, least: number) => {
    const known = Number(administration.member);
    const isOpen = (consortium: string): boolean =>
      mayJoin(administration, consortium) && !(administration.member && consortium === 'dk:consortium:k');
    const possible = ['dk:consortium:k', 'dk:consortium:m'].filter(isOpen).length;
    if (known >= least) return true;
    return known + possible >= least ? null : false;
  },
  memberOfNone: (administration, value: boolean) => {
    if (administration.member) return !value;
    return mayJoin(administration) ? null : value;
  },
};

/** How many of the rows above may or may not match a filter, off its list and on it. */
export const unknownUnder = (filter: Filter): { unknown: number; uncertain: number } => {
  const listed = expected(filter);
  const undecided = administrations.filter((administration) => {
    const met = Object.entries(filter).map(([name, value]) => conditions[name]?.(administration, value as never));
    return met.includes(null) && !met.includes(false);
  });
  const uncertain = undecided.filter(({ id }) => listed.includes(id)).length;
  return { unknown: undecided.length - uncertain, uncertain };
};

import { GraphQLError, GraphQLScalarType } from 'graphql';

import { administrations, adoptions, changes, consortia, memberships, portfolio, records } from './data.js';

// Ruritania's own code: nothing of the kit and nothing of the catalogue stands behind it.

const refuse = (code: string, message: string): never => {
  throw new GraphQLError(message, { extensions: { code } });
};

interface Row {
  readonly id: string;
}

interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

const cursorOf = (list: string, id: string): string => Buffer.from(`${list} ${id}`).toString('base64url');

function placeOf(rows: readonly Row[], list: string, cursor: string | null | undefined): number | null {
  if (cursor == null) return null;
  const place = rows.findIndex(({ id }) => cursorOf(list, id) === cursor);
  return place === -1 ? refuse('INVALID_CURSOR', 'This is no cursor of this list.') : place;
}

/** A page of a list that stands in memory. */
function page(rows: readonly Row[], list: string, { first, after, last, before }: PageArguments) {
  const limit = first ?? last ?? 20;
  if ((first != null && last != null) || limit < 0 || limit > 200)
    refuse('INVALID_ARGUMENT', 'Ask for 0 to 200 rows, one way.');
  const from = (placeOf(rows, list, after) ?? -1) + 1;
  const to = placeOf(rows, list, before) ?? rows.length;
  const between = rows.slice(from, to);
  const kept = last == null ? between.slice(0, limit) : between.slice(Math.max(0, between.length - limit));
  const edges = kept.map((node) => ({ node, cursor: cursorOf(list, node.id) }));
  return {
    nodes: kept,
    edges,
    totalCount: rows.length,
    pageInfo: {
      hasNextPage: last == null ? kept.length < between.length : before != null,
      hasPreviousPage: last == null ? after != null : kept.length < between.length,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const find = <T extends Row>(rows: readonly T[], id: string): T | null => rows.find((row) => row.id === id) ?? null;
const organisation = (id: string) => find<Row>([...administrations, ...consortia], id);

function checkId(id: string): string {
  return /^[a-z]{2}:(?:administration|consortium):[a-z0-9-]+$/.test(id)
    ? id
    : refuse('INVALID_ID', `${id.slice(0, 40)} is no id.`);
}

function byCode(scheme: string, notation: string) {
  if (scheme !== 'XR_TOWN') refuse('UNKNOWN_SCHEME', 'There is XR_TOWN.');
  return administrations.find(({ codes }) => codes.some((code) => code.notation === notation)) ?? null;
}

interface Named {
  readonly names: readonly { readonly language: string; readonly text: string }[];
}

/** A name in the language asked for, else the first. */
function nameOf({ names }: Named, { language }: { readonly language?: string | null }): string {
  if (language != null && !/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/.test(language))
    refuse('INVALID_LANGUAGE', 'This is no language tag.');
  return names.find((name) => name.language === language)?.text ?? names[0]?.text ?? '';
}

const today = (): string => new Date().toISOString().slice(0, 10);
interface Lasting {
  readonly start: string | null;
  readonly end: string | null;
}

/** Half-open: on the day of its end it is over. */
const isOn = (day: string, { start, end }: Lasting): boolean =>
  (start === null || start <= day) && (end === null || day < end);

/** Nobody is a member of what does not exist. */
const membersOn = (id: string, day: string) =>
  memberships
    .filter(({ consortiumId, during }) => consortiumId === id && isOn(day, during))
    .filter(() => isOn(day, consortia[0]?.existed ?? { start: null, end: null }));

interface AsOf {
  readonly asOf?: string | null;
}

const ofOrganisation = {
  name: nameOf,
  identifiers: ({ codes }: { readonly codes: readonly unknown[] }) => codes,
  memberships: ({ id }: Row, { asOf }: AsOf) =>
    memberships.filter(({ memberId, during }) => memberId === id && isOn(asOf ?? today(), during)),
};

/** A promise, so that one ref that is refused costs its own place in the answer and not all of them. */
const reference =
  (rows: readonly Row[]) =>
  ({ ref }: { readonly ref: string }): Promise<unknown> =>
    Promise.resolve().then(() => refer(rows, ref));

function refer(rows: readonly Row[], ref: string): unknown {
  const [scheme = '', notation] = ref.split(':');
  const row = /^[A-Z]/.test(scheme) ? byCode(scheme, notation ?? '') : find(rows, checkId(ref));
  return row && rows.includes(row) ? { ...row, ref } : null;
}

interface ListArguments extends PageArguments, AsOf {
  readonly search?: string | null;
  readonly filter?: { readonly kind?: string | null } | null;
  readonly orderBy?: { readonly field: string } | null;
}

function search<T extends Named & Row>(
  rows: readonly T[],
  { search: words, orderBy, filter }: ListArguments,
): readonly T[] {
  if ((words?.length ?? 0) > 100) refuse('INVALID_ARGUMENT', 'A search has at most 100 characters.');
  if (orderBy?.field === 'RELEVANCE' && words == null) refuse('INVALID_ARGUMENT', 'RELEVANCE needs `search`.');
  return rows
    .filter(({ names }) => names.some(({ text }) => text.toLowerCase().includes((words ?? '').toLowerCase())))
    .filter((row) => filter?.kind == null || ('kind' in row && row.kind === filter.kind));
}

const isDay = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isInCalendar(value);

function isInCalendar(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function yearsBetween(from: string, to: string): string[] {
  const first = Number(from.slice(0, 4));
  const days = Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, nth) => `${first + nth}${from.slice(4)}`);
  return days.filter((day) => day <= to);
}

const feedId = 'ruritania-1';

const typeOf = ({ __typename }: { readonly __typename: string }): string => __typename;

export const resolvers = {
  Date: new GraphQLScalarType({
    name: 'Date',
    parseValue: (value) => (isDay(value) ? value : refuse('INVALID_DATE', 'This is no day.')),
  }),
  Query: { ruritania: () => ({ id: 'xr:catalogue' }) },
  Organisation: { __resolveType: typeOf },
  Administration: { __resolveType: typeOf },
  Consortium: { __resolveType: typeOf },
  Catalogue: { __resolveType: () => 'RuritanianCatalogue' },
  RuritanianAdministration: {
    ...ofOrganisation,
    __resolveReference: reference(administrations),
    population: ({ population }: (typeof administrations)[number], { asOf }: AsOf) =>
      (asOf ?? today()) < population.on ? null : population,
    adoptions: ({ id }: Row, args: PageArguments) =>
      page(
        adoptions.filter(({ administrationId }) => administrationId === id),
        'adoptions',
        args,
      ),
  },
  RuritanianConsortium: {
    ...ofOrganisation,
    __resolveReference: reference(consortia),
    members: ({ id }: Row, { asOf, ...args }: ListArguments) => page(membersOn(id, asOf ?? today()), 'members', args),
    coverage: ({ id }: Row, { asOf }: AsOf) => ({
      asOf: asOf ?? today(),
      kind: 'MUNICIPALITY',
      knownMembers: membersOn(id, asOf ?? today()).length,
      eligible: null,
      share: null,
      complete: false,
      closestClaim: null,
    }),
    growth: ({ id }: Row, { from, to }: { readonly from: string; readonly to: string }) =>
      yearsBetween(from, to).map((asOf) => ({ asOf, knownMembers: membersOn(id, asOf).length, claims: [] })),
    claims: () => [],
    portfolio: () => portfolio,
    records: (_consortium: Row, args: PageArguments) => page(records, 'records', args),
  },
  RuritanianCatalogue: {
    __resolveReference: ({ id }: Row) => (id === 'xr:catalogue' ? { id } : null),
    country: () => 'XR',
    title: (_catalogue: unknown, args: { readonly language?: string | null }) =>
      nameOf({ names: [{ language: 'en', text: 'Catalogue of Ruritania' }] }, args),
    languages: () => ['en', 'de'],
    identifierSchemes: () => [{ scheme: 'XR_TOWN', title: 'Number of a town', agency: null, pattern: null }],
    completeSince: () => [],
    administrationCount: () => null,
    administrations: (_catalogue: unknown, args: ListArguments) =>
      page(
        search(administrations, args).filter(({ existed }) => isOn(args.asOf ?? today(), existed)),
        'administrations',
        args,
      ),
    consortia: (_catalogue: unknown, args: ListArguments) =>
      page(
        search(consortia, args).filter(({ existed }) => isOn(args.asOf ?? today(), existed)),
        'consortia',
        args,
      ),
    organisation: (_catalogue: unknown, { id }: Row) => organisation(checkId(id)),
    administration: (
      _catalogue: unknown,
      { identifier }: { readonly identifier: { scheme: string; notation: string } },
    ) => byCode(identifier.scheme, identifier.notation),
    records: (_catalogue: unknown, args: PageArguments) => page(records, 'records', args),
    record: (_catalogue: unknown, { id }: Row) => find(records, id),
    changes: (_catalogue: unknown, { after, first }: PageArguments) => {
      if ((first ?? 100) < 0 || (first ?? 100) > 1000) refuse('INVALID_ARGUMENT', 'Ask for 0 to 1000 changes.');
      const from = (placeOf(changes, 'changes', after) ?? -1) + 1;
      const kept = changes.slice(from, from + (first ?? 100));
      const edges = kept.map((node) => ({ node, cursor: cursorOf('changes', node.id) }));
      const endCursor = edges.at(-1)?.cursor ?? null;
      const hasNextPage = from + kept.length < changes.length;
      const pageInfo = { hasNextPage, hasPreviousPage: from > 0, startCursor: edges[0]?.cursor ?? null, endCursor };
      return { feedId, nodes: kept, edges, pageInfo };
    },
  },
  Membership: {
    member: ({ memberId }: { readonly memberId: string }) => organisation(memberId),
    consortium: ({ consortiumId }: { readonly consortiumId: string }) => organisation(consortiumId),
  },
  PortfolioEntry: {
    consortium: ({ consortiumId }: { readonly consortiumId: string }) => organisation(consortiumId),
    solution: ({ solutionAddress }: { readonly solutionAddress: string }) => ({ address: solutionAddress }),
  },
  CatalogueRecord: {
    publisher: ({ publisherId }: { readonly publisherId: string }) => organisation(publisherId),
    solution: ({ solutionAddress }: { readonly solutionAddress: string }) => ({ address: solutionAddress }),
  },
  Adoption: {
    administration: ({ administrationId }: { readonly administrationId: string }) => organisation(administrationId),
    solution: ({ solutionAddress }: { readonly solutionAddress: string }) => ({ address: solutionAddress }),
  },
};

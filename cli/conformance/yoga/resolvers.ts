import { type GraphQLEnumType, GraphQLError, type GraphQLResolveInfo, GraphQLScalarType } from 'graphql';

import {
  administrations,
  adoptions,
  changes,
  consortia,
  contracts,
  memberships,
  portfolio,
  records,
  terms,
} from './data.js';

// Ruritania's own code, which uses nothing of services/kit and services/catalogue.

const reject = (code: string, message: string): never => {
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

const toCursor = (list: string, id: string): string => Buffer.from(`${list} ${id}`).toString('base64url');

function findPosition(rows: readonly Row[], list: string, cursor: string | null | undefined): number | null {
  if (cursor == null) return null;
  const position = rows.findIndex(({ id }) => toCursor(list, id) === cursor);
  return position === -1 ? reject('INVALID_CURSOR', 'The cursor is not one of this list.') : position;
}

/** A page of a list in memory. */
function page(rows: readonly Row[], list: string, { first, after, last, before }: PageArguments) {
  const limit = first ?? last ?? 20;
  if ((first != null && last != null) || limit < 0 || limit > 200)
    reject('INVALID_ARGUMENT', 'Use either `first` or `last`, from 0 to 200.');
  const from = (findPosition(rows, list, after) ?? -1) + 1;
  const to = findPosition(rows, list, before) ?? rows.length;
  const between = rows.slice(from, to);
  const selected = last == null ? between.slice(0, limit) : between.slice(Math.max(0, between.length - limit));
  const edges = selected.map((node) => ({ node, cursor: toCursor(list, node.id) }));
  return {
    nodes: selected,
    edges,
    totalCount: rows.length,
    pageInfo: {
      hasNextPage: last == null ? selected.length < between.length : before != null,
      hasPreviousPage: last == null ? after != null : selected.length < between.length,
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
    : reject('INVALID_ID', `${id.slice(0, 40)} is not an id.`);
}

function byCode(scheme: string, notation: string) {
  if (scheme !== 'XR_TOWN') reject('UNKNOWN_SCHEME', 'The only scheme is XR_TOWN.');
  return administrations.find(({ codes }) => codes.some((code) => code.notation === notation)) ?? null;
}

interface Named {
  readonly names: readonly { readonly language: string; readonly text: string }[];
}

/** The name in the requested language, or else the first name. */
function selectName({ names }: Named, { language }: { readonly language?: string | null }): string {
  if (language != null && !/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/.test(language))
    reject('INVALID_LANGUAGE', 'The language is not a language tag, such as "de".');
  return names.find((name) => name.language === language)?.text ?? names[0]?.text ?? '';
}

const today = (): string => new Date().toISOString().slice(0, 10);
interface Period {
  readonly start: string | null;
  readonly end: string | null;
}

/** Whether a day is in a period, which does not include the day of its end. */
const isOn = (day: string, { start, end }: Period): boolean =>
  (start === null || start <= day) && (end === null || day < end);

/** The memberships on a day; none while the consortium does not exist. */
const membersOn = (id: string, day: string) =>
  memberships
    .filter(({ consortiumId, during }) => consortiumId === id && isOn(day, during))
    .filter(() => isOn(day, consortia[0]?.existed ?? { start: null, end: null }));

interface AsOf {
  readonly asOf?: string | null;
}

const organisationResolvers = {
  name: selectName,
  identifiers: ({ codes }: { readonly codes: readonly unknown[] }) => codes,
  memberships: ({ id }: Row, { asOf }: AsOf) =>
    memberships.filter(({ memberId, during }) => memberId === id && isOn(asOf ?? today(), during)),
};

/** Returns a promise, so that an invalid ref is an error at its own position and not of the whole list. */
const resolveReference =
  (rows: readonly Row[]) =>
  ({ ref }: { readonly ref: string }): Promise<unknown> =>
    Promise.resolve().then(() => findByRef(rows, ref));

function findByRef(rows: readonly Row[], ref: string): unknown {
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
  { search: text, orderBy, filter }: ListArguments,
): readonly T[] {
  if ((text?.length ?? 0) > 100) reject('INVALID_ARGUMENT', '`search` can have at most 100 characters.');
  if (orderBy?.field === 'RELEVANCE' && text == null)
    reject('INVALID_ARGUMENT', 'The order RELEVANCE requires `search`.');
  return rows
    .filter(({ names }) => names.some((name) => name.text.toLowerCase().includes((text ?? '').toLowerCase())))
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

const getTypename = ({ __typename }: { readonly __typename: string }): string => __typename;

export const resolvers = {
  Date: new GraphQLScalarType({
    name: 'Date',
    parseValue: (value) =>
      isDay(value) ? value : reject('INVALID_DATE', 'The value is not a date, such as "2020-03-01".'),
  }),
  Query: { ruritania: () => ({ id: 'xr:catalogue' }) },
  Organisation: { __resolveType: getTypename },
  Administration: { __resolveType: getTypename },
  Consortium: { __resolveType: getTypename },
  Catalogue: { __resolveType: () => 'RuritanianCatalogue' },
  RuritanianAdministration: {
    ...organisationResolvers,
    __resolveReference: resolveReference(administrations),
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
    ...organisationResolvers,
    __resolveReference: resolveReference(consortia),
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
      yearsBetween(from, to).map((asOf) => ({
        asOf,
        knownMembers: membersOn(id, asOf).length,
        unconfirmedMembers: 0,
        claims: [],
      })),
    claims: () => [],
    portfolio: () => portfolio,
    records: (_consortium: Row, args: PageArguments) => page(records, 'records', args),
    terms: ({ id }: Row) => terms.filter(({ consortiumId }) => consortiumId === id),
  },
  RuritanianCatalogue: {
    __resolveReference: ({ id }: Row) => (id === 'xr:catalogue' ? { id } : null),
    country: () => 'XR',
    title: (_catalogue: unknown, args: { readonly language?: string | null }) =>
      selectName({ names: [{ language: 'en', text: 'Catalogue of Ruritania' }] }, args),
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
    terms: (_catalogue: unknown, args: PageArguments) => page(terms, 'terms', args),
    contracts: (_catalogue: unknown, args: PageArguments) => page(contracts, 'contracts', args),
    changes: (
      _catalogue: unknown,
      { after, first }: PageArguments,
      _context: unknown,
      { schema }: GraphQLResolveInfo,
    ) => {
      if ((first ?? 100) < 0 || (first ?? 100) > 1000) reject('INVALID_ARGUMENT', '`first` must be from 0 to 1000.');
      // One that implements an earlier contract has no entries of the subjects that a later one added.
      const subjects = schema.getType('ChangeSubject') as GraphQLEnumType;
      const known = changes.filter(({ subject }) => subjects.getValue(subject) !== undefined);
      const from = (findPosition(known, 'changes', after) ?? -1) + 1;
      const selected = known.slice(from, from + (first ?? 100));
      const edges = selected.map((node) => ({ node, cursor: toCursor('changes', node.id) }));
      const endCursor = edges.at(-1)?.cursor ?? null;
      const hasNextPage = from + selected.length < known.length;
      const pageInfo = { hasNextPage, hasPreviousPage: from > 0, startCursor: edges[0]?.cursor ?? null, endCursor };
      return { feedId, nodes: selected, edges, pageInfo };
    },
  },
  Membership: {
    country: () => 'XR',
    confirmed: () => true,
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
  Terms: {
    consortium: ({ consortiumId }: { readonly consortiumId: string }) => organisation(consortiumId),
    fees: ({ fees }: (typeof terms)[number], { population }: { readonly population?: number | null }) =>
      fees.filter(({ populationMax }) => population == null || population <= populationMax),
  },
  Contract: {
    client: ({ clientId }: { readonly clientId: string }) => organisation(clientId),
    solution: ({ solutionAddress }: { readonly solutionAddress: string }) => ({ address: solutionAddress }),
  },
  Adoption: {
    confirmed: ({ administrationId }: { readonly administrationId: string | null }) =>
      administrationId === null ? null : true,
    administration: ({ administrationId }: { readonly administrationId: string }) => organisation(administrationId),
    solution: ({ solutionAddress }: { readonly solutionAddress: string }) => ({ address: solutionAddress }),
  },
};

import { LRUCache } from 'lru-cache';
import type { Request } from 'express';
import { z } from 'zod';

import { HttpError } from '../../kit/http-error.js';
import { catalogueIdOf } from '../gateway/catalogue-id.js';
import type { GatewayClient, JsonObject, Sender } from '../gateway/gateway-client.js';
import { isTransient, toHttpError } from '../gateway/gateway-error.js';
import { onlyThese, parseInput } from '../http/parse-input.js';
import type { Route } from '../http/route.js';
import type { Base } from '../linked-data/context.js';
import { toListOperation } from '../lists/list-operation.js';
import { findMissing, readList } from '../lists/read-list.js';
import { readOperation } from '../operations/stored-operations.js';
import { type Entry, maxPages, NewestEntries, writeAtom } from './atom.js';
import {
  toAdoptionEntry,
  toConsortiumEntry,
  toHolderEntry,
  toMemberEntry,
  toMembershipEntry,
  toNeedEntry,
  toSolutionEntry,
  toUserEntry,
} from './entries.js';

export interface FeedOptions {
  readonly gateway: GatewayClient;
  /** The address at which clients reach the portal. */
  readonly publicUrl: () => string;
}

/** What a feed contains, once it was read. */
interface FeedContent {
  readonly title: string;
  readonly entries: NewestEntries;
  readonly missing: Map<string, string>;
}

/** Reads a feed by its parameters, apart from the page. */
type ReadFeed = (parameters: Request['query'], sender: Sender) => Promise<FeedContent>;

/** Feed readers request a feed again and again, and a list is read to its end each time. */
const maxAgeSeconds = 300;
/** How many entries are kept of all feeds together, some hundred bytes each. */
const maxKeptEntries = 50_000;

/** Atom feeds: of lists of solutions, consortia and needs, of the users of a solution, the holders of a need, and an organisation. */
export function feedRoutes({ gateway, publicUrl }: FeedOptions): Route[] {
  const base = (): Base => publicUrl().replace(/\/$/, '');
  const queries = Object.fromEntries(
    ['solutions', 'consortia', 'needs', 'users', 'holders', 'adoptions', 'members', 'organisation'].map((name) => [
      name,
      readOperation(`feeds/${name}`),
    ]),
  );

  /** Reads a list to its end, and keeps the newest entries. */
  const collect = async (
    { entries, missing }: FeedContent,
    name: string,
    variables: JsonObject,
    // A node is what the operation of this name selects.
    toEntries: (base: Base, node: never) => readonly Entry[],
    sender: Sender,
  ): Promise<void> => {
    const list = toListOperation({ query: queries[name] ?? '', variables });
    for await (const page of readList(list, gateway, sender)) {
      for (const [country, state] of page.missing) missing.set(country, state);
      entries.add(page.items.flatMap((item) => (item ? toEntries(base(), item as never) : [])));
    }
  };

  /** Reads a list of all countries, of which `search` is the saved search. */
  const readSearch =
    (
      title: string,
      name: string,
      schema: z.ZodType<SavedSearch>,
      toEntries: (base: Base, node: never) => readonly Entry[],
    ): ReadFeed =>
    async (parameters, sender) => {
      const { countries, ...variables } = parseInput(schema, parameters);
      const { search } = variables;
      const content = newContent(search === undefined ? title : `${title}: ${search}`);
      await collect(content, name, { ...variables, ...toCountries(countries) }, toEntries, sender);
      return content;
    };

  const readUsers: ReadFeed = async (parameters, sender) => {
    const { solution, countries } = parseInput(usersSchema, parameters);
    const content = newContent(`Users of ${solution}`);
    await collect(content, 'users', { address: solution, ...toCountries(countries) }, toUserEntry, sender);
    return content;
  };

  const readHolders: ReadFeed = async (parameters, sender) => {
    const { need } = parseInput(holdersSchema, parameters);
    const content = newContent(`Who has the need ${need}`);
    await collect(content, 'holders', { catalogue: catalogueIdOf(need.slice(0, 2)), need }, toHolderEntry, sender);
    return content;
  };

  const readOrganisation: ReadFeed = async (parameters, sender) => {
    const variables = parseInput(organisationSchema, parameters);
    const response = await gateway.execute({ query: queries['organisation'] ?? '', variables }, sender);
    const organisation = response.data['organisation'] as OrganisationNode | null;
    if (!organisation) {
      const error = response.errors.find((other) => !isTransient(other)) ?? response.errors[0];
      throw error
        ? toHttpError(error)
        : new HttpError('There is no organisation with this id.', { status: 404, code: 'NOT_FOUND' });
    }
    const content = newContent(organisation.name);
    for (const [country, state] of findMissing(response)) content.missing.set(country, state);
    for (const membership of organisation.memberships ?? [])
      if (membership) content.entries.add(toMembershipEntry(base(), membership));
    if (organisation.__typename.endsWith('Consortium'))
      await collect(content, 'members', variables, toMemberEntry, sender);
    else await collect(content, 'adoptions', variables, toAdoptionEntry, sender);
    return content;
  };

  /** By the address without the page, so that the pages are those of one reading. */
  const contents = new LRUCache<string, FeedContent>({
    maxSize: maxKeptEntries,
    sizeCalculation: ({ entries }) => entries.size + 1,
    ttl: maxAgeSeconds * 1_000,
  });
  const toRoute = (path: string, read: ReadFeed): Route => ({
    path,
    get: async (request, response, sender) => {
      const { page: text = '1', ...parameters } = request.query;
      const page = parseInput(pageSchema, text);
      const address = `${base()}${withoutPage(request.url)}`;
      const content = contents.get(address) ?? (await read(parameters, sender));
      const { title, entries, missing } = content;
      // A feed from which something is missing is read again.
      if (missing.size === 0 && !contents.has(address)) contents.set(address, content);
      const { pages } = entries;
      if (page > pages) throw new HttpError(`The feed has ${pages} pages.`, { status: 404, code: 'NOT_FOUND' });
      const head = { title, address, portal: base(), page, pages, missing };
      response.type('application/atom+xml').set('cache-control', `max-age=${maxAgeSeconds}`);
      response.send(writeAtom(head, entries.page(page)));
    },
  });
  return [
    toRoute('/feeds/solutions.atom', readSearch('Solutions', 'solutions', solutionsSchema, toSolutionEntry)),
    toRoute('/feeds/consortia.atom', readSearch('Consortia', 'consortia', consortiaSchema, toConsortiumEntry)),
    toRoute('/feeds/needs.atom', readSearch('Needs', 'needs', needsSchema, toNeedEntry)),
    toRoute('/feeds/users.atom', readUsers),
    toRoute('/feeds/holders.atom', readHolders),
    toRoute('/feeds/organisation.atom', readOrganisation),
  ];
}

/** The path and parameters of a feed, as the request has them, for the first page. */
function withoutPage(path: string): string {
  const [start = '', query] = path.split('?', 2);
  const others = (query ?? '').split('&').filter((parameter) => !/^page(?:=|$)/.test(parameter));
  return others.join('&') === '' ? start : `${start}?${others.join('&')}`;
}

/** What a list is restricted to, as variables of its operation. */
interface SavedSearch extends JsonObject {
  readonly search?: string | undefined;
  /** Codes of countries, with commas between them. */
  readonly countries?: string | undefined;
}

const toCountries = (countries: string | undefined): JsonObject =>
  countries === undefined ? {} : { countries: countries.split(',') };

interface OrganisationNode {
  readonly __typename: string;
  readonly name: string;
  readonly memberships: readonly (Parameters<typeof toMembershipEntry>[1] | null)[] | null;
}

const newContent = (title: string): FeedContent => ({ title, entries: new NewestEntries(), missing: new Map() });

const jsonObject = z
  .string()
  .max(10_000)
  .transform((text, context): JsonObject => {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    } catch {
      context.addIssue('must be a JSON object');
      return z.NEVER;
    }
  });
const wrongPage = `page: must be an integer from 1 to ${maxPages}`;
const pageSchema = z.coerce
  .number({ error: wrongPage })
  .int({ error: wrongPage })
  .min(1, { error: wrongPage })
  .max(maxPages, { error: wrongPage });
const text = z.string({ error: 'is missing' }).min(1).max(1_000);
const solutionsSchema = onlyThese({ search: text.optional(), filter: jsonObject.optional() });
const countries = z.string().max(1_000).optional();
const consortiaSchema = onlyThese({ search: text.optional(), filter: jsonObject.optional(), countries });
const needsSchema = onlyThese({ search: text.optional(), topic: text.optional(), countries });
const usersSchema = onlyThese({ solution: text, countries });
const holdersSchema = onlyThese({ need: text });
const organisationSchema = onlyThese({ id: text });

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, graphql, parse } from 'graphql';

import { europe } from '../../schema/countries.js';
import { readSubgraphSdl } from '../../schema/files.js';
import { type Database, migrate, openDatabase } from '../kit/database.js';
import { silentLogger } from '../kit/log.js';
import { createTestDatabase } from '../kit/testing.js';
import { createContext, createRepositories } from './context.js';
import { prepareIndex } from './harvest/catalogues.js';
import type { Subject } from './harvest/contents.js';
import { follow, type FollowOptions } from './harvest/follow.js';
import { migrations } from './migrations/migrations.js';
import { resolvers } from './resolvers/resolvers.js';

/** What a country says of something, under the names of the contract. */
export type Said = Readonly<Record<string, unknown>> & { readonly id: string };

/** A country that says what it is told to: the feed of the contract over what stands in memory. */
export interface FakeCountry {
  readonly code: string;
  readonly folder: string;
  readonly url: string;
  readonly say: (subject: Subject, content: Said) => void;
  readonly unsay: (subject: Subject, id: string) => void;
  /** Puts an entry into the feed as it stands, however wrong. */
  readonly sayRaw: (entry: { subject: string; subjectId: string; kind?: string; content?: unknown }) => void;
  /** The feed begins anew, with what there is. */
  readonly restart: () => void;
  /** Answers everything so until told otherwise; null, or an answer that is null: as it should. */
  readonly misbehave: (answer: ((body: string) => FakeAnswer | null) | null) => void;
  readonly requests: () => number;
  readonly stop: () => Promise<void>;
}

/** What a fake country answers. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** It begins to answer, and never comes to an end. */
  readonly isEndless?: boolean;
}

interface Entry {
  readonly number: number;
  readonly subject: string;
  readonly subjectId: string;
  readonly kind: string;
  readonly at: string;
  readonly content: unknown;
}

const contentField: Readonly<Record<string, string>> = {
  ADMINISTRATION: 'administration',
  CONSORTIUM: 'consortium',
  MEMBERSHIP: 'membership',
  CLAIM: 'claim',
  RECORD: 'record',
  PORTFOLIO: 'portfolioEntry',
  ADOPTION: 'adoption',
};

/** Starts a country on a port of its own. Moments in its feed are made up, but always the same. */
export async function startFakeCountry(code: string): Promise<FakeCountry> {
  let feed: string = randomUUID();
  let last = 0;
  let entries = new Map<string, Entry>();
  let misbehaviour: ((body: string) => FakeAnswer | null) | null = null;
  let requests = 0;

  const put = (subject: string, subjectId: string, kind: string, content: unknown): void => {
    last += 1;
    const at = new Date(Date.UTC(2026, 0, 1) + last * 1000).toISOString();
    const key = `${subject} ${subjectId}`;
    entries.delete(key);
    entries.set(key, { number: last, subject, subjectId, kind, at, content });
  };
  const pageOf = (after: string | null, first: number, withContents: boolean) => {
    const [from, number] = after === null ? [feed, '0'] : after.split(' ');
    if (from !== feed) return { errors: [{ message: 'began anew', extensions: { code: 'FEED_CHANGED' } }] };
    const rest = [...entries.values()].filter((entry) => entry.number > Number(number));
    const page = rest.slice(0, first);
    const end = page.at(-1);
    const nodes = page.map(({ subject, subjectId, kind, at, content }) => ({
      subject,
      subjectId,
      kind,
      at,
      ...(withContents ? { [contentField[subject] ?? 'administration']: content } : {}),
    }));
    const pageInfo = { hasNextPage: rest.length > page.length, endCursor: end ? `${feed} ${end.number}` : null };
    return { data: { catalogue: { languages: ['en'], changes: { feedId: feed, pageInfo, nodes } } } };
  };
  const server = createServer((request, response) => {
    // A reader that stops may leave half a question.
    const ended = (): void => {
      response.destroy();
    };
    readText(request)
      .then((body) => {
        requests += 1;
        const { query, variables } = JSON.parse(body) as {
          query: string;
          variables: { after: string | null; first: number };
        };
        const answer: FakeAnswer = misbehaviour?.(body) ?? {
          status: 200,
          body: JSON.stringify(pageOf(variables.after, variables.first, query.includes('adoption {'))),
        };
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        if (answer.isEndless) response.write(answer.body);
        else response.end(answer.body);
      })
      .catch(ended);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    code,
    folder: code.toLowerCase(),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    say: (subject, content) => {
      put(subject, content.id, 'UPSERT', content);
    },
    unsay: (subject, id) => {
      put(subject, id, 'DELETE', null);
    },
    sayRaw: ({ subject, subjectId, kind = 'UPSERT', content = null }) => {
      put(subject, subjectId, kind, content);
    },
    restart: () => {
      feed = randomUUID();
      const there = [...entries.values()].filter(({ kind }) => kind === 'UPSERT');
      entries = new Map();
      for (const { subject, subjectId, content } of there) put(subject, subjectId, 'UPSERT', content);
    },
    misbehave: (answer) => {
      misbehaviour = answer;
    },
    requests: () => requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const during = { start: null, startPrecision: null, end: null, endPrecision: null, ended: null };
const provenance = {
  source: null,
  retrievedAt: null,
  observedOn: '2020-01-01',
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
};
const countryOf = (id: string): string => id.slice(0, 2).toUpperCase();

const organisation = (id: string, name: string) => ({
  id,
  name,
  names: [{ text: name }],
  alternativeNames: [],
  existed: { start: null, end: null, ended: null },
  identifiers: [],
});

/** What countries may say, with as little in it as the contract allows; tests add what they are about. */
export const said = {
  administration: (id: string, name: string, more: object = {}): Said => ({
    ...organisation(id, name),
    kind: 'MUNICIPALITY',
    level: 'LOCAL',
    nuts: null,
    population: null,
    ...more,
  }),
  consortium: (id: string, name: string, more: object = {}): Said => ({ ...organisation(id, name), ...more }),
  membership: (id: string, consortiumId: string, memberId: string, more: object = {}): Said => ({
    id,
    consortiumId,
    memberId,
    role: 'MEMBER',
    during,
    provenance,
    ...more,
  }),
  claim: (id: string, solutionAddress: string, more: object = {}): Said => ({
    id,
    consortiumId: null,
    solutionAddress,
    statement: 'Somebody uses it',
    relation: null,
    kind: null,
    count: null,
    outOf: null,
    share: null,
    asOf: null,
    precision: null,
    publishedOn: null,
    source: 'https://example.org/',
    ...more,
  }),
  record: (id: string, solutionAddress: string, more: object = {}): Said => ({
    id,
    country: countryOf(id),
    solutionAddress,
    aliases: [],
    issued: '2020-01-01T00:00:00.000Z',
    kind: 'SOFTWARE',
    name: solutionAddress.split('/').at(-1) ?? solutionAddress,
    descriptions: [],
    url: null,
    landingURL: null,
    applicationSuite: null,
    isBasedOn: [],
    softwareVersion: null,
    releaseDate: null,
    developmentStatus: null,
    softwareType: null,
    categories: [],
    platforms: [],
    supports: [],
    licence: null,
    mainCopyrightOwner: null,
    maintenance: null,
    maintainedUntil: null,
    contractors: [],
    fundedBy: [],
    intendedAudience: null,
    localisationReady: null,
    availableLanguages: [],
    dependsOn: [],
    roadmap: null,
    publisherId: null,
    publisherName: null,
    issues: [],
    publiccode: null,
    provenance,
    ...more,
  }),
  portfolio: (id: string, consortiumId: string, solutionAddress: string, more: object = {}): Said => ({
    id,
    consortiumId,
    solutionAddress,
    during,
    provenance,
    ...more,
  }),
  adoption: (id: string, administrationId: string | null, solutionAddress: string, more: object = {}): Said => ({
    id,
    country: countryOf(id),
    administrationId,
    group: null,
    solutionAddress,
    status: 'IN_PRODUCTION',
    during,
    version: null,
    rawName: null,
    matchConfidence: null,
    provenance,
    ...more,
  }),
};

/** An index in a database of its own, asked through Europe's schema. */
export interface TestIndex {
  readonly database: Database;
  /** Reads every feed to its end. Countries that misbehave are left after a few attempts. */
  readonly catchUp: (options?: Partial<FollowOptions>) => Promise<void>;
  readonly ask: (query: string, variables?: Record<string, unknown>) => Promise<unknown>;
  readonly tell: (query: string, variables?: Record<string, unknown>) => Promise<ExecutionResult>;
  /** The statements since this was last read. */
  readonly statements: () => string[];
  readonly close: () => Promise<void>;
}

/** Starts an index that follows these countries when it is told to. */
export async function startTestIndex(countries: readonly FakeCountry[]): Promise<TestIndex> {
  const { url, drop } = await createTestDatabase();
  const seen: string[] = [];
  const database = await openDatabase({ url, entities: [], migrations, onStatement: (text) => seen.push(text) });
  await migrate(database);
  const { dataSource } = database;
  await prepareIndex(
    dataSource,
    countries.map(({ code }) => code),
  );
  const schema = buildSubgraphSchema([
    { typeDefs: parse(readSubgraphSdl(europe.folder)), resolvers: resolvers as never },
  ]);
  const repositories = createRepositories(database.query);
  const tell: TestIndex['tell'] = (source, variableValues) =>
    graphql({
      schema,
      source,
      contextValue: createContext(repositories),
      ...(variableValues ? { variableValues } : {}),
    });
  return {
    database,
    tell,
    ask: async (query, variables) => {
      const { data, errors } = await tell(query, variables);
      if (errors) throw errors[0] ?? new Error('an empty list of errors');
      // Plain objects: GraphQL's have no prototype, which Jest tells apart.
      return JSON.parse(JSON.stringify(data)) as unknown;
    },
    catchUp: async (options) => {
      const following = follow({
        dataSource,
        sources: countries,
        logger: silentLogger,
        intervalMs: 60_000,
        patienceMs: 2_000,
        ...options,
      });
      await following.firstRound;
      await following.stop();
    },
    statements: () => seen.splice(0),
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

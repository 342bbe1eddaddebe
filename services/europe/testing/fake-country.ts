import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';

import type { Subject } from '../feed/entry-schemas.js';
import type { RawContent } from './feed-contents.js';

/** A country that serves a change feed of what tests publish. */
export interface FakeCountry {
  readonly code: string;
  readonly folder: string;
  readonly url: string;
  readonly publish: (subject: Subject, content: RawContent) => void;
  readonly withdraw: (subject: Subject, id: string) => void;
  /** Puts an entry into the feed as it is, even if it is invalid. */
  readonly publishRaw: (entry: { subject: string; subjectId: string; kind?: string; content?: unknown }) => void;
  /** Restarts the feed, with what is published. */
  readonly restart: () => void;
  /** Overrides the response to every request, given the request body. Null, or a null response: responds as usual. */
  readonly overrideResponse: (respond: ((body: string) => FakeResponse | null) | null) => void;
  readonly requestCount: () => number;
  readonly stop: () => Promise<void>;
}

/** A response of a fake country. */
export interface FakeResponse {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The response starts, and never ends. */
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
  CODE_LIST: 'codeList',
  CODE: 'code',
  CODE_MAPPING: 'codeMapping',
  NEED: 'need',
  NEED_HOLDER: 'needHolder',
  TERMS: 'terms',
  CONTRACT: 'contract',
};

/** Starts a country on a port of its own. The moments in its feed are artificial and reproducible. */
export async function startFakeCountry(code: string): Promise<FakeCountry> {
  let feed: string = randomUUID();
  let last = 0;
  let entries = new Map<string, Entry>();
  let override: ((body: string) => FakeResponse | null) | null = null;
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
    if (from !== feed) return { errors: [{ message: 'the feed has restarted', extensions: { code: 'FEED_CHANGED' } }] };
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
    // A reader that stops may leave an incomplete request.
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
        const reply: FakeResponse = override?.(body) ?? {
          status: 200,
          body: JSON.stringify(pageOf(variables.after, variables.first, query.includes('adoption {'))),
        };
        response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
        if (reply.isEndless) response.write(reply.body);
        else response.end(reply.body);
      })
      .catch(ended);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    code,
    folder: code.toLowerCase(),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish: (subject, content) => {
      put(subject, content.id, 'UPSERT', content);
    },
    withdraw: (subject, id) => {
      put(subject, id, 'DELETE', null);
    },
    publishRaw: ({ subject, subjectId, kind = 'UPSERT', content = null }) => {
      put(subject, subjectId, kind, content);
    },
    restart: () => {
      feed = randomUUID();
      const there = [...entries.values()].filter(({ kind }) => kind === 'UPSERT');
      entries = new Map();
      for (const { subject, subjectId, content } of there) put(subject, subjectId, 'UPSERT', content);
    },
    overrideResponse: (respond) => {
      override = respond;
    },
    requestCount: () => requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

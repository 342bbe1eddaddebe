import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { listen } from '../../services/kit/listen.js';

/** Stands between a country and Europe, which reads its feed there, and responds in the country's place during an attack. */
export interface FeedRelay {
  /** The URL of the country's `/subgraph` for Europe. */
  readonly url: string;
  /** Where requests are forwarded. */
  readonly setTarget: (url: string) => void;
  /** Responds with these texts to requests, the nth text to the nth request; null: forwards them. */
  readonly respondWith: (respond: ((turn: number) => string) | null) => void;
  /** Adds entries of the country's feed to the next pages that it forwards. */
  readonly insert: (entries: readonly object[]) => void;
  /** How many requests it has received. */
  readonly requestCount: () => number;
  readonly stop: () => Promise<void>;
}

/** What the relay adds to a cursor, so that the position in the feed advances with each page that it adds to. */
const mark = /~\d+/;

interface PageResponse {
  readonly data?: {
    readonly catalogue?: {
      readonly changes?: {
        readonly nodes: object[];
        readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    };
  };
}

interface PageRequest {
  readonly variables: { readonly after: string | null; readonly first: number };
}

/** Adds entries to a page of a feed, up to the number that was requested. Any other response stays as it is. */
function addEntries(request: string, body: string, entries: object[], turn: number): string {
  if (entries.length === 0) return body;
  const response = JSON.parse(body) as PageResponse;
  const changes = response.data?.catalogue?.changes;
  if (!changes) return body;
  const { after, first } = (JSON.parse(request) as PageRequest).variables;
  changes.nodes.push(...entries.splice(0, first - changes.nodes.length));
  changes.pageInfo.hasNextPage ||= entries.length > 0;
  changes.pageInfo.endCursor = `${changes.pageInfo.endCursor ?? after ?? ''}~${turn}`;
  return JSON.stringify(response);
}

export async function startFeedRelay(): Promise<FeedRelay> {
  let target = '';
  let hostile: ((turn: number) => string) | null = null;
  const inserted: object[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    const turn = (requests += 1);
    const respond = async (): Promise<void> => {
      const body = (await text(request)).replace(mark, '');
      const { authorization = '', 'x-deadline-ms': deadline = '' } = request.headers;
      const sent = hostile
        ? { status: 200, body: hostile(turn) }
        : await fetch(target, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization, 'x-deadline-ms': String(deadline) },
            body,
          }).then(async (forwarded) => ({
            status: forwarded.status,
            body: addEntries(body, await forwarded.text(), inserted, turn),
          }));
      response.writeHead(sent.status, { 'content-type': 'application/json' }).end(sent.body);
    };
    respond().catch(() => response.destroy());
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}/subgraph`,
    setTarget: (url) => {
      target = url;
    },
    respondWith: (respond) => {
      hostile = respond;
    },
    insert: (entries) => {
      inserted.push(...entries);
    },
    requestCount: () => requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

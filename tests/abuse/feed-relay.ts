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
  /** How many requests it has received. */
  readonly requestCount: () => number;
  readonly stop: () => Promise<void>;
}

export async function startFeedRelay(): Promise<FeedRelay> {
  let target = '';
  let hostile: ((turn: number) => string) | null = null;
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const respond = async (): Promise<void> => {
      const body = await text(request);
      const { authorization = '', 'x-deadline-ms': deadline = '' } = request.headers;
      const sent = hostile
        ? { status: 200, body: hostile(requests) }
        : await fetch(target, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization, 'x-deadline-ms': String(deadline) },
            body,
          }).then(async (forwarded) => ({ status: forwarded.status, body: await forwarded.text() }));
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

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { readFeedPage } from './read-feed-page.js';
import { defaultFeedLimits } from './limits.js';

const page = {
  data: {
    catalogue: {
      languages: ['en'],
      changes: { feedId: 'f', pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
    },
  },
};

describe('readFeedPage', () => {
  let server: Server;
  let headers: IncomingHttpHeaders = {};
  beforeAll(async () => {
    server = createServer((request, response) => {
      headers = request.headers;
      request.resume().on('end', () => response.end(JSON.stringify(page)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  const read = (secret?: string) =>
    readFeedPage(
      { code: 'DK', folder: 'denmark', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, secret },
      {
        after: null,
        first: 1,
        withContents: true,
        withNeeds: true,
        limits: defaultFeedLimits,
        signal: new AbortController().signal,
      },
    );

  it('sends the secret, the deadline and an unsampled trace context', async () => {
    await read('a secret of this country');
    expect(headers).toMatchObject({
      authorization: 'Bearer a secret of this country',
      'x-deadline-ms': '30000',
      traceparent: expect.stringMatching(/-00$/) as string,
    });
  });

  it('sends no authorization if the country has no secret', async () => {
    await read();
    expect(headers).not.toHaveProperty('authorization');
  });
});

import { type FakeGateway, type RootFields, startFakeGateway } from '../../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../../testing/start-test-portal.js';

/** A response, with its words: the text without markup. */
export interface Received {
  readonly response: Response;
  readonly status: number;
  readonly text: string;
  readonly words: string;
}

/** The portal that all suites of a test file share, of a gateway whose graph each of them sets. */
export interface Site {
  readonly gateway: FakeGateway;
  readonly portal: TestPortal;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Received>;
  /** Like `get`, with the words of the main part alone: between two elements is one space. */
  readonly read: (path: string) => Promise<{ readonly status: number; readonly html: string; readonly words: string }>;
}

/** Starts the portal before the tests of a file, and stops it after them. */
export function useSite(): Site {
  let gateway: FakeGateway;
  let portal: TestPortal;
  beforeAll(async () => {
    gateway = await startFakeGateway();
    portal = await startTestPortal(gateway.url);
  });
  afterAll(async () => {
    await portal.stop();
    await gateway.stop();
  });
  return {
    get gateway() {
      return gateway;
    },
    get portal() {
      return portal;
    },
    get: async (path, headers = {}) => {
      const response = await portal.fetch(path, { headers });
      const text = await response.text();
      return { response, status: response.status, text, words: toWords(text, ' ') };
    },
    read: async (path) => {
      const response = await portal.fetch(path);
      const html = await response.text();
      return { status: response.status, html, words: toWords(/<main[^]*<\/main>/.exec(html)?.[0] ?? html, '') };
    },
  };
}

/** React separates values from the text around them by comments. */
const toWords = (html: string, comment: string): string =>
  html
    .replaceAll('<!-- -->', comment)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

/** Each test of a suite begins with this graph. */
export function useGraph(site: Site, root: RootFields): void {
  beforeEach(() => {
    site.gateway.root = root;
    site.gateway.catalogues = [];
    site.gateway.received.length = 0;
  });
}

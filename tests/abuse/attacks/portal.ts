import type { Attack } from '../attack.js';
import { floodAttack, type FloodOptions, type HostileRequest } from '../flood.js';
import { holdSockets } from '../hold-sockets.js';
import { partialRequests } from '../requests/dribble.js';
import { times } from '../requests/abuse.js';
import { wordsOf } from './expensive-operations.js';

const get = (path: string, accept = '*/*'): HostileRequest => ({ method: 'GET', path, headers: { accept } });
const html = 'text/html';

const portalFlood = (name: string, options: Omit<FloodOptions, 'service'>): Attack =>
  floodAttack(name, { service: 'portal', ...options });

/** A message of MCP. */
const rpc = (method: string, params: object): HostileRequest => ({
  path: '/mcp',
  headers: { accept: 'application/json, text/event-stream', host: 'localhost' },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
});

/** A list whose items have the same field under many aliases, each of which becomes a column. */
const aliases = (turn: number): HostileRequest => ({
  path: '/export',
  headers: { accept: 'text/csv' },
  body: JSON.stringify({
    query: `query Turn${turn} { adoptions { nodes { ${times(900, (index) => `a${index}: rawName`)} } } }`,
  }),
});

const unreadExport = ['GET /export/adoptions.csv HTTP/1.1', 'Host: localhost', '', ''].join('\r\n');

/** What an anonymous client can do to the portal, and by it to the gateway. */
export const portalAttacks: readonly Attack[] = [
  portalFlood('searches in the portal', {
    concurrency: 64,
    request: (turn) => get(`/en/?q=${encodeURIComponent(`${wordsOf(turn)} ${turn}`)}`, html),
  }),
  portalFlood('one page of the portal again and again', {
    concurrency: 64,
    clients: 4,
    request: () => get('/en/administrations/it:administration:062008', html),
  }),
  portalFlood('page after page of the portal', {
    concurrency: 64,
    // The municipalities of nine provinces.
    request: (turn) =>
      get(`/en/administrations/it:administration:0${58 + (turn % 9)}${String((turn % 70) + 1).padStart(3, '0')}`, html),
  }),
  portalFlood('pages that the portal does not have', {
    concurrency: 64,
    request: (turn) => get(`/en/none/${turn}`, html),
  }),
  portalFlood('maps of the portal', {
    concurrency: 32,
    request: (turn) => get(`/en/pictures/consortium-members-map.svg?id=be:consortium:0841470248&turn=${turn}`),
  }),
  portalFlood('exports with 900 columns', { concurrency: 16, request: aliases }),
  portalFlood('exports of all adoptions', { concurrency: 16, request: () => get('/export/adoptions.csv') }),
  portalFlood('lists of the tools for assistants', { concurrency: 32, request: () => rpc('tools/list', {}) }),
  portalFlood('linked data', {
    concurrency: 32,
    request: (turn) => get(turn % 4 === 0 ? '/dcat/it.nt' : '/id/be:consortium:0841470248', 'text/turtle'),
  }),
  portalFlood('Atom feeds', {
    concurrency: 32,
    request: (turn) => get(`/feeds/solutions.atom${turn % 4 === 0 ? `?search=${turn}` : ''}`),
  }),
  portalFlood('software of the Open Catalog API', {
    concurrency: 32,
    request: () => get('/v1/software?page[size]=100'),
  }),
  portalFlood('cheap requests to the portal', {
    concurrency: 64,
    request: (turn) => {
      const path = cheapPaths[turn % cheapPaths.length] ?? '/';
      return path.startsWith('OPTIONS') ? { method: 'OPTIONS', path: '/export' } : get(path);
    },
  }),
  {
    name: '300 exports that are not read',
    play: ({ portal, ...field }) =>
      holdSockets({ portal, ...field }, 300, (socket) => socket.pause().write(unreadExport), portal),
  },
  {
    name: '500 requests to the portal whose headers do not end',
    play: ({ portal, ...field }) =>
      holdSockets({ portal, ...field }, 500, (socket) => socket.resume().write(partialRequests.headers), portal),
  },
];

const cheapPaths = ['/', '/formats', '/queries', '/export', '/assets/none.js', '/health/ready', 'OPTIONS'];

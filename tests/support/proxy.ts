/**
 * The process of a fault proxy: `proxy.js <port> <target>`. Its parent sends it the name of a fault, or `none`, and receives the
 * same word once the fault is active.
 */
import type { Fault } from './faults.js';
import { startProxyServer } from './proxy-server.js';

const [port = '', target = ''] = process.argv.slice(2);

const server = await startProxyServer({
  port: Number(port),
  target,
  die: () => process.kill(process.pid, 'SIGKILL'),
});
process.on('message', (word: Fault | 'none') => {
  server.setFault(word === 'none' ? undefined : word);
  process.send?.(word);
});
process.send?.('ready');

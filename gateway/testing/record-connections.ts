/**
 * Loaded into a process before its own code by `no-telemetry.test.ts`: records each attempt to connect to another host as a line in
 * the file RECORDED_CONNECTIONS, and blocks it.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const file = process.env['RECORDED_CONNECTIONS'] ?? '';
const localHosts = new Set(['127.0.0.1', '::1', 'localhost', '']);

/** Whether a host is another machine; then it is recorded. */
function isForeign(host: unknown): boolean {
  const name = typeof host === 'string' ? host : '';
  if (localHosts.has(name)) return false;
  appendFileSync(file, `${name}\n`);
  return true;
}

const connectionRefused = (): Error =>
  Object.assign(new Error('this test blocks connections to other hosts'), { code: 'ECONNREFUSED' });

type Function = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces a function by a wrapper of it. */
function replace(target: object, name: string, make: (original: Function) => Function): void {
  const holder = target as Record<string, Function>;
  const original = holder[name];
  if (original) holder[name] = make(original);
}

// All TCP connections, with and without TLS, start here. Arguments may come as they are, or as the list that net made of them.
replace(net.Socket.prototype, 'connect', (original) => {
  return function (this: unknown, ...args: unknown[]) {
    const [first, second] = (Array.isArray(args[0]) ? args[0] : args) as unknown[];
    const host = typeof first === 'object' && first !== null ? (first as { host?: unknown }).host : second;
    if (!isForeign(host)) return original.apply(this, args);
    const socket = this as net.Socket;
    process.nextTick(() => socket.destroy(connectionRefused()));
    return socket;
  };
});

replace(dgram.Socket.prototype, 'send', (original) => {
  return function (this: unknown, ...args: unknown[]) {
    const host = args.find((argument) => typeof argument === 'string' && !localHosts.has(argument));
    return isForeign(host) ? undefined : original.apply(this, args);
  };
});

const lookups = Object.keys(dns).filter((name) => /^(?:lookup|resolve|reverse)/.test(name));
for (const name of lookups) {
  replace(dns, name, (original) => (...args) => {
    if (!isForeign(args[0])) return original.apply(dns, args);
    const done = args.at(-1);
    if (typeof done === 'function') process.nextTick(() => (done as Function)(connectionRefused()));
    return undefined;
  });
  replace(
    dns.promises,
    name,
    (original) =>
      (...args) =>
        isForeign(args[0]) ? Promise.reject(connectionRefused()) : original.apply(dns.promises, args),
  );
}

syncBuiltinESMExports();

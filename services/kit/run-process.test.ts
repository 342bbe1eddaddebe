import { once } from 'node:events';
import { join } from 'node:path';

import { type ChildProcessHandle, startChild } from './testing/child-process.js';

const kit = (file: string): string => JSON.stringify(join(import.meta.dirname, '../../dist/services/kit', file));

/** Runs `runProcess` in a process; `start` and `settings` are JavaScript. */
function runChild(
  start: string,
  environment: Record<string, string> = {},
  settings = '',
  ...args: string[]
): ChildProcessHandle {
  const script = `
    import { runProcess } from ${kit('run-process.js')};
    import { port } from ${kit('config/fields.js')};
    import { createServer } from 'node:http';
    const definition = { name: 'child', usage: 'Usage: child', settings: { ${settings} } };
    await runProcess(definition, ${start});`;
  return startChild(['--input-type=module', '-e', script, '--', ...args], { CHILD_PORT: 'eighty', ...environment });
}

const running = `async (_settings, { logger }) => {
  const forEver = setInterval(() => undefined, 1000);
  logger.info('up');
  return { stop: async () => {
    await new Promise((done) => setTimeout(done, 200));
    logger.info('finished');
  } };
}`;

/** Settings as JavaScript. */
const childSettings = `
  port: port().default(1).meta({ variable: 'CHILD_PORT', description: 'The port.' }),
  hostPort: port().meta({ variable: 'CHILD_HOST_PORT', description: 'The other port.' }),`;

describe('a process', () => {
  it.concurrent('gets its settings, and prints them all for --help', async () => {
    const environment = { CHILD_PORT: '80', CHILD_HOST_PORT: '81', LISTEN_ADDRESS: '::' };
    const start = `async (settings, { logger }) => { logger.info(JSON.stringify(settings)); process.exit(0); }`;
    const child = runChild(start, environment, childSettings);
    expect(await child.exit).toBe('0');
    expect(JSON.parse(child.lines[0]?.msg ?? '')).toEqual({
      port: 80,
      hostPort: 81,
      listenAddress: '::',
      shutdownDelayMs: 2_000,
    });
    const help = runChild(start, environment, childSettings, '--help');
    expect(await help.exit).toBe('0');
    for (const text of [
      'Usage: child',
      'CHILD_HOST_PORT',
      'The other port. Required.',
      'METRICS_PORT',
      'LISTEN_ADDRESS',
    ])
      expect(help.output()).toContain(text);
  });

  it.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes the requests in progress on %s, once, and exits with 0',
    async (signal) => {
      const child = runChild(running);
      await child.waitForOutput('"up"');
      child.process.kill(signal);
      child.process.kill(signal);
      expect(await child.exit).toBe('0');
      expect(child.lines.map(({ name, msg }) => `${name ?? ''}: ${msg ?? ''}`)).toEqual([
        'child: up',
        'child: stopping',
        'child: finished',
      ]);
    },
  );

  it.concurrent('finishes the requests in progress when its parent dies', async () => {
    const child = runChild(running);
    await child.waitForOutput('"up"');
    const exited = once(child.process, 'exit');
    child.process.disconnect();
    expect(await exited).toEqual([0, null]);
    expect(child.lines.map(({ msg }) => msg)).toEqual(['up', 'stopping', 'finished']);
  });

  it.concurrent('serves metrics until it ends if METRICS_PORT is set, and logs their new names', async () => {
    const child = runChild(running, { METRICS_PORT: '0' });
    await child.waitForOutput('"up"');
    expect(child.output()).toContain('http_request_duration_seconds{door} -> http_request_duration_seconds{route}');
    const [, port] = /metrics on port (\d+)/.exec(child.output()) ?? [];
    const page = await (await fetch(`http://127.0.0.1:${port ?? ''}/metrics`)).text();
    expect(page).toContain('process_cpu_seconds_total');
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe('0');
  });

  it.concurrent('ends at once while it is starting', async () => {
    const child = runChild(`(_settings, { logger }) => {
      setInterval(() => undefined, 1000);
      logger.info('up');
      return new Promise(() => undefined);
    }`);
    await child.waitForOutput('"up"');
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe('0');
  });

  it.concurrent('exits with 1 and a line for each problem if its environment is wrong', async () => {
    const child = runChild('() => undefined', { METRICS_PORT: 'eighty' }, childSettings);
    expect(await child.exit).toBe('1');
    expect(child.lines.map(({ msg }) => msg)).toEqual([
      'CHILD_PORT must be a port from 0 to 65535',
      'CHILD_HOST_PORT is missing',
      'METRICS_PORT must be a port from 0 to 65535',
    ]);
    expect(child.output()).not.toMatch(/stack|eighty/);
  });

  it.concurrent('exits with 1 and states that its port is in use', async () => {
    const child = runChild(`async () => {
      const listen = (port) => new Promise((resolve, reject) => {
        const server = createServer().once('error', reject);
        server.listen(port, () => resolve(server));
      });
      return listen((await listen(0)).address().port);
    }`);
    expect(await child.exit).toBe('1');
    expect(child.lines.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(
        /^listen EADDRINUSE: address already in use :::\d+. Another program is listening there; choose another port.$/,
      ),
    ]);
  });

  it.concurrent('exits with 1 and the reason when it cannot start, even with something left open', async () => {
    const child = runChild(`async () => { setInterval(() => undefined, 1000); throw new Error('no such table'); }`);
    expect(await child.exit).toBe('1');
    expect(child.lines).toMatchObject([{ msg: 'could not start: no such table' }]);
  });

  it.concurrent('exits with 1 when it cannot stop in order', async () => {
    const child = runChild(`async (_settings, { logger }) => {
      logger.info('up');
      setInterval(() => undefined, 1000);
      return { stop: () => Promise.reject(new Error('stuck')) };
    }`);
    await child.waitForOutput('"up"');
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe('1');
    expect(child.lines.map(({ msg }) => msg)).toEqual(['up', 'stopping', 'stopping failed']);
  });
});

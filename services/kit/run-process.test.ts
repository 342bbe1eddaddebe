import { once } from 'node:events';
import { join } from 'node:path';

import { type ChildProcessHandle, startChild } from './testing/child-process.js';

const kit = (file: string): string => JSON.stringify(join(import.meta.dirname, '../../dist/services/kit', file));

/** Runs `runProcess('child', start)` in a process, where `start` is a few words of JavaScript. */
function runChild(start: string, environment: Record<string, string> = {}): ChildProcessHandle {
  const script = `
    import { runProcess } from ${kit('run-process.js')};
    import { ConfigError, port, readConfig } from ${kit('config/config.js')};
    import { createServer } from 'node:http';
    await runProcess('child', ${start});`;
  return startChild(['--input-type=module', '-e', script], { CHILD_PORT: 'eighty', ...environment });
}

const running = `async (logger) => {
  const forEver = setInterval(() => undefined, 1000);
  logger.info('up');
  return { stop: async () => {
    await new Promise((done) => setTimeout(done, 200));
    logger.info('finished');
  } };
}`;

describe('a process', () => {
  it.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is under way on %s, once, and exits with 0',
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

  it.concurrent('finishes what is under way when its parent goes', async () => {
    const child = runChild(running);
    await child.waitForOutput('"up"');
    const exited = once(child.process, 'exit');
    child.process.disconnect();
    expect(await exited).toEqual([0, null]);
    expect(child.lines.map(({ msg }) => msg)).toEqual(['up', 'stopping', 'finished']);
  });

  it.concurrent('can be watched, until it ends, when its environment says where', async () => {
    const child = runChild(running, { METRICS_PORT: '0' });
    await child.waitForOutput('"up"');
    const [, port] = /metrics on port (\d+)/.exec(child.output()) ?? [];
    const page = await (await fetch(`http://127.0.0.1:${port ?? ''}/metrics`)).text();
    expect(page).toContain('process_cpu_seconds_total');
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe('0');
  });

  it.concurrent('ends at once while it is starting', async () => {
    const child = runChild(`(logger) => {
      setInterval(() => undefined, 1000);
      logger.info('up');
      return new Promise(() => undefined);
    }`);
    await child.waitForOutput('"up"');
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe('0');
  });

  it.concurrent('exits with 1 and a line for each fault when its environment is wrong', async () => {
    const child = runChild('() => readConfig({ CHILD_PORT: port(1), CHILD_HOST_PORT: port(1).unwrap() }, process.env)');
    expect(await child.exit).toBe('1');
    expect(child.lines.map(({ msg }) => msg)).toEqual([
      'CHILD_PORT must be a port from 0 to 65535',
      'CHILD_HOST_PORT is missing',
    ]);
    expect(child.output()).not.toMatch(/stack|eighty/);
  });

  it.concurrent('exits with 1 and says so when its port is taken', async () => {
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
        /^listen EADDRINUSE: address already in use :::\d+. Another program listens there; choose another port.$/,
      ),
    ]);
  });

  it.concurrent('exits with 1 and the reason when it cannot start, even with something left open', async () => {
    const child = runChild(`async () => { setInterval(() => undefined, 1000); throw new Error('no such table'); }`);
    expect(await child.exit).toBe('1');
    expect(child.lines).toMatchObject([{ msg: 'could not start: no such table' }]);
  });

  it.concurrent('exits with 1 when it cannot stop in order', async () => {
    const child = runChild(`async (logger) => {
      logger.info('up');
      setInterval(() => undefined, 1000);
      return { stop: () => Promise.reject(new Error('stuck')) };
    }`);
    await child.waitForOutput('"up"');
    child.process.kill('SIGTERM');
    expect(await child.exit).toBe('1');
    expect(child.lines.map(({ msg }) => msg)).toEqual(['up', 'stopping', 'could not stop in order']);
  });
});

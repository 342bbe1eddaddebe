import { createLogger, openLogOutput } from './logger.js';
import { type RequestContext, runInContext } from './request-context.js';

const lines: Record<string, unknown>[] = [];
const logger = createLogger('denmark', {
  write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
});
beforeEach(() => lines.splice(0));

const scope: RequestContext = {
  requestId: 'request-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  signal: new AbortController().signal,
};

it('a log on a full disk loses lines, and neither throws nor fills the memory', () => {
  const output = openLogOutput('/dev/full');
  const full = createLogger('denmark', output);
  let dropped = 0;
  output.on('drop', () => (dropped += 1));
  for (let line = 0; line < 200; line += 1) full.info({ text: 'x'.repeat(10_000) }, 'waits or is lost');
  expect(dropped).toBeGreaterThan(90);
});

describe('a line of the log', () => {
  it('names the process', () => {
    logger.info({ port: 4001 }, 'listening');
    expect(lines).toEqual([
      { level: 30, time: expect.any(Number) as number, name: 'denmark', port: 4001, msg: 'listening' },
    ]);
  });

  it('names the request that is being served, and its trace', async () => {
    await runInContext(scope, async () => {
      await Promise.resolve();
      logger.warn('slow');
    });
    logger.warn('idle');
    const named = { requestId: 'request-1', traceId: '0af7651916cd43dd8448eb211c80319c' };
    expect(lines[0]).toMatchObject({ msg: 'slow', ...named });
    expect(lines[1]).not.toHaveProperty('requestId');
  });

  it('describes an error without what it carries', () => {
    logger.error({ err: Object.assign(new Error('broken'), { parameters: ['Mette'] }) }, 'an operation failed');
    expect(lines[0]).toMatchObject({ msg: 'an operation failed', err: { type: 'Error', message: 'broken' } });
    expect(JSON.stringify(lines)).not.toContain('Mette');
  });
});

import { createLogger, openLogOutput } from './logger.js';

const lines: Record<string, unknown>[] = [];
const logger = createLogger('denmark', {
  write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
});
beforeEach(() => lines.splice(0));

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

  it('describes an error without what it carries', () => {
    logger.error({ err: Object.assign(new Error('broken'), { parameters: ['Mette'] }) }, 'an operation failed');
    expect(lines[0]).toMatchObject({ msg: 'an operation failed', err: { type: 'Error', message: 'broken' } });
    expect(JSON.stringify(lines)).not.toContain('Mette');
  });
});

import { readLogLine } from './log-line.js';

const read = (value: unknown) => readLogLine(JSON.stringify(value));

describe('readLogLine', () => {
  it.each([
    [20, 'info'],
    [30, 'info'],
    ['info', 'info'],
    [40, 'warning'],
    ['warn', 'warning'],
    [50, 'error'],
    [60, 'error'],
  ])('reads the level %s as %s', (level, severity) => {
    expect(read({ level, time: 1, msg: 'imported 98 rows' })).toEqual({ severity, text: 'imported 98 rows' });
  });

  it('adds the reason to a warning and the stack to an error', () => {
    const err = { message: 'refused', stack: 'Error: refused\n    at connect' };
    expect(read({ level: 40, msg: 'no database', err }).text).toBe('no database: refused');
    expect(read({ level: 50, msg: 'no database', err }).text).toBe('no database\nError: refused\n    at connect');
  });

  it.each(['', 'plain', '{ no json', '{"msg":"no level"}', '[1]', '{"level":{}}'])(
    'passes a line on that is not a log entry: %s',
    (line) => {
      expect(readLogLine(line)).toEqual({ severity: 'info', text: line });
    },
  );

  it('removes control characters, which could drive the terminal', () => {
    expect(read({ level: 30, msg: 'from \u001b]0;title\u0007 afar' }).text).toBe('from  ]0;title  afar');
  });
});

import { parseArguments } from './arguments.js';

describe('parseArguments', () => {
  it('runs everything when nothing is said', () => {
    expect(parseArguments([])).toEqual({ kind: 'run', only: undefined });
  });

  it.each(['denmark', 'europe', 'gateway'])('runs %s alone', (name) => {
    expect(parseArguments([name])).toEqual({ kind: 'run', only: name });
  });

  it.each([['--help'], ['-h'], ['denmark', '--help']])('helps: %s', (...args) => {
    expect(parseArguments(args)).toEqual({ kind: 'help' });
  });

  it('names what is allowed when it refuses', () => {
    const command = parseArguments(['sweden']);
    expect(command).toEqual({
      kind: 'refused',
      message: 'unknown argument "sweden"\nallowed: denmark, belgium, italy, europe, gateway, --help',
    });
  });

  it('refuses two names', () => {
    expect(parseArguments(['denmark', 'italy'])).toMatchObject({ kind: 'refused' });
  });
});

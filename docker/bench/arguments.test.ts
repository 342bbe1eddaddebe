import { measurements, parseArguments } from './arguments.js';

describe('parseArguments', () => {
  it('measures everything when nothing is said', () => {
    expect(parseArguments([])).toEqual({ kind: 'run', only: measurements, seconds: 12 });
  });

  it.each([[['--only', 'page', '--only', 'start']], [['--only', 'page,start']], [['--only=start,page,page']]])(
    'measures what is named, each once and in its order: %j',
    (args) => {
      expect(parseArguments(args)).toMatchObject({ only: ['start', 'page'] });
    },
  );

  it('takes the seconds', () => {
    expect(parseArguments(['--seconds', '60'])).toMatchObject({ seconds: 60 });
  });

  it.each([[['--help']], [['-h', '--only', 'page']]])('helps: %j', (args) => {
    expect(parseArguments(args)).toEqual({ kind: 'help' });
  });

  it.each([
    [['--only', 'speed'], '--only speed: there is start, eu, walk, page'],
    [['--seconds', '0'], '--seconds 0: must be a whole number from 1 to 9999'],
    [['--seconds', 'long'], '--seconds long: must be a whole number from 1 to 9999'],
  ])('refuses %j', (args, message) => {
    expect(parseArguments(args)).toEqual({ kind: 'refused', message });
  });

  it.each([[['--fast']], [['page']]])('refuses what it does not know: %j', (args) => {
    expect(parseArguments(args)).toMatchObject({ kind: 'refused' });
  });
});

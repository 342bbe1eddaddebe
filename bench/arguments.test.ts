import { letters, measurements, parseArguments } from './arguments.js';

describe('parseArguments', () => {
  it('measures everything when nothing is said', () => {
    expect(parseArguments([])).toEqual({
      kind: 'run',
      only: measurements,
      seconds: undefined,
      rounds: 5,
      letters,
      live: false,
      share: 0.1,
      plans: false,
    });
  });

  it.each([
    [['page', 'start']],
    [['--only', 'page', '--only', 'start']],
    [['--only', 'page,start']],
    [['--only=start,page,page']],
  ])('measures what is named, each once and in its order: %j', (args) => {
    expect(parseArguments(args)).toMatchObject({ only: ['start', 'page'] });
  });

  it('takes the seconds', () => {
    expect(parseArguments(['--seconds', '60'])).toMatchObject({ seconds: 60 });
  });

  it('takes the size of the index, and whether plans are shown', () => {
    const args = ['scale', '--share', '1', '--plans'];
    expect(parseArguments(args)).toMatchObject({ only: ['scale'], share: 1, plans: true });
  });

  it.each([[['gateways', 'c', 'a', '--rounds', '9', '--live']], [['--only', 'a,gateways,c', '--rounds=9', '--live']]])(
    'takes how gateways are asked: %j',
    (args) => {
      expect(parseArguments(args)).toMatchObject({ only: ['gateways'], letters: ['a', 'c'], rounds: 9, live: true });
    },
  );

  it.each([[['--help']], [['-h', '--only', 'page']]])('helps: %j', (args) => {
    expect(parseArguments(args)).toEqual({ kind: 'help' });
  });

  it.each([
    [['--only', 'speed'], 'speed: there is start, eu, walk, gateways, scale, page, and a, b, c of gateways'],
    [['speed'], 'speed: there is start, eu, walk, gateways, scale, page, and a, b, c of gateways'],
    [['a', 'page'], 'a: say gateways as well'],
    [['--rounds', '0'], '--rounds 0: must be a whole number from 1 to 9999'],
    [['--seconds', '0'], '--seconds 0: must be a whole number from 1 to 9999'],
    [['--share', '0'], '--share 0: must be a number from 0.001 to 1'],
    [['--share', '2'], '--share 2: must be a number from 0.001 to 1'],
    [['--seconds', 'long'], '--seconds long: must be a whole number from 1 to 9999'],
  ])('refuses %j', (args, message) => {
    expect(parseArguments(args)).toEqual({ kind: 'refused', message });
  });

  it('refuses what it does not know', () => {
    expect(parseArguments(['--fast'])).toMatchObject({ kind: 'refused' });
  });
});

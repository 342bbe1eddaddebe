import { parseArguments } from './arguments.js';

describe('parseArguments', () => {
  it('does everything, within some twenty minutes, when nothing is said', () => {
    expect(parseArguments([])).toMatchObject({
      kind: 'run',
      kinds: ['kills', 'faults'],
      kills: 100,
      requests: 100_000,
      minutes: 15,
    });
  });

  it('takes what to do, how much of it, and the seed', () => {
    expect(parseArguments(['--kind', 'kills', '--kills', '20', '--seed=7'])).toMatchObject({
      kinds: ['kills'],
      kills: 20,
      seed: 7,
    });
    expect(parseArguments(['--kind', 'faults', '--requests', '500', '--minutes=2'])).toMatchObject({
      kinds: ['faults'],
      requests: 500,
      minutes: 2,
    });
  });

  it.each([[['--help']], [['-h', '--kills', 'x']]])('helps: %j', (args) => {
    expect(parseArguments(args)).toEqual({ kind: 'help' });
  });

  it.each([
    [['--kind', 'murders'], '--kind murders: must be kills or faults'],
    [['--kills', '0'], '--kills 0: must be a whole number from 1 to 999999'],
    [['--requests', 'many'], '--requests many: must be a whole number from 1 to 999999'],
    [['--minutes', '1.5'], '--minutes 1.5: must be a whole number from 1 to 999999'],
    [['--seed', '1.5'], '--seed 1.5: must be a whole number from 0 to 999999999'],
  ])('refuses %j', (args, message) => {
    expect(parseArguments(args)).toEqual({ kind: 'refused', message });
  });

  it('refuses what it does not know', () => {
    expect(parseArguments(['--murders', '3'])).toMatchObject({ kind: 'refused' });
  });
});

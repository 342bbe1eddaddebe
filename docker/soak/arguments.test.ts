import { parseArguments } from './arguments.js';

describe('parseArguments', () => {
  it('kills a hundred times when nothing is said', () => {
    expect(parseArguments([])).toMatchObject({ kind: 'run', kills: 100 });
  });

  it('takes how often, and the seed', () => {
    expect(parseArguments(['--kills', '20', '--seed=7'])).toEqual({ kind: 'run', kills: 20, seed: 7 });
  });

  it.each([[['--help']], [['-h', '--kills', 'x']]])('helps: %j', (args) => {
    expect(parseArguments(args)).toEqual({ kind: 'help' });
  });

  it.each([
    [['--kills', '0'], '--kills 0: must be a whole number from 1 to 999999'],
    [['--kills', 'many'], '--kills many: must be a whole number from 1 to 999999'],
    [['--seed', '1.5'], '--seed 1.5: must be a whole number from 0 to 999999999'],
  ])('refuses %j', (args, message) => {
    expect(parseArguments(args)).toEqual({ kind: 'refused', message });
  });

  it('refuses what it does not know', () => {
    expect(parseArguments(['--murders', '3'])).toMatchObject({ kind: 'refused' });
  });
});

import { mergeDuplicateErrors } from './merge-duplicate-errors.js';

const createError = (message: string, service: string, path: string, code = 'INVALID_ARGUMENT') => ({
  message,
  path: [path],
  extensions: { code, service },
});

describe('mergeDuplicateErrors', () => {
  it('merges the errors of one mistake in a field, and names no country if several reject it', () => {
    const items = [0, 1, 2].map((index) => ['list', index, 'field']);
    const at = (index: number, service: string) => ({ ...createError('m', service, 'a'), path: items[index] ?? [] });
    expect(mergeDuplicateErrors([at(0, 'italy'), at(1, 'denmark'), at(2, 'italy')])).toEqual([
      { message: 'm', path: ['list', 0, 'field'], extensions: { code: 'INVALID_ARGUMENT' } },
    ]);
    expect(mergeDuplicateErrors([at(1, 'italy'), at(2, 'italy')])).toEqual([at(1, 'italy')]);
    expect(mergeDuplicateErrors([at(2, 'italy'), at(1, 'italy')])).toEqual([at(1, 'italy')]);
  });

  it('keeps an error with its path for each field', () => {
    const errors = [createError('m', 'italy', 'a'), createError('m', 'denmark', 'b'), createError('m', 'italy', 'c')];
    expect(mergeDuplicateErrors([...errors, ...errors])).toEqual(errors);
  });

  it('of two mistakes are two', () => {
    const two = [
      createError('m', 'italy', 'a'),
      createError('n', 'italy', 'a'),
      createError('m', 'italy', 'a', 'INVALID_ID'),
    ];
    expect(mergeDuplicateErrors(two)).toEqual(two);
  });

  it('are merged, but nothing else is', () => {
    const down = [
      createError('m', 'italy', 'a', 'SUBGRAPH_UNAVAILABLE'),
      createError('m', 'italy', 'b', 'SUBGRAPH_UNAVAILABLE'),
    ];
    expect(mergeDuplicateErrors(down)).toEqual(down);
    expect(mergeDuplicateErrors([{ message: 'm' }, { message: 'm' }])).toHaveLength(2);
  });
});

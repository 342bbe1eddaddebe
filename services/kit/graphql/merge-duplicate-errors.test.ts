import { mergeDuplicateErrors } from './merge-duplicate-errors.js';

const createError = (message: string, service: string, path: string, code = 'INVALID_ARGUMENT') => ({
  message,
  path: [path],
  extensions: { code, service },
});

describe('mergeDuplicateErrors', () => {
  it('merges the errors of one mistake, and names no country if several reject it', () => {
    expect(
      mergeDuplicateErrors([
        createError('m', 'italy', 'a'),
        createError('m', 'denmark', 'b'),
        createError('m', 'italy', 'c'),
      ]),
    ).toEqual([{ message: 'm', path: ['a'], extensions: { code: 'INVALID_ARGUMENT' } }]);
    expect(mergeDuplicateErrors([createError('m', 'italy', 'a'), createError('m', 'italy', 'b')])).toEqual([
      createError('m', 'italy', 'a'),
    ]);
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

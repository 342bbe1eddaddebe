import { mergeDuplicateErrors } from './merge-duplicate-errors.js';

const refusal = (message: string, service: string, path: string, code = 'INVALID_ARGUMENT') => ({
  message,
  path: [path],
  extensions: { code, service },
});

describe('refusals', () => {
  it('of one mistake are one, and no single country’s when several refuse it', () => {
    expect(
      mergeDuplicateErrors([refusal('m', 'italy', 'a'), refusal('m', 'denmark', 'b'), refusal('m', 'italy', 'c')]),
    ).toEqual([{ message: 'm', path: ['a'], extensions: { code: 'INVALID_ARGUMENT' } }]);
    expect(mergeDuplicateErrors([refusal('m', 'italy', 'a'), refusal('m', 'italy', 'b')])).toEqual([
      refusal('m', 'italy', 'a'),
    ]);
  });

  it('of two mistakes are two', () => {
    const two = [refusal('m', 'italy', 'a'), refusal('n', 'italy', 'a'), refusal('m', 'italy', 'a', 'INVALID_ID')];
    expect(mergeDuplicateErrors(two)).toEqual(two);
  });

  it('are merged, but nothing else is', () => {
    const down = [
      refusal('m', 'italy', 'a', 'SUBGRAPH_UNAVAILABLE'),
      refusal('m', 'italy', 'b', 'SUBGRAPH_UNAVAILABLE'),
    ];
    expect(mergeDuplicateErrors(down)).toEqual(down);
    expect(mergeDuplicateErrors([{ message: 'm' }, { message: 'm' }])).toHaveLength(2);
  });
});

import { createSparingLog } from './sparing-log.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('says each sort once a second, with how many were left unsaid', () => {
  const lines: string[] = [];
  const log = createSparingLog<'hot' | 'cold'>();
  const say = (sort: 'hot' | 'cold'): void => {
    log(sort, (unsaid) => lines.push(`${sort} ${unsaid}`));
  };

  for (let times = 0; times < 1_000; times += 1) say('hot');
  say('cold');
  expect(lines.splice(0)).toEqual(['hot 0', 'cold 0']);

  jest.advanceTimersByTime(1_000);
  say('hot');
  say('hot');
  expect(lines.splice(0)).toEqual(['hot 999']);

  jest.advanceTimersByTime(1_000);
  say('hot');
  expect(lines).toEqual(['hot 1']);
});

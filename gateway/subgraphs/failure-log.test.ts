import { createFailureLog } from './failure-log.js';
import { SubgraphError } from './subgraph.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('logs each kind of failure at once, and then with the number of suppressed repeats', () => {
  const lines: unknown[] = [];
  const warn = (line: unknown) => lines.push(line);
  const report = createFailureLog('denmark', { info: warn, warn, error: warn });
  const reset = new SubgraphError('SUBGRAPH_UNAVAILABLE', 'ECONNRESET');
  const slow = new SubgraphError('SUBGRAPH_TIMEOUT', 'slow');
  const line = { service: 'denmark', failure: 'SUBGRAPH_UNAVAILABLE', reason: 'ECONNRESET', suppressed: 0 };

  for (let times = 0; times < 1_000; times += 1) report(reset);
  report(slow);
  expect(lines).toEqual([line, { ...line, failure: 'SUBGRAPH_TIMEOUT', reason: 'slow' }]);

  jest.advanceTimersByTime(1_000);
  report(reset);
  report(reset);
  expect(lines.slice(2)).toEqual([{ ...line, suppressed: 999 }]);
});

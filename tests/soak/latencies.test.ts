import { createLatencies } from './latencies.js';

it('createLatencies keeps the latencies of different conditions apart', () => {
  const latencies = createLatencies();
  for (let value = 1; value <= 101; value += 1) latencies.add({ hasFault: false, isUnderAbuse: true }, value);
  latencies.add({ hasFault: true, isUnderAbuse: true }, 5);
  expect(latencies.rows()).toEqual([
    ['undisturbed', '0', '–', '–'],
    ['under abuse', '101', '51.0 ms', '100.0 ms'],
    ['with a fault', '0', '–', '–'],
    ['with a fault, under abuse', '1', '5.00 ms', '5.00 ms'],
  ]);
});

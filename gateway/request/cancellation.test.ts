import { CancellationToken } from './cancellation.js';

it('a cancellation token calls all listeners once', () => {
  const cancellation = new CancellationToken();
  const told: string[] = [];
  cancellation.onCancel(() => told.push('one'));
  cancellation.onCancel(() => told.push('other'));
  expect(cancellation.isCancelled).toBe(false);
  cancellation.cancel();
  cancellation.cancel();
  expect(told).toEqual(['one', 'other']);
  expect(cancellation.isCancelled).toBe(true);
});

it('a cancellation token does not call a removed listener', () => {
  const cancellation = new CancellationToken();
  const told: string[] = [];
  const stop = cancellation.onCancel(() => told.push('left'));
  cancellation.onCancel(() => told.push('stayed'));
  stop();
  stop();
  cancellation.cancel();
  expect(told).toEqual(['stayed']);
});

it('a listener of a cancellation token may remove another', () => {
  const cancellation = new CancellationToken();
  const told: string[] = [];
  const stops: (() => void)[] = [];
  for (const name of ['one', 'other'])
    stops.push(
      cancellation.onCancel(() => {
        told.push(name);
        for (const stop of stops) stop();
      }),
    );
  cancellation.cancel();
  expect(told).toEqual(['one', 'other']);
});

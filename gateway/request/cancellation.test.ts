import { CancellationToken } from './cancellation.js';

it('tells everybody who listens, once', () => {
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

it('does not tell whoever listens no longer', () => {
  const cancellation = new CancellationToken();
  const told: string[] = [];
  const stop = cancellation.onCancel(() => told.push('left'));
  cancellation.onCancel(() => told.push('stayed'));
  stop();
  stop();
  cancellation.cancel();
  expect(told).toEqual(['stayed']);
});

it('lets whoever is told end the listening of another', () => {
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

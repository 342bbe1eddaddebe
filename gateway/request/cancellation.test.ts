import { CancellationToken } from './cancellation.js';

it('a cancellation token calls all listeners once', () => {
  const cancellation = new CancellationToken();
  const calls: string[] = [];
  cancellation.onCancel(() => calls.push('one'));
  cancellation.onCancel(() => calls.push('other'));
  expect(cancellation.isCancelled).toBe(false);
  cancellation.cancel();
  cancellation.cancel();
  expect(calls).toEqual(['one', 'other']);
  expect(cancellation.isCancelled).toBe(true);
});

it('a cancellation token does not call a removed listener', () => {
  const cancellation = new CancellationToken();
  const calls: string[] = [];
  const stop = cancellation.onCancel(() => calls.push('left'));
  cancellation.onCancel(() => calls.push('stayed'));
  stop();
  stop();
  cancellation.cancel();
  expect(calls).toEqual(['stayed']);
});

it('a listener of a cancellation token may remove another', () => {
  const cancellation = new CancellationToken();
  const calls: string[] = [];
  const stops: (() => void)[] = [];
  for (const name of ['one', 'other'])
    stops.push(
      cancellation.onCancel(() => {
        calls.push(name);
        for (const stop of stops) stop();
      }),
    );
  cancellation.cancel();
  expect(calls).toEqual(['one', 'other']);
});

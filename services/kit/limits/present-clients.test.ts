import { PresentClients } from './present-clients.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a client is beside others if another one has sent an operation within a second', () => {
  const clients = new PresentClients();
  expect(clients.hasOthers('a')).toBe(false);
  clients.see('a');
  clients.see('a');
  expect([clients.hasOthers('a'), clients.hasOthers('b')]).toEqual([false, true]);
  clients.see('b');
  clients.see('a');
  clients.see('a');
  expect([clients.hasOthers('a'), clients.hasOthers('b')]).toEqual([true, true]);
  jest.advanceTimersByTime(999);
  clients.see('a');
  expect([clients.hasOthers('a'), clients.hasOthers('b')]).toEqual([true, true]);
  jest.advanceTimersByTime(1);
  expect([clients.hasOthers('a'), clients.hasOthers('b')]).toEqual([false, true]);
});

it('a client is beside others while one of them has a request in progress', () => {
  const clients = new PresentClients();
  const leaves = [clients.enter('a'), clients.enter('a')];
  jest.advanceTimersByTime(10_000);
  expect([clients.hasOthers('a'), clients.hasOthers('b')]).toEqual([false, true]);
  leaves[0]?.();
  jest.advanceTimersByTime(10_000);
  clients.see('b');
  expect([clients.hasOthers('a'), clients.hasOthers('b')]).toEqual([true, true]);
  leaves[1]?.();
  jest.advanceTimersByTime(1_000);
  expect([clients.hasOthers('a'), clients.hasOthers('b')]).toEqual([false, false]);
});

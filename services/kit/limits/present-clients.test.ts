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

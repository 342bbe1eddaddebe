import { SharedResponse } from './shared-response.js';

it('a shared response returns a separate copy to each caller', () => {
  const reply = new SharedResponse('{"data":{"list":[1]}}');
  const first = reply.takeCopy();
  (first.data?.['list'] as number[]).push(2);
  const others = [reply.takeCopy(), reply.takeCopy()];
  expect(others).toEqual([
    { data: { list: [1] }, errors: [] },
    { data: { list: [1] }, errors: [] },
  ]);
  expect(others[0]?.data).not.toBe(others[1]?.data);
});

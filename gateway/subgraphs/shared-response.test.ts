import { SharedReply } from './shared-response.js';

it('gives everybody a copy that he may change', () => {
  const reply = new SharedReply('{"data":{"list":[1]}}');
  const first = reply.take();
  (first.data?.['list'] as number[]).push(2);
  const others = [reply.take(), reply.take()];
  expect(others).toEqual([
    { data: { list: [1] }, errors: [] },
    { data: { list: [1] }, errors: [] },
  ]);
  expect(others[0]?.data).not.toBe(others[1]?.data);
});

import { SharedResponse } from './shared-response.js';

const request = { body: '{"query":"{list{id other:name}}","variables":{"unrequested":1}}' };

describe.each([
  ['small', '[1]'],
  ['large', `[${'1,'.repeat(200_000)}1]`],
])('a shared response that is %s', (_size, list) => {
  it('returns a separate copy to each caller', async () => {
    const reply = new SharedResponse(Buffer.from(`{"data":{"list":${list}}}`), request);
    const first = await reply.takeCopy();
    const length = (first.data?.['list'] as number[]).push(2) - 1;
    const others = await Promise.all([reply.takeCopy(), reply.takeCopy()]);
    for (const { data, errors } of others) expect([(data?.['list'] as number[]).length, errors]).toEqual([length, []]);
    expect(others[0].data).not.toBe(others[1].data);
  });
});

it('a response with too many values is rejected before it is parsed, unless a scan reads it', () => {
  const body = Buffer.from(`{"data":{"list":[${'1,'.repeat(300_000)}1]}}`);
  expect(() => new SharedResponse(body, request)).toThrow('its response contains more than 300000 values');
  const read = { data: {}, errors: [] };
  const scan = () => read;
  expect(new SharedResponse(body, { ...request, scan }).takeCopy(scan)).toBe(read);
});

it('a large response of which many names were not requested is rejected before it is parsed, which would take long', () => {
  const read = (name: string, toObject: (number: number) => string) =>
    new SharedResponse(
      Buffer.from(`{"data":{"${name}":[${Array.from({ length: 30_000 }, (_, number) => toObject(number)).join()}]}}`),
      request,
    );
  const fault = 'its response has many fields that were not requested';
  expect(() => read('list', (number) => `{"id":1,"a${number}":1,"b${number}":2}`)).toThrow(fault);
  for (const end of ['\\"', '\\\\', '\\u0000'])
    expect(() => read('list', (number) => `{"${number}${end}":1}`)).toThrow(fault);
  expect(() => read('list', (number) => `{ "id": "\\"${number}\\": \\\\\\"${number}\\":" }`)).not.toThrow();
  for (const object of ['{"unrequested":1}', '{"id":"text"}', '"no object at all"'])
    expect(() => read('list', () => object)).not.toThrow();
});

it('copies of a large response are made one in a turn, so that other work can run between them', async () => {
  const reply = new SharedResponse(Buffer.from(`{"data":{"list":"${'x'.repeat(300_000)}"}}`), request);
  const done: string[] = [];
  await Promise.all([
    ...['first', 'second', 'third'].map(async (name) => {
      await reply.takeCopy();
      done.push(name);
    }),
    new Promise<void>((resolve) => {
      setImmediate(() => {
        setImmediate(() => {
          done.push('other work');
          resolve();
        });
      });
    }),
  ]);
  expect(done.indexOf('other work')).toBeLessThan(done.indexOf('third'));
});

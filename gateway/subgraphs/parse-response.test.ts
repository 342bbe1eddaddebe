import { parseResponse } from './parse-response.js';

describe('a response', () => {
  it.each([
    ['data', '{"data":{"a":1}}', { data: { a: 1 }, errors: [] }],
    ['data and no errors', '{"data":{"a":null},"errors":null,"extensions":{}}', { data: { a: null }, errors: [] }],
    ['a byte order mark', '\uFEFF{"data":{"a":1}}', { data: { a: 1 }, errors: [] }],
    ['errors', '{"errors":[{"message":"no"}]}', { data: null, errors: [{ message: 'no' }] }],
    [
      'data and errors',
      '{"data":{"a":1},"errors":[{"message":"no"}]}',
      { data: { a: 1 }, errors: [{ message: 'no' }] },
    ],
  ])('may contain %s', (_name, text, reply) => {
    expect(parseResponse(text)).toEqual(reply);
  });

  it.each([
    '',
    '{"data":{"denmark":{',
    '<html></html>',
    'null',
    '[]',
    '"text"',
    '1',
    '{}',
    '{"data":null}',
    '{"data":null,"errors":[]}',
    '{"data":{}}',
    '{"data":[]}',
    '{"data":"text"}',
    '{"error":"no"}',
    ...['{}', '"text"', '[null]', '["text"]', '[{}]', '[{"message":1}]', '[[]]'].map(
      (errors) => `{"data":{"a":1},"errors":${errors}}`,
    ),
  ])('must not be %s', (text) => {
    expect(() => parseResponse(text)).toThrow(expect.objectContaining({ code: 'SUBGRAPH_BAD_RESPONSE' }) as Error);
  });
});

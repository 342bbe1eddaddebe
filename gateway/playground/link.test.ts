import { formatLink, parseLink } from './link.js';

describe('a link to an operation', () => {
  it.each([[{ query: 'query Q($é: Int) {\n  a(b: "&=+%")\n}', variables: '{\n  "é": 1\n}' }], [{ query: '{ a }' }]])(
    'opens the same operation: %j',
    (operation) => {
      expect(parseLink(formatLink(operation))).toEqual(operation);
    },
  );

  it.each([[''], ['?'], ['?query='], ['?query=%20'], ['?variables=%7B%7D']])('has no operation in "%s"', (search) => {
    expect(parseLink(search)).toBeUndefined();
  });

  it('formats the variables of another program, and shows what is not JSON', () => {
    expect(parseLink('?query=%7Ba%7D&variables=%7B%22a%22%3A1%7D')?.variables).toBe('{\n  "a": 1\n}');
    expect(parseLink('?query=%7Ba%7D&variables=%7B%22a')?.variables).toBe('{"a');
    expect(parseLink('?query=%7Ba%7D&variables=')).toEqual({ query: '{a}' });
  });

  it('leaves out empty variables', () => {
    expect(formatLink({ query: '{ a }', variables: ' ' })).toBe('?query=%7B+a+%7D');
  });
});

import {
  childTraceparent,
  newRequestId,
  newTraceparent,
  parseRequestId,
  parseTraceparent,
  getTraceId,
} from './trace-context.js';

const trace = '0af7651916cd43dd8448eb211c80319c';
const valid = `00-${trace}-b7ad6b7169203331-01`;

describe('a trace', () => {
  it('is parsed from the header', () => {
    expect(parseTraceparent(valid)).toBe(valid);
    expect(getTraceId(valid)).toBe(trace);
  });

  it.each([
    ['nothing', undefined],
    ['two', [valid, valid]],
    ['an empty text', ''],
    ['a word', 'trace'],
    ['capitals', valid.toUpperCase()],
    ['no trace', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['no place', `00-${trace}-${'0'.repeat(16)}-01`],
    ['the version that cannot be', `ff-${trace}-b7ad6b7169203331-01`],
    ['a line more', `${valid}\n`],
    ['something more', `${valid}-x`],
  ])('is not taken from %s', (_what, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  it('begins here, each another', () => {
    expect(parseTraceparent(newTraceparent())).toBeDefined();
    expect(newTraceparent()).not.toBe(newTraceparent());
    expect([newTraceparent(), newTraceparent(false)].map((one) => one.slice(-3))).toEqual(['-01', '-00']);
  });

  it('goes on at another place, recorded or not as before', () => {
    const child = childTraceparent(valid.replace(/01$/, '00'));
    expect(parseTraceparent(child)).toMatch(new RegExp(`^00-${trace}-.*-00$`));
    expect(child).not.toContain('b7ad6b7169203331');
  });
});

describe('the name of a request', () => {
  it.each(['a', 'Request_7-b', 'x'.repeat(64)])('can be %s', (name) => {
    expect(parseRequestId(name)).toBe(name);
  });

  it.each([undefined, ['a', 'b'], '', 'x'.repeat(65), 'a b', 'a\n', 'ä', '{"a":1}'])('cannot be %j', (name) => {
    expect(parseRequestId(name)).toBeUndefined();
  });

  it('is generated if there is none', () => {
    expect(parseRequestId(newRequestId())).toBeDefined();
    expect(newRequestId()).not.toBe(newRequestId());
  });
});

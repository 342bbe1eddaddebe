import { decodeText } from './decode-text.js';
import { collectIssues } from './rules.js';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

function decoded(bytes: Uint8Array): { text: string | null; rules: string[] } {
  const { issues, report } = collectIssues();
  const text = decodeText(bytes, report);
  return { text, rules: issues.map(({ rule }) => rule) };
}

it.each([
  ['UTF-8', Buffer.from('name: Ærø'), []],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffname: Ærø'), ['byte-order-mark']],
  [
    'UTF-16, little-endian, with a byte order mark',
    Buffer.from('\ufeffname: Ærø', 'utf16le'),
    ['encoding', 'byte-order-mark'],
  ],
  ['UTF-16, little-endian', Buffer.from('name: Ærø', 'utf16le'), ['encoding']],
  ['UTF-16, big-endian, with a byte order mark', utf16be('\ufeffname: Ærø'), ['encoding', 'byte-order-mark']],
  ['UTF-16, big-endian', utf16be('name: Ærø'), ['encoding']],
  ['Latin-1', Buffer.from('name: Ærø', 'latin1'), ['encoding']],
])('decodes %s', (_encoding, bytes, rules) => {
  expect(decoded(bytes)).toEqual({ text: 'name: Ærø', rules });
});

it('decodes characters of Windows-1252 that Latin-1 does not have', () => {
  expect(decoded(Buffer.from([0x80, 0x20, 0x93, 0x94])).text).toBe('€ “”');
});

it('keeps the rest of a text with invalid bytes', () => {
  const bytes = Buffer.concat([Buffer.from('name: Ærø '), Buffer.from([0xff]), Buffer.from(' å')]);
  expect(decoded(bytes)).toEqual({ text: 'name: Ærø \ufffd å', rules: ['unreadable-characters'] });
});

it('accepts a file that contains U+FFFD', () => {
  expect(decoded(Buffer.from('name: \ufffd'))).toEqual({ text: 'name: \ufffd', rules: [] });
});

it('converts all line endings to LF', () => {
  expect(decoded(Buffer.from('a\r\nb\rc\n'))).toEqual({ text: 'a\nb\nc\n', rules: ['line-endings'] });
});

it.each([
  ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
  ['a zero byte', Buffer.from('name: a\0b')],
  ['controls', Buffer.from('\x01\x02\x03 name')],
])('rejects %s', (_what, bytes) => {
  expect(decoded(bytes)).toEqual({ text: null, rules: ['binary'] });
});

it('decodes an empty file as an empty text', () => {
  expect(decoded(Buffer.alloc(0))).toEqual({ text: '', rules: [] });
});

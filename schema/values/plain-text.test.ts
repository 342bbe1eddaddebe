import { isPlainText, toPlainText } from './plain-text.js';

describe('a plain text', () => {
  it.each(['', 'Gent', 'two\r\nlines\tand a tab', 'Ærøskøbing', 'Αθήνα', '日本', '😀', '❤️', '👨‍👩‍👧', '👩🏽‍💻', 'a\u0301'])(
    'may be %j',
    (text) => {
      expect(isPlainText(text)).toBe(true);
      expect(toPlainText(text)).toBe(text);
    },
  );

  it.each([
    ['a null character', 'a\0b'],
    ['an escape sequence', 'a\x1b[31mb'],
    ['a control character beyond ASCII', 'a\x9bb'],
    ['a zero-width space', 'a\u200bb'],
    ['a joiner that joins no emoji', 'a\u200db'],
    ['a non-joiner', 'a\u200cb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a byte order mark', '\ufeffa'],
    ['a right-to-left override', 'a\u202eb'],
    ['a bidirectional isolate', 'a\u2066b'],
    ['a direction mark', 'a\u200eb'],
    ['a tag character', 'a\u{e0041}b'],
    ['a lone surrogate', 'a\ud83d'],
    ['a Hangul filler', 'a\u3164b'],
  ])('must not contain %s', (_what, text) => {
    expect(isPlainText(text)).toBe(false);
    expect(isPlainText(toPlainText(text))).toBe(true);
  });

  it('is found as with Unicode properties for every character', () => {
    const isForbidden = /^[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]$/u;
    const isAllowed = /^[\t\n\r\ufe00-\ufe0f]$/;
    const differing: string[] = [];
    for (let code = 0; code <= 0x10_ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (isPlainText(character) === (isForbidden.test(character) && !isAllowed.test(character)))
        differing.push(code.toString(16));
    }
    expect(differing).toEqual([]);
  });
});

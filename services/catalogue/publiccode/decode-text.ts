import iconv from 'iconv-lite';

import type { Report } from './rules.js';

/**
 * Decodes the text of a file, with LF as line ending. The standard requires UTF-8; UTF-16, with or without a byte order mark, and
 * Windows-1252, which includes Latin-1, are detected and decoded too. Null if the bytes are not text.
 */
export function decodeText(bytes: Uint8Array, report: Report): string | null {
  const utf16 = detectUtf16(bytes);
  const decoded = new TextDecoder(utf16 ?? 'utf-8', { ignoreBOM: true }).decode(bytes);
  if (decoded.includes('\0') || countOf(decoded, /[\x01-\x08\x0e-\x1a\x1c-\x1f]/g) > decoded.length / 100) {
    report('', 'binary', 'is not a text file');
    return null;
  }
  if (utf16) report('', 'encoding', 'is encoded in UTF-16 and must be UTF-8; it was read nevertheless');
  const text = withoutByteOrderMark(utf16 ? decoded : decodeBrokenUtf8(decoded, bytes, report), report);
  if (text.includes('\r')) report('', 'line-endings', 'ends lines with CR or CR LF instead of LF');
  return text.replace(/\r\n?/g, '\n');
}

/** Decodes bytes that are not valid UTF-8. If most characters beyond ASCII are invalid, the file must be in another encoding. */
function decodeBrokenUtf8(decoded: string, bytes: Uint8Array, report: Report): string {
  const broken = countOf(decoded, /\ufffd/g);
  if (broken === 0 || isUtf8(bytes)) return decoded;
  if (broken > countOf(decoded, /[^\0-\x7f\ufffd]/gu)) {
    report('', 'encoding', 'is encoded in Windows-1252 or Latin-1 and must be UTF-8; it was read nevertheless');
    // Node 20's TextDecoder of this name decodes Latin-1.
    return iconv.decode(Buffer.from(bytes), 'windows-1252');
  }
  report(
    '',
    'unreadable-characters',
    `has ${String(broken)} byte sequences that are not valid UTF-8; they became U+FFFD`,
  );
  return decoded;
}

/** Whether bytes are valid UTF-8: a file can contain U+FFFD itself. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Detects UTF-16 by the byte order mark, else by zeros in every second byte at the beginning, where YAML has ASCII. */
function detectUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < 4) return null;
  if (first && !second && third && !fourth) return 'utf-16le';
  return !first && second && !third && fourth ? 'utf-16be' : null;
}

function withoutByteOrderMark(text: string, report: Report): string {
  if (!text.startsWith('\ufeff')) return text;
  report('', 'byte-order-mark', 'begins with a byte order mark, which UTF-8 does not need');
  return text.slice(1);
}

const countOf = (text: string, characters: RegExp): number => text.match(characters)?.length ?? 0;

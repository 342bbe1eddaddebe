import iconv from 'iconv-lite';

import type { Report } from './rules.js';

/**
 * The text of a file, its lines ending with LF. UTF-8 is what the standard asks for; UTF-16, with or without a mark, and
 * Windows-1252 (Latin-1 is part of it) are told by their bytes and read too. Null when the bytes are no text at all.
 */
export function decodeText(bytes: Uint8Array, report: Report): string | null {
  const utf16 = detectUtf16(bytes);
  const decoded = new TextDecoder(utf16 ?? 'utf-8', { ignoreBOM: true }).decode(bytes);
  if (decoded.includes('\0') || countOf(decoded, /[\x01-\x08\x0e-\x1a\x1c-\x1f]/g) > decoded.length / 100) {
    report('', 'binary', 'is no text');
    return null;
  }
  if (utf16) report('', 'encoding', 'is encoded in UTF-16; it must be UTF-8. It was read all the same');
  const text = withoutByteOrderMark(utf16 ? decoded : decodeBrokenUtf8(decoded, bytes, report), report);
  if (text.includes('\r')) report('', 'line-endings', 'ends lines with CR, or CR LF, instead of LF');
  return text.replace(/\r\n?/g, '\n');
}

/** Where bytes are no UTF-8: where most letters beyond ASCII are not, the file must be in another encoding. */
function decodeBrokenUtf8(decoded: string, bytes: Uint8Array, report: Report): string {
  const broken = countOf(decoded, /\ufffd/g);
  if (broken === 0 || isUtf8(bytes)) return decoded;
  if (broken > countOf(decoded, /[^\0-\x7f\ufffd]/gu)) {
    report('', 'encoding', 'is encoded in Windows-1252, or Latin-1; it must be UTF-8. It was read all the same');
    // Node 20's TextDecoder of this name decodes Latin-1.
    return iconv.decode(Buffer.from(bytes), 'windows-1252');
  }
  report('', 'unreadable-characters', `has ${String(broken)} places that are no UTF-8; they became U+FFFD`);
  return decoded;
}

/** A file may hold U+FFFD of its own. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Told by the mark, else by the zero in every second byte at the beginning, where YAML has ASCII. */
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

/**
 * An absolute address taken apart; null when it is none. Not `URL.canParse`: in Node 20 that fails at random on addresses with
 * letters beyond ASCII, as soon as the compiler has optimised its caller.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

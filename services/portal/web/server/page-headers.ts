/**
 * A page may load from and connect to its own host only, and runs no script and applies no style that is written in it. Pictures may
 * be made in the browser (`data:`, `blob:`).
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
];

/** The headers of a page. It is always requested again, and sent again only if it has changed. */
export const pageHeaders = {
  'content-security-policy': [...policy, "frame-ancestors 'none'"].join('; '),
  'cache-control': 'no-cache',
} as const;

/** The headers of a part of a page that other sites may show in a frame. */
export const embedHeaders = {
  ...pageHeaders,
  'content-security-policy': [...policy, 'frame-ancestors *'].join('; '),
} as const;

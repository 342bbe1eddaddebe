import type { IncomingMessage } from 'node:http';

const absoluteForm = /^https?:\/\/([^/?#]*)/i;

/**
 * Returns the path of a request, by which its endpoint is found: without a trailing slash, which means nothing here. A target in
 * absolute form, which every server has to accept (RFC 9112, 3.2.2), is rewritten to origin form, for all that comes later.
 */
export function readPath(request: IncomingMessage): string {
  const { url = '' } = request;
  const absolute = url.startsWith('/') ? null : absoluteForm.exec(url);
  if (absolute) {
    const target = url.slice(absolute[0].length);
    request.url = target.startsWith('/') ? target : `/${target}`;
    request.headers.host = absolute[1];
  }
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

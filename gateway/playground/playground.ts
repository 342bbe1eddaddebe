import { join } from 'node:path';
import express, { type Router } from 'express';

/**
 * All that the page may do: speak to the host it came from. Monaco sets styles at run time and carries its icons in
 * `data:` addresses, GraphiQL its fonts. Workers are files of this host and get the same policy with their own answer.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Serves what `build.mjs` wrote into `directory`: the page at `/`, its assets under `/playground/assets/`.
 * Assets are named after their content and may be kept for ever; the page, which names them, is asked for anew each time.
 */
export function playgroundRouter(directory: string): Router {
  const router = express.Router();

  router.get('/', (_request, response) => {
    response.set(securityHeaders).set('Cache-Control', 'no-cache').sendFile('index.html', { root: directory });
  });

  router.use(
    '/playground/assets',
    express.static(join(directory, 'assets'), {
      index: false,
      redirect: false,
      immutable: true,
      maxAge: '1y',
      setHeaders: (response) => response.set(securityHeaders),
    }),
  );

  return router;
}

import { join } from 'node:path';
import express, { type Router } from 'express';

/**
 * The page may connect to its own host only. Monaco sets styles at run time and has its icons in `data:` URLs, as GraphiQL
 * has its fonts. Workers are files of this host and get the same policy with their own response.
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
 * Assets are named after their content and can be cached forever; the page, which refers to them, is revalidated each time.
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

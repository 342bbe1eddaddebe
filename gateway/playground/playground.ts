import { extname, join } from 'node:path';
import express, { type Router } from 'express';

import { chooseContentCoding } from '../../services/kit/http/content-coding.js';

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

const suffixes = { br: '.br', gzip: '.gz' } as const;

/**
 * Serves what `build.mjs` wrote into `directory`: the page at `/`, its assets under `/playground/assets/`, compressed if the
 * client accepts that. Assets are named after their content and can be cached forever; the page, which refers to them, is
 * revalidated each time.
 */
export function playgroundRouter(directory: string): Router {
  const router = express.Router();

  router.get('/', (_request, response) => {
    response.set(securityHeaders).set('Cache-Control', 'no-cache').sendFile('index.html', { root: directory });
  });

  router.get('/playground/assets/:name', (request, response, next) => {
    const { name } = request.params;
    // Compressed files are no assets of their own.
    if (!/^[\w-]+\.(?:js|css)$/.test(name)) {
      next();
      return;
    }
    const coding = chooseContentCoding(request.headers['accept-encoding']);
    response.set(securityHeaders).vary('Accept-Encoding').type(extname(name));
    if (coding) response.set('Content-Encoding', coding);
    const file = coding ? name + suffixes[coding] : name;
    response.sendFile(file, { root: join(directory, 'assets'), immutable: true, maxAge: '1y' }, (error?: Error) => {
      if (!error || response.headersSent) return;
      response.removeHeader('Content-Encoding');
      next();
    });
  });

  return router;
}

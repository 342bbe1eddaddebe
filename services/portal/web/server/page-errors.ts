import type { ErrorRequestHandler } from 'express';

import { HttpError, isClientLimit } from '../../../kit/http-error.js';
import { setHeaders } from '../../../kit/http/request-error.js';
import { getClientIp } from '../../../kit/limits/client-ip.js';
import { RejectionPace } from '../../../kit/limits/rejection-pace.js';
import { splitPath } from '../model/languages.js';
import { pageHeaders } from './page-headers.js';
import type { PageRenderer } from './page-renderer.js';

/** Shows readers a page in their language where the limits of the portal reject a request; programs get JSON, as everywhere. */
export function handlePageErrors(renderer: PageRenderer, trustedProxyHops: number): ErrorRequestHandler {
  const pace = new RejectionPace();
  return async (error: unknown, request, response, next) => {
    const language = splitPath(request.path)?.language;
    if (!language || response.headersSent || !(error instanceof HttpError)) {
      next(error);
      return;
    }
    if (isClientLimit(error)) await pace.wait(getClientIp(request, trustedProxyHops), response);
    const { status, code, headers } = error;
    const url = new URL(request.originalUrl, 'http://portal');
    const page = await renderer.render(language, url, () => Promise.resolve({ failure: { status, code } }));
    setHeaders(response, headers);
    response.status(status).set(pageHeaders).type('html').send(page.body);
  };
}

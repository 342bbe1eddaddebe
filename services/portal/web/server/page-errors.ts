import type { ErrorRequestHandler, Request, RequestHandler } from 'express';

import { HttpError } from '../../../kit/http-error.js';
import { setHeaders, toHttpError } from '../../../kit/http/request-error.js';
import type { Logger } from '../../../kit/observability/logger.js';
import { type Language, splitPath } from '../model/languages.js';
import type { FailedPage } from '../model/page-content.js';
import { chooseLanguage } from './choose-language.js';
import { embedHeaders, pageHeaders } from './page-headers.js';
import type { PageRenderer } from './page-renderer.js';

interface PageErrorOptions {
  readonly renderer: PageRenderer;
  /** Renders an error without a page around it. */
  readonly renderAlone: (language: Language, failure: FailedPage['failure'], isFramed: boolean) => string;
  readonly logger: Logger;
}

/** Rejects the request of a reader for a path that does not exist. That of a program is left to the service, which lists its paths. */
export const rejectUnknownPath: RequestHandler = (request, _response, next) => {
  next(wantsPage(request) ? new HttpError('The page does not exist.', { status: 404, code: 'NOT_FOUND' }) : undefined);
};

/**
 * Shows readers a page in their language wherever a request fails: at a path that does not exist, by the limits of the portal, and if
 * a page or another format cannot be made. Programs get JSON, as everywhere.
 */
export function handlePageErrors(options: PageErrorOptions): ErrorRequestHandler {
  const { logger } = options;
  return async (error: unknown, request, response, next) => {
    if (response.headersSent || !wantsPage(request)) {
      next(error);
      return;
    }
    const { status, code, headers } = error instanceof HttpError ? error : toHttpError(error as { status?: number });
    if (status === 500) logger.error({ err: error, path: request.path }, 'a page failed');
    const body = await render(request, { status, code }, options);
    setHeaders(response, headers);
    response.status(status).set(placeOf(request.path) === 'frame' ? embedHeaders : pageHeaders);
    response.vary('accept').vary('accept-language').type('html').send(body);
  };
}

async function render(
  request: Request,
  failure: FailedPage['failure'],
  { renderer, renderAlone, logger }: PageErrorOptions,
): Promise<string> {
  const place = placeOf(request.path);
  const language = splitPath(request.path)?.language ?? chooseLanguage(request.headers['accept-language']);
  if (place !== 'page') return renderAlone(language, failure, place === 'frame');
  try {
    const url = new URL(request.originalUrl, 'http://portal');
    return (await renderer.render(language, url, () => Promise.resolve({ failure }))).body;
  } catch (crash) {
    // What surrounds every page fails, too.
    logger.error({ err: crash, path: request.path }, 'the page of an error failed');
    return renderAlone(language, failure, false);
  }
}

/** Where a response is shown: as a page, in a frame of another site, or elsewhere. */
function placeOf(path: string): 'page' | 'frame' | 'elsewhere' {
  const rest = splitPath(path)?.rest;
  if (rest === undefined || rest.startsWith('/pictures/') || !canBeDecoded(rest)) return 'elsewhere';
  return rest.startsWith('/embed/') ? 'frame' : 'page';
}

function canBeDecoded(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/** Whether a request is of a reader: at the address of a page unless JSON is preferred, elsewhere if HTML is. */
export const wantsPage = (request: Request): boolean =>
  request.accepts(placeOf(request.path) === 'elsewhere' ? ['json', 'html'] : ['html', 'json']) === 'html';

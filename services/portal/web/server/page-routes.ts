import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

import { HttpError } from '../../../kit/http-error.js';
import { setHeaders } from '../../../kit/http/request-error.js';
import type { Logger } from '../../../kit/observability/logger.js';
import type { GatewayClient, Sender } from '../../gateway/gateway-client.js';
import type { Route } from '../../http/route.js';
import { notFound } from '../app/routes.js';
import { type PageDefinition, pageNames, pages } from '../app/pages.js';
import { versionHeader } from '../model/hydration.js';
import { type Language, languages } from '../model/languages.js';
import type { Municipalities } from '../model/municipalities.js';
import type { FailedPage, PageContent } from '../model/page-content.js';
import type { PublicOrigin } from '../model/public-origin.js';
import { readAssets } from './assets.js';
import { chooseLanguage } from './choose-language.js';
import { loadPage, PageError } from './load-page.js';
import { loaders } from './loaders.js';
import { readMessageFiles } from './message-files.js';
import { handlePageErrors, rejectUnknownPath, wantsPage } from './page-errors.js';
import { pageHeaders } from './page-headers.js';
import { readPageOperations } from './page-operations.js';
import { commonFiles, type ContentOf, createPageRenderer } from './page-renderer.js';
import { pictureRoutes } from './picture-routes.js';
import { queryRoutes } from './query-routes.js';
import { renderFailure } from './render-failure.js';
import { suggestionRoutes } from './suggestion-routes.js';
import { readTopicNames } from './topic-names.js';

interface PageOptions {
  readonly gateway: GatewayClient;
  /** The address of the playground. */
  readonly playgroundUrl: string;
  readonly publicOrigin: () => PublicOrigin;
  readonly municipalities: Municipalities | undefined;
  readonly logger: Logger;
}

/** The pages, and what shows readers an error instead of one. */
export interface Pages {
  readonly routes: readonly Route[];
  /** The paths by which requests are measured: of each page in each language. */
  readonly measuredPaths: readonly string[];
  readonly rejectUnknownPath: RequestHandler;
  readonly handleErrors: ErrorRequestHandler;
}

/** The pages for people: `/en/…` as HTML, `/data/en/…` as the data of the same page, and their operations. */
export async function createPages({
  gateway,
  playgroundUrl,
  publicOrigin,
  municipalities,
  logger,
}: PageOptions): Promise<Pages> {
  const operations = readPageOperations();
  const messageFiles = readMessageFiles();
  const assets = readAssets();
  const reading = { gateway, operations, topicNames: readTopicNames(), municipalities };
  const renderer = await createPageRenderer(messageFiles, assets, publicOrigin);

  /** A page that cannot be read has the headers of its error: `Retry-After`. */
  const contentOf =
    (language: Language, sender: Sender, response: Response): ContentOf =>
    async (name, { url, params }): Promise<PageContent> => {
      if (name === notFound) return failure(404, 'NOT_FOUND');
      const definition: PageDefinition = pages[name];
      try {
        const request = { language, search: url.searchParams, params };
        const loaded = await loadPage(loaders[name], request, { ...reading, sender });
        return { ...loaded, messages: messageFiles.of(language, [name, ...(definition.messages ?? [])]) };
      } catch (error) {
        sender.signal.throwIfAborted();
        if (error instanceof PageError) return { ...failure(error.status, error.code), missing: error.missing };
        if (error instanceof HttpError) {
          setHeaders(response, error.headers);
          return failure(error.status, error.code);
        }
        logger.error({ err: error, page: name, requestId: sender.requestId }, 'a page could not be loaded');
        return failure(500, 'INTERNAL_SERVER_ERROR');
      }
    };

  const inLanguage = (language: Language): Route[] => [
    {
      path: `/${language}{/*page}`,
      get: async (request, response, sender) => {
        const content = contentOf(language, sender, response);
        const page = await renderer.render(language, urlOf(request), content, sender);
        if (page.failure && !wantsPage(request)) throw new HttpError('The page cannot be shown.', page.failure);
        response.status(page.status).set(pageHeaders).type('html').send(page.body);
      },
    },
    {
      path: `/data/${language}{/*page}`,
      get: async (request, response, sender) => {
        const page = await renderer.load(language, urlOf(request, '/data'), contentOf(language, sender, response));
        response.set({ 'cache-control': 'no-cache', [versionHeader]: assets.version });
        response.status(page.status).type('json').send(page.body);
      },
    },
  ];

  const routes: Route[] = [
    { path: '/', get: redirectToLanguage },
    // Before the pages, which match every path in their language.
    ...pictureRoutes({ ...reading, messageFiles, assets }),
    ...languages.flatMap(inLanguage),
    ...suggestionRoutes(reading),
    ...queryRoutes(operations, playgroundUrl),
  ];
  return {
    routes,
    measuredPaths: languages.flatMap(measuredPaths),
    rejectUnknownPath,
    handleErrors: handlePageErrors({
      renderer,
      renderAlone: (language, error, isFramed) => {
        const messages = messageFiles.of(language, commonFiles);
        return renderFailure({ language, messages, assets, failure: error, isFramed });
      },
      logger,
    }),
  };
}

/** The paths of the pages in a language, and of their data; all others are counted together. */
const measuredPaths = (language: Language): string[] =>
  ['', '/data'].flatMap((prefix) =>
    pageNames.map((name) => `${prefix}/${language}/${pages[name].path}`.replace(/\/$/, '')),
  );

const failure = (status: number, code: string): FailedPage => ({ failure: { status, code } });

/** The address of a page. Its host does not matter: pages only contain paths. */
function urlOf(request: Request, prefix = ''): URL {
  return new URL(request.originalUrl.slice(prefix.length), 'http://portal');
}

/** The pages begin with the language of the reader. Programs find the other formats by the link. */
function redirectToLanguage(request: Request, response: Response): void {
  response.set('link', '</formats>; rel="service-desc"').vary('accept-language');
  response.redirect(302, `/${chooseLanguage(request.headers['accept-language'])}/`);
}

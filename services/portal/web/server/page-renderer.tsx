import { createStaticHandler, createStaticRouter, type LoaderFunctionArgs, StaticRouterProvider } from 'react-router';

import { createRoutes, notFound } from '../app/routes.js';
import { type PageModule, type PageName, pageNames, pages } from '../app/pages.js';
import { TurnContext } from '../components/part.js';
import { type Language, languages } from '../model/languages.js';
import { isFailed, type FailedPage, type PageContent } from '../model/page-content.js';
import type { PublicOrigin } from '../model/public-origin.js';
import { type Assets } from './assets.js';
import type { MessageFiles } from './message-files.js';
import { renderDocument } from './render-document.js';
import { createTurns, type TurnTaker } from './turns.js';

/** Loads the content of a page, for one request. */
export type ContentOf = (
  name: PageName | typeof notFound,
  request: { readonly url: URL; readonly params: Readonly<Record<string, string | undefined>> },
) => Promise<PageContent>;

/** A page as it is sent. */
export interface RenderedPage {
  readonly status: number;
  readonly body: string;
  /** Why it is the page of an error. */
  readonly failure: FailedPage['failure'] | undefined;
}

export interface PageRenderer {
  /** Renders the page of an address as HTML, in turns with other clients. Default: at once. */
  readonly render: (language: Language, url: URL, contentOf: ContentOf, sender?: TurnTaker) => Promise<RenderedPage>;
  /** Loads what a browser needs to render the page of an address by itself, as JSON. */
  readonly load: (language: Language, url: URL, contentOf: ContentOf) => Promise<RenderedPage>;
}

/** The files whose texts every page has. */
export const commonFiles = ['common', 'enums'] as const;

interface LoaderContext {
  readonly contentOf: ContentOf;
}

/** Creates the renderer of all pages in all languages. */
export async function createPageRenderer(
  messageFiles: MessageFiles,
  assets: Assets,
  publicOrigin: () => PublicOrigin,
): Promise<PageRenderer> {
  const modules = await readModules();
  const handlers = new Map(
    languages.map((language) => {
      const messages = messageFiles.of(language, commonFiles);
      const routes = createRoutes({
        language,
        messages,
        publicOrigin,
        moduleOf: (name) => modules.get(name),
        load: (name) => pages[name].load(),
        loaderOf: (name) => (args) => loadContent(name, args),
      });
      return [language, { messages, ...createStaticHandler(routes) }] as const;
    }),
  );
  const query = async (language: Language, url: URL, contentOf: ContentOf) => {
    const handler = handlers.get(language);
    if (!handler) throw new Error(`There are no pages in ${language}.`);
    const context = await handler.query(new Request(url), { requestContext: { contentOf } satisfies LoaderContext });
    if (context instanceof Response) throw new Error('A loader has responded by itself.');
    const contents = context.loaderData as Readonly<Record<string, PageContent>>;
    const [[name, content] = [notFound, notFoundContent]] = Object.entries(contents);
    return { handler, context, contents, content, page: name === notFound ? undefined : (name as PageName) };
  };
  return {
    render: async (language, url, contentOf, sender) => {
      const { handler, context, contents, content, page } = await query(language, url, contentOf);
      const router = createStaticRouter(handler.dataRoutes, context);
      const element = (
        <TurnContext value={sender && createTurns(sender)}>
          <StaticRouterProvider router={router} context={context} hydrate={false} />
        </TurnContext>
      );
      const hydration = {
        language,
        messages: handler.messages,
        publicOrigin: publicOrigin(),
        version: assets.version,
        contents,
      };
      return toPage(content, await renderDocument(element, page, hydration, assets));
    },
    load: async (language, url, contentOf) => {
      const { content } = await query(language, url, contentOf);
      return toPage(content, JSON.stringify(content));
    },
  };
}

const notFoundContent: FailedPage = { failure: { status: 404, code: 'NOT_FOUND' } };

function toPage(content: PageContent, body: string): RenderedPage {
  const failure = isFailed(content) ? content.failure : undefined;
  return { status: failure?.status ?? 200, body, failure };
}

const loadContent = (name: PageName | typeof notFound, { request, params, context }: LoaderFunctionArgs) =>
  name === notFound
    ? notFoundContent
    : (context as unknown as LoaderContext).contentOf(name, { url: new URL(request.url), params });

async function readModules(): Promise<Map<PageName, PageModule>> {
  return new Map(await Promise.all(pageNames.map(async (name) => [name, await pages[name].load()] as const)));
}

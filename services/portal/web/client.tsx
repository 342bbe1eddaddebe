import { hydrateRoot } from 'react-dom/client';
import { createBrowserRouter, matchRoutes, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';

import { type PageModule, type PageName, pages } from './app/pages.js';
import { createRoutes } from './app/routes.js';
import { type Hydration, hydrationId, versionHeader } from './model/hydration.js';
import type { PageContent } from './model/page-content.js';

type Router = ReturnType<typeof createBrowserRouter>;

/** Takes over the page that the server has rendered: from then on, links load the data of a page instead of the whole page. */
async function start(): Promise<void> {
  const hydration = JSON.parse(document.getElementById(hydrationId)?.textContent ?? '{}') as Hydration;
  const { language, messages, publicOrigin, version, contents } = hydration;
  /** The router comes after the first page, which is loaded before. */
  const started: { router?: Router } = {};
  const routes = createRoutes({
    language,
    messages,
    publicOrigin: () => publicOrigin,
    moduleOf: () => undefined,
    load: (name) => loadModule(name, started.router),
    loaderOf:
      () =>
      ({ request }) =>
        loadContent(request, version),
  });
  await loadShownPage(routes);
  started.router = createBrowserRouter(routes, { hydrationData: { loaderData: contents } });
  hydrateRoot(document, <RouterProvider router={started.router} />);
}

/** Reads the content of a page from the portal. If that has another version than this page, the browser loads the whole page. */
async function loadContent({ url, signal }: Request, version: string): Promise<PageContent> {
  const { pathname, search } = new URL(url);
  try {
    const response = await fetch(`/data${pathname}${search}`, { signal });
    if ((response.headers.get(versionHeader) ?? version) !== version) return await openDocument(url);
    const body = (await response.json()) as PageContent | Rejection;
    return 'errors' in body ? toFailure(response.status, body) : body;
  } catch {
    signal.throwIfAborted();
    return { failure: { status: 503, code: 'PORTAL_UNAVAILABLE' } };
  }
}

/** Loads the script of a page. A portal of another version does not have it any more: then the browser loads the whole page. */
async function loadModule(name: PageName, router: Router | undefined): Promise<PageModule> {
  try {
    return await pages[name].load();
  } catch (error) {
    const next = router?.state.navigation.location;
    // The page that is shown was sent by the server, and can be read without the script.
    if (!next) throw error;
    return openDocument(`${next.pathname}${next.search}${next.hash}`);
  }
}

/** Leaves this document for an address. What it waits for does not come any more. */
function openDocument(address: string): Promise<never> {
  location.assign(address);
  return new Promise(() => undefined);
}

/** What the portal responds if its limits reject a request. */
interface Rejection {
  readonly errors: readonly { readonly extensions: { readonly code: string } }[];
}

const toFailure = (status: number, { errors }: Rejection): PageContent => ({
  failure: { status, code: errors[0]?.extensions.code ?? 'PORTAL_UNAVAILABLE' },
});

/** The page that is shown has to be there before React compares it with the document. */
async function loadShownPage(routes: RouteObject[]): Promise<void> {
  const matches = matchRoutes(routes, location) ?? [];
  await Promise.all(
    matches.map(async ({ route }) => {
      if (typeof route.lazy !== 'function') return;
      Object.assign(route, await route.lazy(), { lazy: undefined });
    }),
  );
}

await start();

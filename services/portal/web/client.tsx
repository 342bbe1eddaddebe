import { hydrateRoot } from 'react-dom/client';
import { createBrowserRouter, matchRoutes, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';

import { createRoutes } from './app/routes.js';
import { type Hydration, hydrationId } from './model/hydration.js';
import type { PageContent } from './model/page-content.js';

/** Takes over the page that the server has rendered: from then on, links load the data of a page instead of the whole page. */
async function start(): Promise<void> {
  const hydration = JSON.parse(document.getElementById(hydrationId)?.textContent ?? '{}') as Hydration;
  const { language, messages, contents } = hydration;
  const routes = createRoutes({
    language,
    messages,
    moduleOf: () => undefined,
    loaderOf: () => loadContent,
  });
  await loadShownPage(routes);
  const router = createBrowserRouter(routes, { hydrationData: { loaderData: contents } });
  hydrateRoot(document, <RouterProvider router={router} />);
}

/** Reads the content of a page from the portal. */
async function loadContent({ request }: { readonly request: Request }): Promise<PageContent> {
  const { pathname, search } = new URL(request.url);
  try {
    const response = await fetch(`/data${pathname}${search}`, { signal: request.signal });
    const body = (await response.json()) as PageContent | Rejection;
    return 'errors' in body ? toFailure(response.status, body) : body;
  } catch {
    request.signal.throwIfAborted();
    return { failure: { status: 503, code: 'PORTAL_UNAVAILABLE' } };
  }
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

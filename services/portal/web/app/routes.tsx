import type { LoaderFunction, RouteObject } from 'react-router';

import type { Language } from '../model/languages.js';
import type { Messages } from '../model/page-content.js';
import type { PublicOrigin } from '../model/public-origin.js';
import { App } from './app.js';
import { PageFailure } from './page-failure.js';
import { PageView } from './page-view.js';
import { type PageModule, type PageName, pageNames, pages } from './pages.js';

/** The name of the route of all other paths. */
export const notFound = 'notFound';

export interface RouteOptions {
  readonly language: Language;
  /** The texts of all pages. */
  readonly messages: Messages;
  readonly publicOrigin: () => PublicOrigin;
  readonly loaderOf: (name: PageName | typeof notFound) => LoaderFunction;
  /** The module of a page that is loaded already. Undefined: it is loaded when it is shown. */
  readonly moduleOf: (name: PageName) => PageModule | undefined;
  /** Loads the module of a page. */
  readonly load: (name: PageName) => Promise<PageModule>;
}

/** The routes of the pages in one language. */
export function createRoutes({
  language,
  messages,
  publicOrigin,
  loaderOf,
  moduleOf,
  load,
}: RouteOptions): RouteObject[] {
  const toRoute = (name: PageName): RouteObject => {
    const module = moduleOf(name);
    return {
      id: name,
      path: pages[name].path,
      loader: loaderOf(name),
      ErrorBoundary: PageFailure,
      ...(module ? toComponent(module) : { lazy: async () => toComponent(await load(name)) }),
    };
  };
  return [
    {
      path: `/${language}`,
      element: <App language={language} messages={messages} publicOrigin={publicOrigin} />,
      children: [
        ...pageNames.map(toRoute),
        { id: notFound, path: '*', loader: loaderOf(notFound), ErrorBoundary: PageFailure, element: <PageView /> },
      ],
    },
  ];
}

const toComponent = ({ Page }: PageModule) => ({ Component: () => <PageView Page={Page} /> });

import type { ComponentType } from 'react';

/** The module of a page. */
export interface PageModule {
  /** Renders what its loader has read. */
  readonly Page: ComponentType<{ data: never }>;
}

/** A page, as it is registered. */
export interface PageDefinition {
  /** Its path after the language, as React Router writes paths. */
  readonly path: string;
  readonly load: () => Promise<PageModule>;
  /** Message files besides `common`, `enums` and the one with the name of the page. */
  readonly messages?: readonly string[];
}

/** All pages. The loader of each is in `server/loaders.ts`. */
export const pages = {
  home: { path: '', load: () => import('../pages/home/page.js') },
  administration: { path: 'administrations/*', load: () => import('../pages/administration/page.js') },
  need: { path: 'needs/*', load: () => import('../pages/need/page.js'), messages: ['reuse'] },
  check: { path: 'check', load: () => import('../pages/check/page.js'), messages: ['reuse'] },
  suppliers: { path: 'suppliers', load: () => import('../pages/suppliers/page.js') },
  catalogues: { path: 'catalogues', load: () => import('../pages/catalogues/page.js') },
  catalogue: { path: 'catalogues/:country', load: () => import('../pages/catalogue/page.js') },
  solution: {
    path: 'solutions/*',
    load: () => import('../pages/solution/page.js'),
    messages: ['figures', 'reuse', 'terms'],
  },
  about: { path: 'about', load: () => import('../pages/about/page.js') },
  formats: { path: 'formats', load: () => import('../pages/formats/page.js') },
  consortium: {
    path: 'consortia/*',
    load: () => import('../pages/consortium/page.js'),
    messages: ['figures', 'terms'],
  },
  acrossBorders: {
    path: 'across-borders',
    load: () => import('../pages/across-borders/page.js'),
    messages: ['figures'],
  },
  timeline: {
    path: 'timeline',
    load: () => import('../pages/timeline/page.js'),
    messages: ['figures'],
  },
} satisfies Readonly<Record<string, PageDefinition>>;

export type PageName = keyof typeof pages;

export const pageNames = Object.keys(pages) as PageName[];

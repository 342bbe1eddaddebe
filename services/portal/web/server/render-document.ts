import { renderToString } from 'react-dom/server';
import type { ReactNode } from 'react';

import { type Hydration, hydrationId } from '../model/hydration.js';
import type { PageName } from '../app/pages.js';
import { type Assets, assetPath } from './assets.js';
import { icon } from './icon.js';

/** Renders a document with what the browser needs to take it over. React only knows what is the same in every build. */
export function renderDocument(
  content: ReactNode,
  page: PageName | undefined,
  hydration: Hydration,
  assets: Assets,
): string {
  const scripts = (page && assets.scriptsOf[page]) ?? [];
  const head = [
    `<link rel="stylesheet" href="${assetPath(assets.styles)}">`,
    `<link rel="icon" href="${icon}" type="image/svg+xml">`,
    ...scripts.map((name) => `<link rel="modulepreload" href="${assetPath(name)}">`),
    `<script type="module" src="${assetPath(assets.script)}"></script>`,
  ].join('');
  const data = `<script type="application/json" id="${hydrationId}">${toScriptJson(hydration)}</script>`;
  return `<!doctype html>${renderToString(content)
    .replace('</head>', () => `${head}</head>`)
    .replace(/<\/body><\/html>$/, () => `${data}</body></html>`)}`;
}

/** JSON that cannot end the element around it, whatever its texts contain. */
const toScriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

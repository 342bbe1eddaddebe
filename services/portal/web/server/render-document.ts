import { text } from 'node:stream/consumers';

import type { ReactNode } from 'react';
import { prerenderToNodeStream } from 'react-dom/static';

import { type Hydration, hydrationId } from '../model/hydration.js';
import type { PageName } from '../app/pages.js';
import { type Assets, assetPath } from './assets.js';
import { icon } from './icon.js';

/** Renders a document with what the browser needs to take it over. React only knows what is the same in every build. */
export async function renderDocument(
  content: ReactNode,
  page: PageName | undefined,
  hydration: Hydration,
  assets: Assets,
): Promise<string> {
  const scripts = (page && assets.scriptsOf[page]) ?? [];
  const head = [
    `<link rel="stylesheet" href="${assetPath(assets.styles)}">`,
    `<link rel="icon" href="${icon}" type="image/svg+xml">`,
    ...scripts.map((name) => `<link rel="modulepreload" href="${assetPath(name)}">`),
    `<script type="module" src="${assetPath(assets.script)}"></script>`,
  ].join('');
  const data = `<script type="application/json" id="${hydrationId}">${toScriptJson(hydration)}</script>`;
  const html = await renderWhole(content);
  return html.replace('</head>', () => `${head}</head>`).replace(/<\/body><\/html>$/, () => `${data}</body></html>`);
}

/** Renders until nothing is left that waits for its turn. @throws what a component throws. */
async function renderWhole(content: ReactNode): Promise<string> {
  // What is thrown rejects the promise.
  const { prelude } = await prerenderToNodeStream(content, { onError: () => undefined });
  return text(prelude);
}

/** JSON that cannot end the element around it, whatever its texts contain. */
const toScriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

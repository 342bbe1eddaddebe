import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';

import express, { type Router } from 'express';

import { projectPath, readProjectFile } from '../../../../schema/files.js';
import { chooseContentCoding } from '../../../kit/http/content-coding.js';
import type { PageName } from '../app/pages.js';

const folder = 'dist/services/portal/web';

/** The files that `build.mjs` wrote for browsers, each named after its content. */
export interface Assets {
  /** Differs if anything differs of which the pages are made, except their texts. */
  readonly version: string;
  readonly styles: string;
  readonly script: string;
  /** The scripts that a page needs besides, which a browser would otherwise find one after the other. */
  readonly scriptsOf: Readonly<Partial<Record<PageName, readonly string[]>>>;
}

/** Reads the names of the assets. Without them, pages would have neither styles nor scripts. */
export function readAssets(): Assets {
  const manifest = `${folder}/manifest.json`;
  if (!existsSync(projectPath(manifest))) throw new Error(`There is no ${manifest}. Run npm run build.`);
  return JSON.parse(readProjectFile(manifest)) as Assets;
}

export const assetPath = (name: string): string => `/assets/${name}`;

const suffixes = { br: '.br', gzip: '.gz' } as const;

/** Serves the assets, compressed if the client accepts that. They never change, so browsers do not request them again. */
export function assetsRouter(): Router {
  const router = express.Router();
  router.get('/assets/:name', (request, response, next) => {
    const { name } = request.params;
    // Compressed files are no assets of their own.
    if (!/^[\w-]+\.(?:js|css)$/.test(name)) {
      next();
      return;
    }
    const coding = chooseContentCoding(request.headers['accept-encoding']);
    response.vary('accept-encoding').type(extname(name)).set('access-control-allow-origin', '*');
    if (coding) response.set('content-encoding', coding);
    const file = coding ? name + suffixes[coding] : name;
    const root = join(projectPath(folder), 'assets');
    response.sendFile(file, { root, immutable: true, maxAge: '1y' }, (error?: Error) => {
      if (!error || response.headersSent) return;
      response.removeHeader('content-encoding');
      next();
    });
  });
  return router;
}

import type { Route } from './route.js';

/** What the portal serves, for `/formats`. */
export interface Format {
  /** The path, with `{…}` for its parts. */
  readonly path: string;
  readonly description: string;
}

/** Lists the formats, for developers and programs: `/` refers to it in `Link`. */
export const formatsRoute = (formats: readonly Format[]): Route => ({
  path: '/formats',
  get: (_request, response) => {
    response.json({ formats });
  },
});

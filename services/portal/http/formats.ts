import type { Route } from './route.js';

/** What the portal serves, for `/`. */
export interface Format {
  /** The path, with `{…}` for its parts. */
  readonly path: string;
  readonly description: string;
}

/** Lists the formats at `/`, for people and programs that begin here. */
export const formatsRoute = (formats: readonly Format[]): Route => ({
  path: '/',
  get: (_request, response) => {
    response.json({ formats });
  },
});

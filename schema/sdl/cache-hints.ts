import { byCoordinates } from './coordinates.js';

/**
 * For how many seconds an answer may be given again at most. What a country changes ends it long before, because the gateway
 * follows the feeds; this bounds what no feed tells of.
 */
const standardSeconds = 60;

/** Fields whose answers may be given again for a shorter time, by schema coordinate. An interface speaks for its types. */
export const cacheHints: Readonly<Record<string, number>> = {
  // Whoever follows a feed wants what is new.
  'Catalogue.changes': 0,
  // How fresh something is, is true of this moment only.
  'Query.catalogueStatus': 0,
  'SolutionConnection.staleCatalogues': 0,
};

/**
 * For how many seconds the answer to an operation may be given again: the least that one of its fields allows. (Directives in
 * the SDL would say it more plainly, but composition drops them.)
 */
export const getMaxAge = byCoordinates((asked) => {
  const hints = Object.entries(cacheHints).filter(([coordinate]) => asked.has(coordinate));
  return Math.min(standardSeconds, ...hints.map(([, seconds]) => seconds));
});

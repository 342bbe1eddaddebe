import { byCoordinates } from './coordinates.js';

/**
 * For how many seconds a response may be cached at most. A change in a country invalidates it long before, because the gateway
 * polls the feeds; this limits what no feed contains.
 */
const defaultMaxAgeSeconds = 60;

/**
 * For how many seconds a list may state which catalogues it lacks, as long as other caches keep any response. A catalogue is only called
 * stale after twice as long, and these are lists that take the longest to make.
 */
const stateSeconds = 5;

/** Fields that may be cached for a shorter time, by schema coordinate. That of an interface applies to its types. */
export const cacheHints: Readonly<Record<string, number>> = {
  // A client that polls a feed needs what is new.
  'Catalogue.changes': 0,
  // How fresh something is, is true only at this moment.
  'Query.catalogueStatus': 0,
  'SolutionConnection.staleCatalogues': stateSeconds,
  'ReuseCheck.notConsidered': stateSeconds,
  'NeedMatchConnection.notConsidered': stateSeconds,
  'Crosswalk.notConsidered': stateSeconds,
  'ReuseCheckRecord.changedSince': 0,
  // It contains the time.
  'ReuseCheck.record': 0,
};

/**
 * For how many seconds the response to an operation may be cached: the minimum of its fields. (Directives in the SDL would state
 * it more plainly, but composition drops them.)
 */
export const getMaxAge = byCoordinates((coordinates) => {
  const hints = Object.entries(cacheHints).filter(([coordinate]) => coordinates.has(coordinate));
  return Math.min(defaultMaxAgeSeconds, ...hints.map(([, seconds]) => seconds));
});

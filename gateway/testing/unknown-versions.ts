import type { VersionPoller } from '../cache/subgraph-versions.js';

/** The versions of a gateway that polls no subgraph, so that a test counts only the requests that it causes. */
export const unknownVersions: VersionPoller = {
  follow: () => undefined,
  current: () => new Map(),
  areUnchanged: () => false,
  isDown: () => false,
  outdatedCountries: () => new Map(),
  problems: () => [],
  stop: () => Promise.resolve(),
};

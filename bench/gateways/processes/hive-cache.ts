import type { GatewayConfigContext } from '@graphql-hive/gateway-runtime';

/** The response cache of Hive Gateway: in memory and without expiry, so that no cache can be faster. */
export function cacheInMemory(): NonNullable<GatewayConfigContext['cache']> {
  const entries = new Map<string, unknown>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => void entries.set(key, value),
    delete: (key) => entries.delete(key),
    getKeysByPrefix: (prefix) => [...entries.keys()].filter((key) => key.startsWith(prefix)),
  };
}

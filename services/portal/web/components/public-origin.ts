import { createContext, use, useSyncExternalStore } from 'react';

import type { PublicOrigin } from '../model/public-origin.js';

export const PublicOriginContext = createContext<PublicOrigin>({ origin: '', isStated: true });

const subscribe = () => () => undefined;

/** The scheme and host of addresses for other sites. If the operator has not stated them, a browser knows them better than the server. */
export function usePublicOrigin(): string {
  const { origin, isStated } = use(PublicOriginContext);
  return useSyncExternalStore(
    subscribe,
    () => (isStated ? origin : window.location.origin),
    () => origin,
  );
}

import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;

/** Whether scripts run: false on the server and until the browser has taken the page over. */
export const useIsHydrated = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );

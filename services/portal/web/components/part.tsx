import { createContext, type ReactNode, use, useContext } from 'react';

/**
 * Before which part of a page a server serves other clients: returns a promise that resolves when it may go on, or undefined if it may
 * at once. In a browser, and where a server renders without interruption: undefined.
 */
export const TurnContext = createContext<(() => Promise<void> | undefined) | undefined>(undefined);

/** A part of a page, such as a row of a table. A long page is rendered in several turns, each of which ends before a part. */
export function Part({ children }: { readonly children: ReactNode }) {
  const takeTurn = useContext(TurnContext);
  // React replays what suspended: the first calls of `use` return for the turns that this part has waited for before.
  for (let turn = takeTurn?.(); turn; turn = takeTurn?.()) use(turn);
  return children;
}

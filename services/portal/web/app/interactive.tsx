import { useEffect } from 'react';

/** Marks when the browser has taken over the page: what is measured, and what browser tests wait for. */
export function Interactive() {
  useEffect(() => {
    performance.mark('interactive');
  }, []);
  return null;
}

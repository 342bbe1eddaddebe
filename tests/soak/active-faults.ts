/** Records which services have or had a fault, and when. */
export interface ActiveFaults {
  readonly begin: (service: string) => void;
  /** Records that the fault of a service is over. */
  readonly end: (service: string) => void;
  /** Whether a service has had a fault at any moment since then. */
  readonly since: (service: string, moment: number) => boolean;
  /** Whether any service has a fault. */
  readonly isAny: () => boolean;
}

/** For so long after a fault, requests that were in flight may still fail, and a circuit breaker may still be open. */
const aftermathMs = 2_000;

export function createActiveFaults(now: () => number = () => performance.now()): ActiveFaults {
  const open = new Set<string>();
  const ended = new Map<string, number>();
  return {
    begin: (service) => open.add(service),
    end: (service) => {
      open.delete(service);
      ended.set(service, now());
    },
    since: (service, moment) => open.has(service) || (ended.get(service) ?? -Infinity) + aftermathMs >= moment,
    isAny: () => open.size > 0,
  };
}

/** Which services something was wrong with, and when. */
export interface ActiveFaults {
  readonly begin: (service: string) => void;
  /** It is said to be well again. */
  readonly end: (service: string) => void;
  /** Whether something was wrong with a service at any moment since then. */
  readonly since: (service: string, moment: number) => boolean;
  /** Whether something is wrong with any service. */
  readonly isAny: () => boolean;
}

/** What was under way, and a breaker that is just closing, may still fail for so many milliseconds. */
const aftermath = 2_000;

export function createActiveFaults(now: () => number = () => performance.now()): ActiveFaults {
  const open = new Set<string>();
  const ended = new Map<string, number>();
  return {
    begin: (service) => open.add(service),
    end: (service) => {
      open.delete(service);
      ended.set(service, now());
    },
    since: (service, moment) => open.has(service) || (ended.get(service) ?? -Infinity) + aftermath >= moment,
    isAny: () => open.size > 0,
  };
}

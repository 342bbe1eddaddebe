import { PresentClients } from './present-clients.js';

/** A client that executes expensive operations. */
interface Client {
  /** The cost of the operations in progress. */
  cost: number;
  /** Whether none of them may start for a moment. */
  isResting: boolean;
  readonly waiting: Waiter[];
}

interface Waiter {
  readonly cost: number;
  readonly start: () => void;
}

/** The share of an operation in what its client executes. */
export interface CostShare {
  /** Resolves when the operation may start. Undefined: it may at once. */
  readonly granted: Promise<void> | undefined;
  /** Whether the operation costs more than all of a client that is alone may at the same time. */
  readonly isWhole: boolean;
  /** Gives the share back, or stops waiting for it; then `granted` resolves. */
  readonly leave: () => void;
}

/**
 * The cost of the operations that one client executes at the same time: about 0.2 seconds of a processor. Operations up to a
 * hundredth of it are not counted: keeping the count would take as long as a few of their fields.
 */
const maxCost = 50_000;
/** The same while other clients send operations, so that theirs find a processor and a connection to each database. */
const maxCostBesideOthers = maxCost / 4;
const negligibleCost = maxCost / 100;
/** A shorter operation is not followed by a rest; a timer takes a millisecond at least. */
const minRestMs = 10;
/** A longer operation waited for something that does not respond. */
const maxRestMs = 1_000;

/**
 * Lets each client execute either many cheap operations at the same time, or an expensive one after the other: a budget for a minute
 * may be spent in a second, and then takes all processors of the countries for that long. While other clients send operations, a client
 * executes a quarter as much at the same time, and an operation that costs more is followed by a rest as long as itself, because those of
 * the others wait for it in each country.
 */
export class CostInFlight {
  readonly #present = new PresentClients();
  readonly #clients = new Map<string, Client>();

  /** Undefined: the operation is too cheap to count. */
  enter(name: string, cost: number): CostShare | undefined {
    if (cost <= negligibleCost) {
      this.#present.see(name);
      return undefined;
    }
    const leavePresent = this.#present.enter(name);
    const client = this.#clients.get(name) ?? { cost: 0, isResting: false, waiting: [] };
    this.#clients.set(name, client);
    const leave = (startedAt: number): void => {
      client.cost -= cost;
      leavePresent();
      const tookMs = performance.now() - startedAt;
      const isExpensive = cost > maxCostBesideOthers && tookMs >= minRestMs;
      if (isExpensive && this.#present.hasOthers(name)) this.#rest(name, client, tookMs);
      else this.#startNext(name, client);
    };
    if (client.waiting.length === 0 && this.#fits(name, client, cost)) {
      client.cost += cost;
      const startedAt = performance.now();
      return {
        granted: undefined,
        isWhole: cost > maxCost,
        leave: () => {
          leave(startedAt);
        },
      };
    }
    return this.#wait(client, cost, leave);
  }

  /** What the operations of a client may cost at the same time. */
  #maxCostOf(name: string): number {
    return this.#present.hasOthers(name) ? maxCostBesideOthers : maxCost;
  }

  /** An operation that costs more than all may at the same time is executed alone. */
  #fits(name: string, client: Client, cost: number): boolean {
    return !client.isResting && (client.cost === 0 || client.cost + cost <= this.#maxCostOf(name));
  }

  #rest(name: string, client: Client, ms: number): void {
    client.isResting = true;
    setTimeout(
      () => {
        client.isResting = false;
        this.#startNext(name, client);
      },
      Math.min(ms, maxRestMs),
    ).unref();
  }

  #wait(client: Client, cost: number, leave: (startedAt: number) => void): CostShare {
    let startedAt: number | undefined;
    let waiter: Waiter | undefined;
    const granted = new Promise<void>((resolve) => {
      waiter = {
        cost,
        start: () => {
          startedAt = performance.now();
          client.cost += cost;
          resolve();
        },
      };
      client.waiting.push(waiter);
    });
    return {
      granted,
      isWhole: cost > maxCost,
      leave: () => {
        if (startedAt !== undefined) leave(startedAt);
        else if (waiter) {
          client.waiting.splice(client.waiting.indexOf(waiter), 1);
          waiter.start();
          leave(performance.now());
        }
      },
    };
  }

  #startNext(name: string, client: Client): void {
    for (let next = client.waiting[0]; next && this.#fits(name, client, next.cost); next = client.waiting[0]) {
      client.waiting.shift();
      next.start();
    }
    if (client.cost === 0 && !client.isResting) this.#clients.delete(name);
  }
}

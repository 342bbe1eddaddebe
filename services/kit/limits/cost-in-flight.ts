/** A client that executes expensive operations. */
interface Client {
  /** The cost of the operations in progress. */
  cost: number;
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
  /** Whether the operation costs more than all may at the same time, and so is executed alone. */
  readonly isWhole: boolean;
  /** Gives the share back, or stops waiting for it; then `granted` resolves. */
  readonly leave: () => void;
}

/**
 * The cost of the operations that one client executes at the same time: about 0.2 seconds of a processor. Operations up to a
 * hundredth of it are not counted: keeping the count would take as long as a few of their fields.
 */
const maxCost = 50_000;
const negligibleCost = maxCost / 100;

/**
 * Lets each client execute either many cheap operations at the same time, or an expensive one after the other: a budget for a minute
 * may be spent in a second, and then takes all processors of the countries for that long.
 */
export class CostInFlight {
  readonly #clients = new Map<string, Client>();

  /** Undefined: the operation is too cheap to count. */
  enter(name: string, cost: number): CostShare | undefined {
    if (cost <= negligibleCost) return undefined;
    const client = this.#clients.get(name) ?? { cost: 0, waiting: [] };
    this.#clients.set(name, client);
    const leave = (): void => {
      client.cost -= cost;
      this.#startNext(name, client);
    };
    if (client.waiting.length === 0 && fits(client, cost)) {
      client.cost += cost;
      return { granted: undefined, isWhole: cost > maxCost, leave };
    }
    return this.#wait(client, cost, leave);
  }

  #wait(client: Client, cost: number, leave: () => void): CostShare {
    let hasStarted = false;
    let waiter: Waiter | undefined;
    const granted = new Promise<void>((resolve) => {
      waiter = {
        cost,
        start: () => {
          hasStarted = true;
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
        if (hasStarted) leave();
        else if (waiter) {
          client.waiting.splice(client.waiting.indexOf(waiter), 1);
          waiter.start();
          leave();
        }
      },
    };
  }

  #startNext(name: string, client: Client): void {
    for (let next = client.waiting[0]; next && fits(client, next.cost); next = client.waiting[0]) {
      client.waiting.shift();
      next.start();
    }
    if (client.cost === 0) this.#clients.delete(name);
  }
}

/** An operation that costs more than all may at the same time is executed alone. */
const fits = (client: Client, cost: number): boolean => client.cost === 0 || client.cost + cost <= maxCost;

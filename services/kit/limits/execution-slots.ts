import { HttpError } from '../http-error.js';
import { PresentClients } from './present-clients.js';

export interface ExecutionSlotsOptions {
  /** How many operations may be executed at the same time. */
  readonly max: number;
  /** How many of them may be of one client. Default: all; a client is then rejected only as one of all. */
  readonly maxPerClient?: number;
  /** The same while another client has operations, or had one a moment ago. Default: as many. */
  readonly maxPerClientBesideOthers?: number;
  /** How many operations may wait for a slot. Default: as many as may be executed. */
  readonly maxWaiting?: number;
  /** How many operations of one client may wait for a slot. Default: as many as may be executed. */
  readonly maxWaitingPerClient?: number;
  /** How long an operation may wait for a slot. */
  readonly maxWaitMs?: number;
}

/** A place in which one operation is executed. */
export interface Slot {
  /** Resolves when the slot is free. Undefined: it is free at once. Rejects with HttpError when that takes too long. */
  readonly granted: Promise<void> | undefined;
  /** Gives the slot back, or stops waiting for it. */
  readonly leave: () => void;
}

interface Client {
  readonly name: string;
  running: number;
  waiting: number;
}

interface Waiter {
  readonly client: Client;
  readonly grant: () => void;
  readonly reject: () => void;
}

/** Long enough for a burst of short operations, and so short that a client learns in time to retry. */
const defaultMaxWaitMs = 2_000;

/**
 * Bounds how many operations are executed at the same time, in total and for each client, so that one client's slow operations
 * leave slots for all others. Those of a client that has many compete with everyone else's for processors and connections to databases, so it has
 * fewer slots while others need some. As many operations as can be executed may wait for a moment: a slot that is given back goes to the client
 * with the fewest running operations.
 */
export class ExecutionSlots {
  readonly #max: number;
  readonly #maxPerClient: number;
  readonly #maxPerClientBesideOthers: number;
  readonly #limitsClients: boolean;
  readonly #maxWaiting: number;
  readonly #maxWaitingPerClient: number;
  readonly #maxWaitMs: number;
  readonly #clients = new Map<string, Client>();
  /** In the order in which they came. */
  readonly #waiting = new Set<Waiter>();
  #running = 0;
  readonly #present = new PresentClients();

  constructor({
    max,
    maxPerClient,
    maxPerClientBesideOthers = Infinity,
    maxWaiting = max,
    maxWaitingPerClient = maxPerClient ?? max,
    maxWaitMs = defaultMaxWaitMs,
  }: ExecutionSlotsOptions) {
    this.#max = max;
    this.#maxPerClient = Math.min(max, maxPerClient ?? max);
    this.#maxPerClientBesideOthers = Math.min(this.#maxPerClient, maxPerClientBesideOthers);
    this.#limitsClients = maxPerClient !== undefined;
    this.#maxWaiting = maxWaiting;
    this.#maxWaitingPerClient = maxWaitingPerClient;
    this.#maxWaitMs = maxWaitMs;
  }

  /**
   * Takes a slot for an operation of a client, or waits for one.
   *
   * @throws HttpError RATE_LIMITED when too many operations of the client wait already; OVERLOADED when too many of all clients do.
   */
  take(name: string): Slot {
    const client = this.#clients.get(name) ?? this.#addClient(name);
    this.#present.see(name);
    if (this.#running < this.#max && client.running < this.#limitOf(client))
      return { granted: undefined, leave: this.#hold(client) };
    if (client.waiting >= this.#maxWaitingPerClient) throw this.#rejection(client);
    if (this.#waiting.size >= this.#maxWaiting) this.#makeRoomFor(client);
    return this.#wait(client);
  }

  /** How many slots a client may have now. */
  #limitOf({ name }: Client): number {
    const isBesideOthers = this.#clients.size > 1 || this.#present.hasOthers(name);
    return isBesideOthers ? this.#maxPerClientBesideOthers : this.#maxPerClient;
  }

  /** @returns how the slot is given back. */
  #hold(client: Client): () => void {
    this.#running += 1;
    client.running += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#running -= 1;
      client.running -= 1;
      this.#removeIfIdle(client);
      this.#grantNext();
    };
  }

  #wait(client: Client): Slot {
    let leave = (): void => undefined;
    const granted = new Promise<void>((resolve, reject) => {
      const stopWaiting = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        client.waiting -= 1;
      };
      const waiter: Waiter = {
        client,
        grant: () => {
          stopWaiting();
          leave = this.#hold(client);
          resolve();
        },
        reject: () => {
          stopWaiting();
          leave = () => undefined;
          reject(this.#rejection(client));
          this.#removeIfIdle(client);
        },
      };
      const timer = setTimeout(waiter.reject, this.#maxWaitMs).unref();
      leave = waiter.reject;
      this.#waiting.add(waiter);
      client.waiting += 1;
    });
    return {
      granted,
      leave: () => {
        leave();
      },
    };
  }

  #grantNext(): void {
    let next: Waiter | undefined;
    for (const waiter of this.#waiting)
      if (waiter.client.running < (next?.client.running ?? this.#limitOf(waiter.client))) next = waiter;
    next?.grant();
  }

  /** The client with the most waiting operations gives up its last one, unless that is this client. */
  #makeRoomFor(client: Client): void {
    let last: Waiter | undefined;
    for (const waiter of this.#waiting) if (!last || waiter.client.waiting >= last.client.waiting) last = waiter;
    if (!last || last.client.waiting <= client.waiting + 1) {
      this.#removeIfIdle(client);
      throw this.#rejection(client);
    }
    last.reject();
  }

  #rejection(client: Client): HttpError {
    const headers = ['retry-after', '1'];
    const allowed = this.#limitOf(client);
    if (!this.#limitsClients || client.running < allowed)
      return new HttpError('The service is overloaded. Retry in a second.', {
        status: 503,
        code: 'OVERLOADED',
        headers,
        exceeded: { limit: 'requestsAtOnce', found: this.#running + this.#waiting.size + 1, allowed: this.#max },
      });
    const found = client.running + client.waiting + 1;
    const condition = allowed < this.#maxPerClient ? ' while others send requests' : '';
    return new HttpError(`You may send ${allowed} requests at once${condition}. Retry in a second.`, {
      status: 429,
      code: 'RATE_LIMITED',
      headers,
      exceeded: { limit: 'requestsAtOncePerClient', found, allowed },
    });
  }

  #addClient(name: string): Client {
    const client = { name, running: 0, waiting: 0 };
    this.#clients.set(name, client);
    return client;
  }

  #removeIfIdle({ name, running, waiting }: Client): void {
    if (running === 0 && waiting === 0) this.#clients.delete(name);
  }
}

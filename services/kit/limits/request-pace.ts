import type { ServerResponse } from 'node:http';

import { ClientPace } from './client-pace.js';
import { PresentClients } from './present-clients.js';

/** A client that needs more at a time has a part of its budget for a minute left all the same. */
const besideOthers = { intervalMs: 2, burst: 100 } as const;

/**
 * Delays the requests of a client that sends more than five hundred a second while other clients are present: what is cached costs so
 * little that its budget for a minute lasts for some seconds, in which it would take all of a process's time.
 */
export class RequestPace {
  readonly #present = new PresentClients();
  readonly #pace = new ClientPace(besideOthers);

  /** A client sends a request that is not delayed. */
  see(client: string): void {
    this.#present.see(client);
  }

  /** Resolves when a client's request may be served, or its connection is closed. Undefined: it may be served at once. */
  wait(client: string, response: ServerResponse): Promise<void> | undefined {
    this.see(client);
    return this.#present.hasOthers(client) ? this.#pace.wait(client, response) : undefined;
  }
}

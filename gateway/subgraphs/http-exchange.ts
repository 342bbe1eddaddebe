import type { IncomingHttpHeaders } from 'node:http';

import type { Dispatcher } from 'undici';

import { toSubgraphError } from './failures.js';
import type { ResponseLimits, ResponseMeter } from './response-limits.js';
import type { SubgraphError } from './subgraph.js';

/** A response, not yet parsed. */
export interface HttpResponse {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/**
 * One HTTP request to a subgraph and its response. It takes the bytes directly from undici's parser: the stream and the
 * signal of `pool.request` cost more than everything else that happens here.
 */
export class HttpExchange implements Dispatcher.DispatchHandler {
  readonly response: Promise<HttpResponse>;
  #resolve!: (response: HttpResponse) => void;
  #reject!: (error: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #cancelledBy: SubgraphError | undefined;
  #status = 0;
  #type = '';
  readonly #chunks: Buffer[] = [];
  readonly #meter: ResponseMeter;

  /** @param limits those of its subgraph */
  constructor(limits: ResponseLimits) {
    this.#meter = limits.measure();
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether the subgraph has started to respond. */
  get hasResponseStarted(): boolean {
    return this.#status > 0;
  }

  /** Rejects the response immediately, and closes the connection, so that the subgraph notices. */
  cancel(error: SubgraphError): void {
    this.#cancelledBy = error;
    this.#meter.end();
    this.#reject(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It was cancelled while it waited for a connection. Throwing passes the connection on to the next request; aborting
    // would close it.
    if (this.#cancelledBy) throw this.#cancelledBy;
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#type = headers['content-type'] ?? '';
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#cancelledBy) return;
    try {
      this.#meter.add(chunk);
      this.#chunks.push(chunk);
    } catch (error) {
      this.#chunks.length = 0;
      this.cancel(toSubgraphError(error));
    }
  }

  onResponseEnd(): void {
    this.#meter.end();
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, type: this.#type, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#meter.end();
    this.#reject(error);
  }
}

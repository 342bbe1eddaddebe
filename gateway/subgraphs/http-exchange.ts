import type { IncomingHttpHeaders } from 'node:http';

import type { Dispatcher } from 'undici';

import { BodyParts } from '../../services/kit/http/body-parts.js';
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
  #parts = new BodyParts(undefined);
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
    this.#parts = new BodyParts(headers['content-length']);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#cancelledBy) return;
    try {
      this.#meter.add(chunk, this.#parts);
      this.#parts.add(chunk);
    } catch (error) {
      this.#parts = new BodyParts(undefined);
      this.cancel(toSubgraphError(error));
    }
  }

  onResponseEnd(): void {
    this.#meter.end();
    this.#resolve({ status: this.#status, type: this.#type, body: this.#parts.finish() });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#meter.end();
    this.#reject(error);
  }
}

import type { IncomingHttpHeaders } from 'node:http';

import type { Dispatcher } from 'undici';

import type { SubgraphError } from './subgraph.js';

/** What came over HTTP, whatever it is. */
export interface HttpResponse {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/**
 * One request to a subgraph, and its answer. It takes the bytes as undici's parser finds them: the stream and the signal of
 * `pool.request` cost more than everything else that is done here.
 */
export class HttpExchange implements Dispatcher.DispatchHandler {
  readonly response: Promise<HttpResponse>;
  #resolve!: (answer: HttpResponse) => void;
  #reject!: (error: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #cancelled: SubgraphError | undefined;
  #status = 0;
  #type = '';
  readonly #chunks: Buffer[] = [];

  constructor() {
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether the subgraph has begun to answer. */
  get hasResponseStarted(): boolean {
    return this.#status > 0;
  }

  /** Lets whoever waits go at once, and closes the connection, so that the subgraph learns of it. */
  cancel(failure: SubgraphError): void {
    this.#cancelled = failure;
    this.#reject(failure);
    this.#controller?.abort(failure);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It was cancelled while it waited for a connection. To throw passes the connection on to the next; to abort would close it.
    if (this.#cancelled) throw this.#cancelled;
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#type = headers['content-type'] ?? '';
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, type: this.#type, text: body.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }
}

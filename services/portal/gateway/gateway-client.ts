import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, request } from 'undici';

import { HttpError, type RawHeaders } from '../../kit/http-error.js';
import { readBoundedBytes } from '../../kit/http/read-bounded.js';
import { requestCostHeader } from '../../kit/limits/cost-budget.js';
import { ExecutionSlots } from '../../kit/limits/execution-slots.js';
import type { Metrics } from '../../kit/observability/metrics.js';
import { newRequestId } from '../../kit/observability/trace-context.js';
import { currentTraceparent, withSpan } from '../../kit/observability/tracing.js';
import { runWithTimeout } from '../../kit/run-with-timeout.js';
import { gatewayUnavailable, type ResponseError, toHttpError } from './gateway-error.js';
import type { RawItems } from './raw-items.js';

export type { ResponseError };

/** Values of variables, or a part of a response: JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An operation, as the gateway receives it. */
export interface Operation {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: JsonObject | undefined;
}

/** Who an operation is sent for. */
export interface Sender {
  /** The address of the portal's client. Undefined: the portal itself, for all clients. */
  readonly client: string | undefined;
  readonly requestId: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** Charges the client for an operation before it is sent: what each costs at least. */
  readonly charge: () => Promise<void>;
  /** Charges it for the rest, once the gateway has stated the cost of the operation. */
  readonly chargeRest: (cost: number) => Promise<void>;
  /** Resolves when it is the client's turn for synchronous work, such as rendering what was read. Undefined: it is. */
  readonly takeTurn: () => Promise<void> | undefined;
}

/** The portal itself, for what it reads once for all clients. */
export const portalAsSender = (): Sender => ({
  client: undefined,
  requestId: newRequestId(),
  signal: new AbortController().signal,
  charge: () => Promise.resolve(),
  chargeRest: () => Promise.resolve(),
  takeTurn: () => undefined,
});

/** How an operation is executed. */
export interface ExecuteOptions {
  /** Whether no cache stores the response, because it is large, and requested once. Default: it may be stored. */
  readonly isOnce?: boolean | undefined;
  /** Whether the client has got the beginning of a list already: it waits for the rest as long as the gateway states. Default: no. */
  readonly isContinued?: boolean | undefined;
  /** Takes out of a response what is not parsed. Undefined: there is none in it. */
  readonly split?: ((body: Buffer) => { readonly rest: string; readonly items: RawItems } | undefined) | undefined;
}

/** A response with data, which may be partial. */
export interface GatewayResponse {
  readonly data: JsonObject;
  readonly errors: readonly ResponseError[];
  /** How each country, by its code, and the index (`europe`) did: `OK`, `STALE`, `ERROR`, `TIMEOUT` or `UNAVAILABLE`. */
  readonly catalogues: Readonly<Record<string, string>>;
  /** What was not parsed. The list that it was taken from is empty. */
  readonly items?: RawItems | undefined;
}

/** Sends operations to the gateway. */
export interface GatewayClient {
  /**
   * Sends an operation, and again for a moment while the gateway is overloaded. A client that waits longer gets an error that states
   * when to retry.
   *
   * @throws HttpError if the gateway rejects the operation, or does not respond.
   */
  readonly execute: (operation: Operation, sender: Sender, options?: ExecuteOptions) => Promise<GatewayResponse>;
  /** What an operator should know: whether the gateway responded to the last operation. */
  readonly problems: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** More than the gateway's own time limit of a request, so that its partial response arrives. */
const timeoutMs = 20_000;
/** As large as a response of the gateway can be. */
const maxResponseBytes = 64 * 1024 * 1024;
/**
 * As many as the gateway executes of one client, which the portal is for a gateway that trusts no proxy. A client of the portal has a
 * share of them, as many as a page needs at once, and waits for them within the time limit: it has only as many requests as the portal serves.
 */
const connections = { max: 50, maxPerClient: 4, maxWaiting: Infinity, maxWaitingPerClient: Infinity } as const;
/** How often an operation is sent again while the gateway states that it is overloaded or that the budget is used up. */
const maxRetries = 5;
/** The budget of a client is that of a minute. */
const maxRetryAfterSeconds = 60;
/** How long a response may wait before it begins: longer than overload takes to pass, and not until a budget is renewed. */
const maxWaitSeconds = 3;

interface Options {
  readonly url: string;
  readonly metrics: Metrics;
}

/** Creates a client of the gateway at a URL. */
export function createGatewayClient({ url, metrics }: Options): GatewayClient {
  const dispatcher = new Agent({ connections: connections.max, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const slots = new ExecutionSlots({ ...connections, maxWaitMs: timeoutMs });
  let isReachable = true;
  const observe = metrics.histogram({
    name: 'gateway_request_duration_seconds',
    help: 'Duration of operations at the gateway by outcome.',
    labels: ['outcome'],
  });

  /** Runs work on a connection, as soon as the client may have one. */
  const onConnection = async <Result>(
    client: string | undefined,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const { granted, leave } = slots.take(client ?? '');
    signal.addEventListener('abort', leave, { once: true });
    try {
      await granted;
      return await work();
    } finally {
      leave();
    }
  };

  const send = async (
    operation: Operation,
    { client, requestId, signal }: Sender,
    { isOnce = false }: ExecuteOptions,
  ): Promise<RawResponse> => {
    const traceparent = currentTraceparent();
    const startedAt = performance.now();
    let outcome = 'ERROR';
    try {
      const exchange = async (limited: AbortSignal): Promise<RawResponse> => {
        const { statusCode, headers, body } = await request(url, {
          dispatcher,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json',
            ...(isOnce ? { 'cache-control': 'no-store' } : {}),
            ...(client === undefined ? {} : { 'x-forwarded-for': client }),
            'x-request-id': requestId,
            ...(traceparent === undefined ? {} : { traceparent }),
          },
          body: JSON.stringify(operation),
          signal: limited,
        });
        const length = headers['content-length'];
        const bytes = await readBoundedBytes(
          body,
          maxResponseBytes,
          () => new Error('The response is too large.'),
          typeof length === 'string' ? length : undefined,
        );
        return {
          status: statusCode,
          retryAfter: Number(headers['retry-after']),
          cost: Number(headers[requestCostHeader] ?? 0),
          body: bytes,
        };
      };
      const response = await runWithTimeout(timeoutMs, signal, (limited) =>
        onConnection(client, limited, () => exchange(limited)),
      );
      isReachable = true;
      outcome = String(response.status);
      return response;
    } catch (error) {
      signal.throwIfAborted();
      isReachable = false;
      throw Object.assign(gatewayUnavailable(), { cause: error });
    } finally {
      observe({ outcome }, (performance.now() - startedAt) / 1000);
    }
  };

  const execute = async (operation: Operation, sender: Sender, options: ExecuteOptions): Promise<GatewayResponse> => {
    await sender.charge();
    let waited = 0;
    for (let attempt = 0; ; attempt += 1) {
      const response = await send(operation, sender, options);
      const isBusy = response.status === 429 || response.status === 503;
      if (!isBusy) {
        await sender.chargeRest(response.cost);
        // What was read last is rendered in the same turn.
        await sender.takeTurn();
        return parseResponse(response, options);
      }
      const seconds = Math.min(maxRetryAfterSeconds, response.retryAfter > 0 ? response.retryAfter : 1);
      waited += seconds;
      const isTooLong = waited > maxWaitSeconds && options.isContinued !== true;
      if (attempt >= maxRetries || isTooLong) throw gatewayUnavailable(toRetryAfter(response));
      await sleep(seconds * 1_000, undefined, { signal: sender.signal });
    }
  };

  return {
    execute: (operation, sender, options = {}) =>
      withSpan('fetch gateway', {}, () => execute(operation, sender, options), 'client'),
    problems: () => (isReachable ? [] : ['the gateway does not respond']),
    close: () => dispatcher.destroy(),
  };
}

/**
 * A client for operations of the portal itself. They are within the limits of a gateway: one that is rejected because its planning took
 * too long met a busy gateway, and can be sent again.
 */
export const forOwnOperations = (gateway: GatewayClient): GatewayClient => ({
  ...gateway,
  execute: async (...request) => {
    try {
      return await gateway.execute(...request);
    } catch (error) {
      throw error instanceof HttpError && error.exceeded?.limit === 'planningMs' ? gatewayUnavailable() : error;
    }
  },
});

interface RawResponse {
  readonly status: number;
  /** NaN if it states nothing. */
  readonly retryAfter: number;
  /** What the gateway charged for it; 0 if the gateway has no budgets. */
  readonly cost: number;
  readonly body: Buffer;
}

/** The parts of a response that are read here. */
interface ResponseBody {
  readonly data?: JsonObject | null;
  readonly errors?: readonly ResponseError[];
  readonly extensions?: { readonly catalogues?: readonly CatalogueEntry[] };
}

/** The `Retry-After` header for a client of the portal, if the gateway states one. */
const toRetryAfter = ({ retryAfter }: RawResponse): RawHeaders | undefined =>
  retryAfter > 0 ? ['retry-after', String(Math.ceil(retryAfter))] : undefined;

function parseResponse(response: RawResponse, { split }: ExecuteOptions): GatewayResponse {
  const { body } = response;
  const { rest = body.toString(), items } = split?.(body) ?? {};
  const { data, errors = [], extensions } = parseBody(rest);
  if (data) return { data, errors, catalogues: toStates(extensions?.catalogues ?? []), items };
  const [error] = errors;
  throw error ? toHttpError(error, toRetryAfter(response)) : gatewayUnavailable(toRetryAfter(response));
}

function parseBody(text: string): ResponseBody {
  try {
    return Object(JSON.parse(text)) as ResponseBody;
  } catch {
    throw gatewayUnavailable();
  }
}

/** How a catalogue did, in `extensions.catalogues`: a country by its code, and the index by its name. */
type CatalogueEntry = { readonly state: string } & ({ readonly country: string } | { readonly service: string });

const toStates = (entries: readonly CatalogueEntry[]): Record<string, string> =>
  Object.fromEntries(entries.map((entry) => ['country' in entry ? entry.country : entry.service, entry.state]));

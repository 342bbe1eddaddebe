import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';

import { compactDocument } from '../../services/kit/graphql/compact-document.js';
import { CancellationToken } from '../request/cancellation.js';
import type { PreparedOperation } from '../execution/prepare.js';
import type { GatewayContext } from '../request/request-context.js';
import { SharedCall } from '../request/single-flight.js';
import { isPermanent, isPlanningTimeout } from './planning-errors.js';

/** An operation to prepare. */
export interface OperationToPrepare {
  /** Identifies the text, and the operation in it. */
  readonly key: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The values of the variables in `@skip` and `@include` for which it is planned. Default: there are none. */
  readonly conditions?: Readonly<Record<string, boolean>> | undefined;
}

/** For whom an operation is prepared. */
export type Waiting = Pick<GatewayContext, 'client' | 'cancellation' | 'account'>;

/** Prepares an operation, for its first client, until no client waits for it. */
type Prepare = (operation: OperationToPrepare, waiting: Waiting) => Promise<PreparedOperation>;

interface Entry {
  readonly call: SharedCall<PreparedOperation>;
  readonly documentBytes: number;
  /** Set when the call is complete, so that requests need not wait. */
  prepared: PreparedOperation | undefined;
  /** When an operation that was rejected may be planned again, in milliseconds of `performance.now()`. */
  retryAt: number;
  /** For how long it was rejected, the last time. */
  rejectedMs: number;
  /** The size by which it is in the cache. */
  bytes: number;
}

/** For how long an operation that was rejected is not planned again. */
const maxRejectedMs = 60_000;

/** The same after its first planning timeout, then twice as long each time: the machine may have been busy, as while it starts. */
const minRejectedMs = 5_000;

/** The memory of an entry in addition to its document and what was prepared: measured, with a margin. */
const entryOverheadBytes = 1_000;

/** Caches prepared operations, and those that cannot be planned. Requests for one operation at the same time prepare it once. */
export class PreparedOperations {
  readonly #entries: LRUCache<string, Entry>;
  readonly #prepare: Prepare;

  constructor(maxBytes: number, prepare: Prepare) {
    this.#entries = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
    this.#prepare = prepare;
  }

  /** The size of the cache. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  /** @returns the prepared operation, or a promise if it is not prepared yet. */
  get(operation: OperationToPrepare, waiting: Waiting): PreparedOperation | Promise<PreparedOperation> {
    const entry = this.#entries.get(operation.key);
    if (entry?.prepared) return entry.prepared;
    const { call } = entry && canJoin(entry) ? entry : this.#start(operation, waiting, entry?.rejectedMs ?? 0);
    return waitFor(call, waiting.cancellation);
  }

  /** Measures an operation again: what depends on the data of a response is compiled when the first such response comes. */
  remeasure(key: string): void {
    const entry = this.#entries.peek(key);
    if (!entry) return;
    const bytes = toBytes(entry);
    if (bytes === entry.bytes) return;
    entry.bytes = bytes;
    // Setting the same value again would not change its size.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  #start(operation: OperationToPrepare, first: Waiting, lastRejectedMs: number): Entry {
    const { key, document } = operation;
    const cancellation = new CancellationToken();
    const call = new SharedCall<PreparedOperation>({
      result: this.#prepare(operation, { ...first, cancellation }),
      cancel: () => {
        cancellation.cancel();
      },
    });
    const documentBytes = compactDocument(document).bytes;
    const entry: Entry = {
      call,
      documentBytes,
      prepared: undefined,
      retryAt: Infinity,
      rejectedMs: 0,
      bytes: documentBytes + entryOverheadBytes,
    };
    this.#entries.set(key, entry);
    const isCurrent = (): boolean => this.#entries.peek(key) === entry;
    call.result.then(
      (prepared) => {
        entry.prepared = prepared;
        if (isCurrent()) this.remeasure(key);
      },
      (error: unknown) => {
        if (!isCurrent()) return;
        if (isPermanent(error)) {
          entry.rejectedMs = isPlanningTimeout(error)
            ? Math.min(Math.max(minRejectedMs, 2 * lastRejectedMs), maxRejectedMs)
            : maxRejectedMs;
          entry.retryAt = performance.now() + entry.rejectedMs;
        } else this.#entries.delete(key);
      },
    );
    return entry;
  }
}

const canJoin = ({ call, retryAt }: Entry): boolean => !call.isCancelled && performance.now() < retryAt;

const toBytes = ({ documentBytes, prepared }: Entry): number =>
  documentBytes + entryOverheadBytes + (prepared?.memory.bytes ?? 0);

async function waitFor(
  call: SharedCall<PreparedOperation>,
  cancellation: CancellationToken,
): Promise<PreparedOperation> {
  const stopListening = cancellation.onCancel(call.enter());
  try {
    return await call.result;
  } finally {
    stopListening();
  }
}

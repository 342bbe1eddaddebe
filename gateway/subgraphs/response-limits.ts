import type { BodyParts } from '../../services/kit/http/body-parts.js';
import { badResponse } from './failures.js';

/** No legitimate response is larger: a page of 200 organisations with all fields is a twentieth of it. */
export const maxResponseBytes = 20 * 1024 * 1024;

/**
 * The bytes of all responses of one subgraph that are received at the same time: three of the largest. What is received takes
 * some times its size in memory until it is merged.
 */
const maxBytesInFlight = 64 * 1024 * 1024;

/**
 * The values in one response, counted by the brackets and commas in its text: parsing them blocks the event loop for 20 ms
 * if they are rows, and for up to 200 ms if they are chosen to be slow. A page of 200 organisations has a tenth.
 */
const maxValues = 300_000;

/** In a smaller response, parsing takes at most 20 ms whatever it contains. */
const smallResponseBytes = 256 * 1024;
/** The values of a larger response are counted while it is received, so that no more of it is than is needed. Those of others only before parsing, because most are not parsed. */
const largeResponseBytes = 1024 * 1024;

/** No hundred errors, of which no more are passed on, are as long. */
const maxErrorBytes = 256 * 1024;
/** Whether a response, by its beginning, has errors and no data. */
const beginsWithErrors = /^\s*\{\s*(?:"data"\s*:\s*null\s*,\s*)?"errors"/;
/** Some bytes more than such a beginning has. */
const beginningBytes = 64;

/** The limits of the responses of one subgraph that are received at the same time. */
export class ResponseLimits {
  readonly #maxBytesInFlight: number;
  #bytesInFlight = 0;

  constructor(maxBytes = maxBytesInFlight) {
    this.#maxBytesInFlight = maxBytes;
  }

  /** Starts to measure one response. */
  measure(): ResponseMeter {
    let bytes = 0;
    let values = 0;
    let onlyErrors = false;
    let isCounted = false;
    return {
      add: (chunk, before) => {
        if (bytes === 0) onlyErrors = beginsWithErrors.test(chunk.toString('latin1', 0, beginningBytes));
        bytes += chunk.length;
        if (onlyErrors && bytes > maxErrorBytes) throw badResponse(`it has more than ${maxErrorBytes} bytes of errors`);
        this.#bytesInFlight += chunk.length;
        if (this.#bytesInFlight > this.#maxBytesInFlight)
          throw badResponse(`more than ${this.#maxBytesInFlight} bytes of responses are being received from it`);
        if (bytes <= largeResponseBytes) return;
        if (!isCounted) for (const part of before.collected()) values += countValues(part);
        isCounted = true;
        values += countValues(chunk);
        checkCount(values);
      },
      end: () => {
        this.#bytesInFlight -= bytes;
        bytes = 0;
      },
    };
  }
}

/** Measures one response while it is received. */
export interface ResponseMeter {
  /**
   * @param before what has come before.
   * @throws SubgraphError SUBGRAPH_BAD_RESPONSE when a limit is exceeded.
   */
  readonly add: (chunk: Buffer, before: Pick<BodyParts, 'collected'>) => void;
  /** Has to be called when the response is complete or aborted. */
  readonly end: () => void;
}

/** @throws SubgraphError SUBGRAPH_BAD_RESPONSE when a response has too many values to be parsed. */
export function checkValues(body: Buffer): void {
  if (body.length > smallResponseBytes) checkCount(countValues(body));
}

function checkCount(values: number): void {
  if (values > maxValues) throw badResponse(`its response contains more than ${maxValues} values`);
}

const [comma, openBracket, openBrace] = [0x2c, 0x5b, 0x7b];

/** Counts values in JSON before it is parsed: a byte takes a nanosecond. Commas in texts count too. */
function countValues(json: Uint8Array): number {
  let count = 0;
  // An iterator would take several times as long.
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === comma || byte === openBracket || byte === openBrace) count += 1;
  }
  return count;
}

import type { Response } from 'express';

import { HttpError } from '../../kit/http-error.js';
import type { GatewayClient } from '../gateway/gateway-client.js';
import type { ListOperation } from '../lists/list-operation.js';
import { createPacedWriter } from '../http/paced-writer.js';
import type { RequestSender } from '../http/route.js';
import { readList } from '../lists/read-list.js';
import type { TableFormat, TableOptions } from './table-formats.js';

export interface SendOptions extends TableOptions {
  readonly format: TableFormat;
  /** Whether a list from which something is missing is rejected. */
  readonly requireComplete: boolean;
  /** The name of the file that a browser saves. */
  readonly fileName: string;
}

/**
 * Sends a list row by row, at the pace at which the client reads it. The trailer `x-row-count` states the number of rows. If reading
 * fails on the way, the transfer is cut off, so that no client takes a part for the whole.
 *
 * @throws HttpError INCOMPLETE if something is missing and the client requires everything.
 */
export async function sendList(
  list: ListOperation,
  { gateway, sender, response }: { gateway: GatewayClient; sender: RequestSender; response: Response },
  { format, requireComplete, fileName, bom }: SendOptions,
): Promise<void> {
  const writer = format.open(list, { bom });
  // Only a chunked body has trailers: Node throws if they are announced for another.
  const hasTrailer = response.req.method !== 'HEAD' && response.req.httpVersion !== '1.0';
  const write = createPacedWriter(response, sender.signal);
  let rows = 0;
  for await (const page of readList(list, gateway, sender)) {
    const { missing } = page;
    await sender.takeTurn();
    const { bytes, count } = writer.rows(page);
    if (!response.headersSent) {
      if (requireComplete && missing.size > 0) throw incomplete(missing);
      await sender.beginStream();
      response.writeHead(200, {
        'content-type': format.mediaType,
        'content-disposition': `attachment; filename="${fileName}.${format.extension}"`,
        'cache-control': 'no-cache',
        ...(hasTrailer ? { trailer: 'x-row-count' } : {}),
        vary: 'accept, accept-encoding',
      });
      // The rest of the list is not read for headers.
      if (response.req.method === 'HEAD') break;
      await write(writer.start(missing));
    }
    rows += count;
    // Also when the client disconnects, which ends the loop.
    await write(...bytes);
  }
  if (hasTrailer) response.addTrailers({ 'x-row-count': String(rows) });
  response.end();
}

const incomplete = (missing: ReadonlyMap<string, string>): HttpError =>
  new HttpError(
    `The list is not complete at present: ${[...missing].map((entry) => entry.join(' ')).join(', ')}. Retry later, or without \`complete=true\`.`,
    { status: 503, code: 'INCOMPLETE', headers: ['retry-after', '30'] },
  );

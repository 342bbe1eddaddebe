import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import fresh from 'fresh';

import type { RawHeaders } from '../http-error.js';
import { compressBody, isCompressible } from './compress-body.js';
import { chooseContentCoding } from './content-coding.js';
import { setHeaders } from './request-error.js';

/** The response of an endpoint. */
export interface EndpointResponse {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: string | Buffer;
}

/**
 * Sends a response, if the client is still connected. Only a response to GET gets an ETag: POST has no conditional requests.
 *
 * @param mayCompress not for the gateway: it is near, and compressing takes longer than sending.
 * @returns the size of the response before it was compressed: a compressed one took no less work.
 */
export async function sendEndpointResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body: content }: EndpointResponse,
  mayCompress: boolean,
): Promise<number> {
  if (!mayCompress && request.method === 'POST' && typeof content === 'string' && content.length <= maxTextLength)
    return sendText(response, { status, headers }, content);
  const whole = typeof content === 'string' ? Buffer.from(content) : content;
  let body: Buffer = whole;
  if (mayCompress && isCompressible(whole)) {
    response.setHeader('vary', 'Accept-Encoding');
    const coding = chooseContentCoding(request.headers['accept-encoding']);
    if (coding) {
      body = await compressBody(whole, coding);
      response.setHeader('content-encoding', coding);
    }
  }
  if (response.destroyed) return 0;
  setHeaders(response, headers);
  response.statusCode = status;
  if (request.method === 'GET' && status === 200) {
    const etag = `"${hash('sha256', body, 'base64url')}"`;
    response.setHeader('etag', etag);
    if (fresh({ 'if-none-match': request.headers['if-none-match'] }, { etag })) {
      response.statusCode = 304;
      response.removeHeader('content-type');
      response.end();
      return 0;
    }
  }
  response.setHeader('content-length', body.length);
  response.end(body);
  return request.method === 'HEAD' ? 0 : whole.length;
}

/** Node takes three bytes of memory for each character of a longer text while it writes it. */
const maxTextLength = 64 * 1024;

/** Sends a text as it is. Node writes it in one chunk with the headers, which takes less time than a buffer. */
function sendText(
  response: ServerResponse,
  { status, headers }: Pick<EndpointResponse, 'status' | 'headers'>,
  text: string,
): number {
  if (response.destroyed) return 0;
  setHeaders(response, headers);
  response.statusCode = status;
  const bytes = Buffer.byteLength(text);
  response.setHeader('content-length', bytes);
  response.end(text);
  return bytes;
}

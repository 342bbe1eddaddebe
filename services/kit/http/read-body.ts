import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import contentType from 'content-type';

import { checkBodySize } from './request-size.js';
import { HttpError } from '../http-error.js';
import { Turns } from '../limits/turns.js';

/** No legitimate request is larger. */
export const maxBodyBytes = 1024 * 1024;

/**
 * Reads the body of a request.
 *
 * @param client the client that sent it, as in the limits per client. Default: one that is trusted, and has no limit of its own.
 * @throws HttpError when its headers do not announce JSON, or it is too large.
 */
export async function readBody(request: IncomingMessage, client?: string): Promise<Buffer> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (type !== 'application/json') checkType(type);
  const decode = encoding === 'identity' ? undefined : createDecoder(encoding);
  const encoded = await readBytes(request, client);
  return decode ? decode(encoded) : encoded;
}

/** @throws HttpError when the body is not valid JSON, or has too many values. */
export function parseBody(body: Buffer): unknown {
  checkBodySize(body);
  return parseJson(body);
}

/** Some clients write it, and a parser may ignore it (RFC 8259, 8.1). */
const byteOrderMark = Buffer.from('\uFEFF');

/**
 * @param expected what clients send.
 * @throws HttpError when the body is not valid JSON.
 */
export function parseJson(body: Buffer, expected = '{"query": "…", "variables": {…}}'): unknown {
  try {
    const start = body.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0;
    if (isUtf8(body)) return JSON.parse(body.toString('utf8', start));
  } catch {
    // The same error is thrown below for a body that is not text.
  }
  throw new HttpError(
    `The request body is not valid JSON. Send ${expected} as application/json in UTF-8.`,
    badRequest(400),
  );
}

const badRequest = (status: number, ...headers: readonly string[]) => ({ status, code: 'BAD_REQUEST', headers });

const tooLarge = (found?: number): HttpError =>
  new HttpError('The request body is too large; the maximum is 1 MB.', {
    ...badRequest(413),
    exceeded: { limit: 'bytes', found, allowed: maxBodyBytes },
  });

/** @throws HttpError when the body is not JSON in UTF-8, according to its content type. */
function checkType(type: string): void {
  if (isJsonInUtf8(type)) return;
  throw new HttpError(
    'The request body must be JSON in UTF-8: send it with `content-type: application/json`.',
    badRequest(415, 'accept', 'application/json'),
  );
}

function isJsonInUtf8(header: string): boolean {
  try {
    const { type, parameters } = contentType.parse(header);
    return type === 'application/json' && /^utf-?8$/i.test(parameters['charset'] ?? 'utf-8');
  } catch {
    return false;
  }
}

/** Bodies up to this size, as nearly all are, do not count towards `maxBufferedBytes`. */
const unreservedBytes = 16 * 1024;
/**
 * The memory for all larger bodies that are being received: a client that sends many of them slowly can neither fill the
 * memory nor block small ones. This total bound is why `raw-body`, which bounds each body by itself, is not used here.
 */
const maxBufferedBytes = 64 * maxBodyBytes;
/** The share of one client. */
const maxBufferedBytesPerClient = 16 * maxBodyBytes;
let bufferedBytes = 0;
const bufferedByClient = new Map<string, number>();

/** Adds to the bytes of larger bodies that a client is sending. */
function addBuffered(client: string | undefined, bytes: number): void {
  bufferedBytes += bytes;
  if (client === undefined) return;
  const ofClient = (bufferedByClient.get(client) ?? 0) + bytes;
  if (ofClient === 0) bufferedByClient.delete(client);
  else bufferedByClient.set(client, ofClient);
}

/** Why a further body of a client is not received; undefined if it is. */
function findExcess(client: string | undefined): HttpError | undefined {
  const ofClient = client === undefined ? 0 : (bufferedByClient.get(client) ?? 0);
  if (ofClient > maxBufferedBytesPerClient) return tooManyOfClient(ofClient);
  return bufferedBytes > maxBufferedBytes ? overloaded(bufferedBytes) : undefined;
}

const tooManyOfClient = (found: number): HttpError =>
  new HttpError('You are sending too many large request bodies at once; the maximum is 16 MB. Retry in a second.', {
    status: 429,
    code: 'RATE_LIMITED',
    headers: ['retry-after', '1'],
    exceeded: { limit: 'bytesOfLargeBodiesPerClient', found, allowed: maxBufferedBytesPerClient },
  });

const overloaded = (found: number): HttpError =>
  new HttpError('Too many large request bodies are being received. Retry in a second.', {
    status: 503,
    code: 'OVERLOADED',
    headers: ['retry-after', '1'],
    exceeded: { limit: 'bytesOfLargeBodies', found, allowed: maxBufferedBytes },
  });

/**
 * Large bodies are read chunk by chunk in turns: the sockets of a client can have hundreds of megabytes ready at once, which Node would read
 * before it serves anything else.
 */
const chunkTurns = new Turns();
/**
 * What is rejected is discarded in turns of its own, of all clients about eight megabytes per second: at full speed, three hundred bodies
 * kept half of the event loop busy for seconds. A client that reads the response does not wait for this.
 */
const discardTurns = new Turns({ minRestMs: 8 });

function takeTurn(turns: Turns, request: IncomingMessage, client: string | undefined, chunk: Buffer): void {
  const turn = turns.take(client ?? '', chunk.length);
  if (!turn) return;
  request.pause();
  void turn.then(() => request.resume());
}

function readBytes(request: IncomingMessage, client: string | undefined): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let reserved = 0;
    let isRejected = false;
    const release = (): void => {
      addBuffered(client, -reserved);
      reserved = 0;
    };
    const reserve = (): void => {
      if (reserved === 0) request.once('close', release);
      addBuffered(client, size - reserved);
      reserved = size;
    };
    /** The rest of the body is discarded, so that the client gets to read the response. */
    const rejectBody = (error: HttpError): void => {
      isRejected = true;
      reject(error);
      release();
      chunks.length = 0;
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > unreservedBytes) takeTurn(isRejected ? discardTurns : chunkTurns, request, client, chunk);
      if (isRejected) return;
      chunks.push(chunk);
      if (size <= unreservedBytes) return;
      reserve();
      const excess = size > maxBodyBytes ? tooLarge() : findExcess(client);
      if (excess) rejectBody(excess);
    });
    request.once('end', () => {
      release();
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.once('error', reject);
    const contentLength = Number(request.headers['content-length']);
    if (contentLength > maxBodyBytes) rejectBody(tooLarge(contentLength));
  });
}

const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Decompresses a body, up to the size that is allowed uncompressed. */
function createDecoder(encoding: string): (body: Buffer) => Promise<Buffer> {
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (!decode) {
    const supported = Object.keys(decoders).join(', ');
    throw new HttpError(
      `The content encoding of the request body is not supported; supported are ${supported}.`,
      badRequest(415, 'accept-encoding', supported),
    );
  }
  return async (body) => {
    try {
      return await decode(body, { maxOutputLength: maxBodyBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
      throw new HttpError(`The request body is not valid ${encoding}.`, badRequest(400));
    }
  };
}

import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { HttpError } from '../request/http-error.js';

/** No honest question is larger. */
const maxBodyBytes = 1024 * 1024;

/**
 * Reads the body of a request, which is JSON.
 *
 * @throws HttpError when it is not, as far as its headers say, or is too large.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (type !== 'application/json') checkType(type);
  const decode = encoding === 'identity' ? undefined : createDecoder(encoding);
  const sent = await readBytes(request);
  return decode ? decode(sent) : sent;
}

/** @throws HttpError when it is no JSON. */
export function parseBody(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return JSON.parse(body.toString());
  } catch {
    // Neither is what is no text at all.
  }
  throw new HttpError(
    'The body is no valid JSON. Send {"query": "…", "variables": {…}} as application/json, in UTF-8.',
    badRequest(400),
  );
}

const badRequest = (status: number, ...headers: readonly string[]) => ({ status, code: 'BAD_REQUEST', headers });

const tooLarge = (found?: number): HttpError =>
  new HttpError('The body is too large; it can have 1mb.', {
    ...badRequest(413),
    exceeded: { limit: 'bytes', found, allowed: maxBodyBytes },
  });

function checkType(type: string): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (/^\s*application\/json\s*(?:;|$)/i.test(type) && /^utf-?8$/i.test(charset)) return;
  throw new HttpError(
    'The body must be JSON in UTF-8: send it with `content-type: application/json`.',
    badRequest(415, 'accept', 'application/json'),
  );
}

/** Bodies that are still being sent may be so large without question, as nearly all are. */
const uncountedBytes = 16 * 1024;
/** What larger ones may take together: whoever sends many slowly does not fill the memory, nor is in the way of small ones. */
const maxBufferedBytes = 64 * maxBodyBytes;
let bufferedBytes = 0;

const overloaded = (found: number): HttpError =>
  new HttpError('Too many large bodies are being sent just now. Ask again in a second.', {
    status: 503,
    code: 'OVERLOADED',
    headers: ['retry-after', '1'],
    exceeded: { limit: 'bytesOfLargeBodies', found, allowed: maxBufferedBytes },
  });

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let counted = 0;
    const letGo = (): void => {
      bufferedBytes -= counted;
      counted = 0;
    };
    const hold = (): void => {
      if (counted === 0) request.once('close', letGo);
      bufferedBytes += size - counted;
      counted = size;
    };
    const refuse = (refusal: HttpError): void => {
      reject(refusal);
      letGo();
      // What is still to come is let pass, so that the sender gets to read the answer.
      request.off('data', onData).resume();
      chunks.length = 0;
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > uncountedBytes) hold();
      if (size > maxBodyBytes) refuse(tooLarge());
      else if (bufferedBytes > maxBufferedBytes) refuse(overloaded(bufferedBytes));
    };
    const announced = Number(request.headers['content-length']);
    if (announced > maxBodyBytes) {
      reject(tooLarge(announced));
      return;
    }
    request.on('data', onData);
    request.once('end', () => {
      letGo();
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.once('error', reject);
  });
}

const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Undoes the compression of a body, as far as it is not larger than what may be sent without. */
function createDecoder(encoding: string): (body: Buffer) => Promise<Buffer> {
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (!decode) {
    const known = Object.keys(decoders).join(', ');
    throw new HttpError(
      `The body comes in an encoding that is not known here; known are ${known}.`,
      badRequest(415, 'accept-encoding', known),
    );
  }
  return async (body) => {
    try {
      return await decode(body, { maxOutputLength: maxBodyBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
      throw new HttpError(`The body is no valid ${encoding}.`, badRequest(400));
    }
  };
}

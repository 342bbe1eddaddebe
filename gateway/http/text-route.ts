import type { RequestHandler } from 'express';

import { compressBody, isCompressible } from '../../services/kit/http/compress-body.js';
import { chooseContentCoding } from '../../services/kit/http/content-coding.js';

/**
 * Serves a text that rarely changes. Each is compressed once: compressing the schema takes as long as 40 requests, and clients have no
 * budget here.
 */
export const textRoute =
  (type: string, latest: () => Buffer): RequestHandler =>
  async (request, response) => {
    const text = latest();
    const coding = isCompressible(text) ? chooseContentCoding(request.headers['accept-encoding']) : undefined;
    const body = coding ? await compressBody(text, coding) : text;
    response.vary('Accept-Encoding').type(type);
    if (coding) response.set('Content-Encoding', coding);
    response.send(body);
  };

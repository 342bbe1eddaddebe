import Negotiator from 'negotiator';
import type { Response } from 'express';

import { countryByCode } from '../../../schema/values/countries.js';
import { HttpError } from '../../kit/http-error.js';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { createPacedWriter } from '../http/paced-writer.js';
import type { Handler, RequestSender, Route } from '../http/route.js';
import { chooseLanguage } from '../web/server/choose-language.js';
import type { LinkedNode } from './context.js';
import { jsonLd, nTriples, type RdfFormat, turtle } from './rdf-formats.js';
import { createResources } from './resources.js';

export interface LinkedDataOptions {
  readonly gateway: GatewayClient;
  /** The address at which clients reach the portal. */
  readonly publicUrl: () => string;
}

const resourceFormats = [jsonLd, turtle, nTriples];
const dumpFormats = [jsonLd, nTriples];

/** Objects of the graph as linked data, each at its address, and a dump of each catalogue in DCAT-AP. */
export function linkedDataRoutes({ gateway, publicUrl }: LinkedDataOptions): Route[] {
  const resources = createResources(gateway, () => publicUrl().replace(/\/$/, ''));

  const getResource: Handler = async (request, response, sender) => {
    response.vary('accept');
    const resource = resources.find(request.path.slice('/id/'.length));
    const { accept, 'accept-language': acceptLanguage } = request.headers;
    if (prefersPage(accept)) {
      const language = chooseLanguage(acceptLanguage);
      const page = await resource.findPage(language, sender);
      response.vary('accept-language').redirect(303, `/${language}${page}`);
      return;
    }
    const format = negotiate(accept);
    const description = resource.read(sender);
    if (Symbol.asyncIterator in description) {
      await sendParts(response, description, format, sender);
      return;
    }
    const nodes = await description;
    const { start, end } = format.frame;
    response.type(`${format.mediaType}; charset=utf-8`).send(start + (await format.writePart(nodes)) + end);
  };

  const getDump: Handler = async (request, response, sender) => {
    const [country = '', extension] = String(request.params['file']).split('.');
    const format = dumpFormats.find((other) => other.extension === extension);
    if (!format || !countryByCode(country))
      throw new HttpError(
        'Not found. Dumps are at /dcat/{country}.jsonld and /dcat/{country}.nt, such as /dcat/it.nt.',
        { status: 404, code: 'NOT_FOUND' },
      );
    await sendParts(response, resources.readDump(country, sender), format, sender);
  };

  return [
    { path: '/id/*id', get: getResource },
    { path: '/dcat/:file', get: getDump },
  ];
}

/** Sends a document part by part, at the pace of the client. If reading fails on the way, the transfer is cut off. */
async function sendParts(
  response: Response,
  parts: AsyncGenerator<readonly LinkedNode[]>,
  { mediaType, frame, writePart }: RdfFormat,
  { signal, takeTurn, beginStream }: RequestSender,
): Promise<void> {
  const write = createPacedWriter(response, signal);
  let separator = frame.start;
  for await (const nodes of parts) {
    await takeTurn();
    const text = await writePart(nodes);
    if (text === '') continue;
    if (!response.headersSent) {
      await beginStream();
      response.type(`${mediaType}; charset=utf-8`).set('cache-control', 'no-cache');
    }
    // The rest of the catalogue is not read for headers.
    if (response.req.method === 'HEAD') break;
    await write(separator + text);
    separator = frame.between;
  }
  response.end(frame.end);
}

const types = resourceFormats.map(({ mediaType }) => mediaType);

/** Whether a client prefers the page of an object to every format of its data, as browsers do. */
const prefersPage = (accept = '*/*'): boolean =>
  new Negotiator({ headers: { accept } }).mediaType([...types, 'text/html']) === 'text/html';

/** @throws HttpError 406 with the formats. */
function negotiate(accept = '*/*'): RdfFormat {
  const format = resourceFormats[types.indexOf(new Negotiator({ headers: { accept } }).mediaType(types) ?? '')];
  if (format) return format;
  throw new HttpError(`Accept one of ${types.join(', ')}.`, { status: 406, code: 'NOT_ACCEPTABLE' });
}

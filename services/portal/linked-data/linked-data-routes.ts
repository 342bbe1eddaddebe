import { once } from 'node:events';

import Negotiator from 'negotiator';
import type { Response } from 'express';

import { countryByCode } from '../../../schema/values/countries.js';
import { HttpError } from '../../kit/http-error.js';
import type { GatewayClient, GatewayResponse, Sender } from '../gateway/gateway-client.js';
import { gatewayUnavailable, isTransient, toHttpError } from '../gateway/gateway-error.js';
import type { Handler, Route } from '../http/route.js';
import { toListOperation } from '../lists/list-operation.js';
import { readList } from '../lists/read-list.js';
import { readOperation } from '../operations/stored-operations.js';
import { objectPath } from '../web/model/paths.js';
import { chooseLanguage } from '../web/server/choose-language.js';
import { type Catalogue, type CatalogueRecord, describeCatalogue, describeRecord } from './catalogue.js';
import type { LinkedNode } from './context.js';
import { describeNeed, type Need } from './need.js';
import { describeOrganisation, type Organisation } from './organisation.js';
import { jsonLd, nTriples, type RdfFormat, turtle } from './rdf-formats.js';
import { describeMergedSolution, type Solution } from './solution.js';

export interface LinkedDataOptions {
  readonly gateway: GatewayClient;
  /** The address at which clients reach the portal. */
  readonly publicUrl: () => string;
}

const resourceFormats = [jsonLd, turtle, nTriples];
const dumpFormats = [jsonLd, nTriples];

/** Objects of the graph as linked data, each at its address, and a dump of each catalogue in DCAT-AP. */
export function linkedDataRoutes({ gateway, publicUrl }: LinkedDataOptions): Route[] {
  const resourceQuery = readOperation('resource');
  const needQuery = readOperation('need');
  const recordsQuery = readOperation('catalogue-records');
  const base = (): string => publicUrl().replace(/\/$/, '');

  const read = async (id: string, sender: Sender): Promise<LinkedNode[]> => {
    const isNeed = /^[a-z]{2}:need:/.test(id);
    const operation = isNeed
      ? { query: needQuery, variables: { catalogue: catalogueIdOf(id.slice(0, 2)), id } }
      : { query: resourceQuery, variables: { id } };
    const response = await gateway.execute(operation, sender);
    return describe(base(), response, isNeed) ?? throwMissing(response);
  };

  const getResource: Handler = async (request, response, sender) => {
    response.vary('accept');
    const id = decodeURIComponent(request.path.slice('/id/'.length));
    const { accept, 'accept-language': acceptLanguage } = request.headers;
    if (prefersPage(accept)) {
      response.vary('accept-language').redirect(303, `/${chooseLanguage(acceptLanguage)}${objectPath(id)}`);
      return;
    }
    const format = negotiate(accept);
    const nodes = await read(id, sender);
    const { start, end } = format.frame;
    response.type(`${format.mediaType}; charset=utf-8`).send(start + (await format.writePart(nodes)) + end);
  };

  const getDump: Handler = async (request, response, sender) => {
    const [country = '', extension] = String(request.params['file']).split('.');
    const format = dumpFormats.find((other) => other.extension === extension);
    if (!format || !countryByCode(country))
      throw new HttpError(
        'Not found. Dumps are at /dcat/{country}.jsonld and /dcat/{country}.nt, such as /dcat/it.nt.',
        {
          status: 404,
          code: 'NOT_FOUND',
        },
      );
    const catalogue = catalogueIdOf(country);
    const nodes = await read(catalogue, sender);
    const list = toListOperation({ query: recordsQuery, variables: { catalogue } });
    const parts = async function* (): AsyncGenerator<readonly LinkedNode[]> {
      // With the first page, so that a catalogue that cannot be read is an error and no document.
      let start = nodes;
      for await (const { items, missing } of readList(list, gateway, sender)) {
        if (missing.has(country.toUpperCase()) && missing.get(country.toUpperCase()) !== 'STALE')
          throw gatewayUnavailable();
        const described = items.flatMap((item) => {
          // A dump without one of its records would be a shorter catalogue.
          if (!item) throw gatewayUnavailable();
          return describeRecord(base(), catalogue, item as unknown as CatalogueRecord);
        });
        yield [...start, ...described];
        start = [];
      }
    };
    await sendParts(response, parts(), format, sender);
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
  { signal }: Sender,
): Promise<void> {
  let separator = frame.start;
  for await (const nodes of parts) {
    const text = await writePart(nodes);
    if (text === '') continue;
    if (!response.headersSent) response.type(`${mediaType}; charset=utf-8`).set('cache-control', 'no-cache');
    // The rest of the catalogue is not read for headers.
    if (response.req.method === 'HEAD') break;
    if (!response.write(separator + text)) await once(response, 'drain', { signal });
    separator = frame.between;
  }
  response.end(frame.end);
}

const catalogueIdOf = (country: string): string => `${country.toLowerCase()}:catalogue`;

/** The nodes that describe what a response contains; undefined if it contains nothing. */
function describe(base: string, { data }: GatewayResponse, isNeed: boolean): LinkedNode[] | undefined {
  const found = data['node'] as { readonly __typename?: string; readonly need?: Need | null } | null;
  if (isNeed) return found?.need ? describeNeed(base, found.need) : undefined;
  const type = found?.__typename ?? '';
  if (type === 'Solution') {
    const solution = found as unknown as Solution;
    // An address that no catalogue describes is none of a solution that is known.
    return solution.name === null ? undefined : describeMergedSolution(base, solution);
  }
  if (type.endsWith('Catalogue')) return describeCatalogue(base, found as unknown as Catalogue);
  return found ? describeOrganisation(base, found as unknown as Organisation) : undefined;
}

function throwMissing({ errors }: GatewayResponse): never {
  const error = errors.find((other) => !isTransient(other)) ?? errors[0];
  if (error) throw toHttpError(error);
  throw new HttpError('There is nothing with this id.', { status: 404, code: 'NOT_FOUND' });
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
